import { defineProblem } from '../../../platform/http/problem.js';

export const CaseNotFound = defineProblem(404, 'CASE_NOT_FOUND', 'There is no such case, or it is not shown any more');
export const CaseClosed = defineProblem(409, 'CASE_CLOSED', 'This case is closed; it takes no donations and its text stays as it is');
export const CaseHighRisk = defineProblem(409, 'CASE_HIGH_RISK', 'Donations to this case wait until a moderator has looked at it');
export const CaseHasDonations = defineProblem(409, 'CASE_HAS_DONATIONS', 'People have given for this; only description and story can still be edited');
export const CaseVerifiedByClinic = defineProblem(409, 'CASE_VERIFIED_BY_CLINIC', 'Its clinic has vouched for this case; it cannot name another one');
