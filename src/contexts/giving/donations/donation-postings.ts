import type { AccountKind, PostingDraft } from '../ledger/index.js';
import type { BalanceTransaction } from '../payments/index.js';
import type { Donation } from './donation.entity.js';

/** Whose funds a donation is in: those of its target once it was credited, else nobody's yet. */
export function fundOf({ creditedAt, caseId, campaignRefId, targetUserId }: Donation): { account: AccountKind; ownerId?: string } {
  if (creditedAt && caseId) return { account: 'case_funds', ownerId: caseId };
  if (creditedAt && campaignRefId) return { account: 'campaign_funds', ownerId: campaignRefId };
  if (creditedAt && targetUserId) return { account: 'user_funds', ownerId: targetUserId };
  return { account: 'unallocated' };
}

/** What the provider made of a movement in a foreign currency: its balance gives the one and gets the other. */
export function exchangePostings(amount: number, settled: Pick<BalanceTransaction, 'amount' | 'currency'>): PostingDraft[] {
  return [
    { account: 'stripe_balance', amount: -amount },
    { account: 'currency_exchange', amount },
    { account: 'currency_exchange', currency: settled.currency, amount: -settled.amount },
    { account: 'stripe_balance', currency: settled.currency, amount: settled.amount },
  ];
}

/** The provider's fee, out of the fund in the donation's currency and out of the balance in the one that it was settled in. */
export function processorFeePostings(donation: Donation, settled: BalanceTransaction): PostingDraft[] {
  const fee = donation.processorFeeAmount ?? 0;
  const fromFund = { ...fundOf(donation), amount: fee };
  const fromBalance = { account: 'stripe_balance', currency: settled.currency, amount: -settled.fee } as const;
  if (settled.currency === donation.currency) return [fromFund, fromBalance];
  const exchange = [
    { account: 'currency_exchange', amount: -fee },
    { account: 'currency_exchange', currency: settled.currency, amount: settled.fee },
  ] as const;
  // A fee may be less than the smallest unit of a currency without decimals.
  return [fromFund, ...exchange, fromBalance].filter(({ amount }) => amount !== 0);
}
