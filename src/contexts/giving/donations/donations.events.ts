import { defineEvent } from '../../../platform/outbox/event.js';
import type { DonationKind } from './donation.entity.js';

/** Money for a donation was received and booked. */
export const donationCompleted = defineEvent<{
  donationId: string;
  userId: string;
  caseId: string | null;
  campaignId: string | null;
  /** The person whom recurring support is for. */
  targetUserId?: string | null;
  /** The recurring support that this is a payment of. */
  subscriptionId?: string | null;
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
  kind: DonationKind;
  anonymous: boolean;
}>('giving.donation.completed.v1');

/** The provider's fee for a donation may be known now and has to be asked for. */
export const processorFeeDue = defineEvent<{ donationId: string }>('giving.processor_fee.fell_due.v1');
