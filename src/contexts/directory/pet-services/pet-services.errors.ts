import { defineProblem } from '../../../platform/http/problem.js';

export const PetServiceNotFound = defineProblem(404, 'PET_SERVICE_NOT_FOUND', 'There is no such pet service here');
export const PetServiceExists = defineProblem(409, 'PET_SERVICE_EXISTS', 'A pet service of this name, city and type is listed already; claim it instead');
