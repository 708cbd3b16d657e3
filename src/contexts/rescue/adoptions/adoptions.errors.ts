import { defineProblem } from '../../../platform/http/problem.js';

export const AdoptionNotFound = defineProblem(404, 'ADOPTION_NOT_FOUND', 'There is no such listing, or it was removed');
export const AlreadyAdopted = defineProblem(409, 'ALREADY_ADOPTED', 'This animal has found its home');
export const SelfInterest = defineProblem(403, 'SELF_INTEREST', 'This listing is your own');
