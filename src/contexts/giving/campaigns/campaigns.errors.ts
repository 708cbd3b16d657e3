import { defineProblem } from '../../../platform/http/problem.js';

export const CampaignNotFound = defineProblem(404, 'CAMPAIGN_NOT_FOUND', 'There is no such campaign, or it was cancelled');
export const CampaignClosed = defineProblem(409, 'CAMPAIGN_CLOSED', 'This campaign is over; it takes no donations');
