import { defineEvent } from '../../../platform/outbox/event.js';

/** Staff asked for a refund; the provider has to be told. */
export const refundRequested = defineEvent<{ refundId: string }>('giving.refund.requested.v1');

/** Whose donation a refund is of, and what it was for. */
interface RefundFacts {
  refundId: string;
  donationId: string;
  donorId: string;
  caseId: string | null;
  campaignId: string | null;
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
}

/** Money reached the donor. `full` tells whether nothing of the donation is left. */
export const refundSucceeded = defineEvent<RefundFacts & { full: boolean }>('giving.refund.succeeded.v1');

/** Money will not reach the donor; it stays given. `reason` is the provider's word for why. */
export const refundFailed = defineEvent<RefundFacts & { reason: string | null }>('giving.refund.failed.v1');
