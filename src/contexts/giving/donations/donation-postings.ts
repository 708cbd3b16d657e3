import type { AccountKind } from '../ledger/index.js';
import type { Donation } from './donation.entity.js';

/** Whose funds a donation is in: those of its target once it was credited, else nobody's yet. */
export function fundOf({ creditedAt, caseId, campaignRefId, targetUserId }: Donation): { account: AccountKind; ownerId?: string } {
  if (creditedAt && caseId) return { account: 'case_funds', ownerId: caseId };
  if (creditedAt && campaignRefId) return { account: 'campaign_funds', ownerId: campaignRefId };
  if (creditedAt && targetUserId) return { account: 'user_funds', ownerId: targetUserId };
  return { account: 'unallocated' };
}
