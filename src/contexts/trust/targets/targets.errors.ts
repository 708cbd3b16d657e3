import { defineProblem } from '../../../platform/http/problem.js';

export const SanctionUnavailable = defineProblem(409, 'SANCTION_UNAVAILABLE', 'That cannot be done to this: it is gone, its owner has left, or it is of another kind');
export const SelfReviewForbidden = defineProblem(403, 'SELF_REVIEW_FORBIDDEN', 'Somebody else has to decide about what is yours, what you reported or what you decided before');
