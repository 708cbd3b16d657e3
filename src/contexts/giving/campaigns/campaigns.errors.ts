import { defineProblem } from '../../../platform/http/problem.js';

export const CampaignNotFound = defineProblem(404, 'CAMPAIGN_NOT_FOUND', 'There is no such campaign, or it was cancelled');
export const CampaignClosed = defineProblem(409, 'CAMPAIGN_CLOSED', 'This campaign is over; it takes no donations and stays as it is');
export const ActiveCaseRequired = defineProblem(403, 'ACTIVE_CASE_REQUIRED', 'A rescue campaign is for people with an open case of their own that takes donations; publish one first');
export const InitiativeKeyTaken = defineProblem(409, 'INITIATIVE_KEY_TAKEN', 'Another initiative has this key; choose a different one');
