import { defineProblem } from '../../../platform/http/problem.js';

export const CaseUpdateNotFound = defineProblem(404, 'CASE_UPDATE_NOT_FOUND', 'There is no such update');
