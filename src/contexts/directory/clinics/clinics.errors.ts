import { defineProblem } from '../../../platform/http/problem.js';

export const ClinicNotFound = defineProblem(404, 'CLINIC_NOT_FOUND', 'There is no such clinic here');
