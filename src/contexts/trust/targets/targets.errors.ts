import { defineProblem } from '../../../platform/http/problem.js';

export const SanctionUnavailable = defineProblem(409, 'SANCTION_UNAVAILABLE', 'That cannot be done to this: it is gone, its owner has left, or it is of another kind');
