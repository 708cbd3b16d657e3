import { defineEvent } from '../../../platform/outbox/event.js';
import type { ClaimKindName } from './claim-kinds.js';

interface AboutClaim {
  claimId: string;
  kind: ClaimKindName;
  listingId: string;
  listingName: string;
  /** Who claims. */
  userId: string;
}

/** Somebody claimed a listing, and staff have to decide. */
export const claimSubmitted = defineEvent<AboutClaim>('directory.claim.submitted.v1');

/** Somebody claimed a listing that another person runs, who is heard first. */
export const claimContested = defineEvent<{
  claimId: string;
  kind: ClaimKindName;
  listingId: string;
  listingName: string;
  /** Who runs the listing. */
  ownerId: string;
  /** ISO 8601; nothing is decided before. */
  decideAfter: string;
}>('directory.claim.contested.v1');

/** Staff asked a claimant something and wait for the answer. */
export const claimQuestionAsked = defineEvent<AboutClaim>('directory.claim.question_asked.v1');

/** A claim was approved or rejected, by staff or because another one was approved. */
export const claimDecided = defineEvent<
  AboutClaim & {
    decision: 'approved' | 'rejected';
    /** Who lost the listing by an approval; null where nobody did. */
    previousOwnerId: string | null;
  }
>('directory.claim.decided.v1');
