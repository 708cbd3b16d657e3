import { defineEvent } from '../../../platform/outbox/event.js';

interface DisputeFacts {
  disputeId: string;
  donationId: string;
  donorId: string;
  caseId: string | null;
  campaignId: string | null;
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
}

/** A donor's bank disputes a donation. Times as ISO 8601. */
export const disputeOpened = defineEvent<DisputeFacts & { reason: string; evidenceDueBy: string | null }>('giving.dispute.opened.v1');

/** A dispute is over. Only `lost` ones take money for good. */
export const disputeClosed = defineEvent<DisputeFacts & { outcome: 'won' | 'lost' | 'warning_closed' | 'prevented' }>('giving.dispute.closed.v1');
