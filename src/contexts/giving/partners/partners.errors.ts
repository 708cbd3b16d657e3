import { defineProblem } from '../../../platform/http/problem.js';

export const PartnerNotFound = defineProblem(404, 'PARTNER_NOT_FOUND', 'There is no such partner, or it is one no more');
