import { defineEvent } from '../../../platform/outbox/event.js';
import type { CampaignOutcome } from './campaign.entity.js';

/** A campaign is over. Its donors are in the view `giving.campaign_donors`. */
export const campaignEnded = defineEvent<{
  campaignId: string;
  title: string;
  /** Null for the platform. */
  creatorId: string | null;
  outcome: CampaignOutcome;
  /** Closed by somebody, or its last day has passed. */
  reason: 'closed' | 'end_date';
}>('giving.campaign.ended.v1');

/** No case of an active rescue campaign is open any more: its creator may want to close it. Told once a campaign. */
export const campaignCasesClosed = defineEvent<{ campaignId: string; title: string; creatorId: string }>('giving.campaign.cases_closed.v1');
