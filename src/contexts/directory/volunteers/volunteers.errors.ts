import { defineProblem } from '../../../platform/http/problem.js';

export const VolunteerNotFound = defineProblem(404, 'VOLUNTEER_NOT_FOUND', 'There is no such volunteer here; POST /v1/volunteers makes your own profile');
