import { claimContested, claimDecided, claimQuestionAsked } from '../../directory/claims/index.js';
import { transportRequested } from '../../directory/transport/index.js';
import { campaignCasesClosed, campaignEnded } from '../../giving/campaigns/index.js';
import { invoicePaid, invoiceRejected } from '../../giving/invoices/index.js';
import { refundFailed, refundSucceeded } from '../../giving/refunds/index.js';
import { subscriptionCanceled, subscriptionStatusChanged } from '../../giving/subscriptions/index.js';
import { adoptionInterestExpressed } from '../../rescue/adoptions/index.js';
import { appealDecided, decisionMade } from '../../trust/decisions/index.js';
import type { NoticeKey } from './notice-texts.js';
import { tells } from './tells.js';

const DECISIONS: Partial<Record<string, NoticeKey>> = { hide_case: 'decision.hide_case', hide_content: 'decision.hide_content', warn_user: 'decision.warn_user' };

/** Support that ended without its donor having ended it. */
const ENDINGS: Partial<Record<string, NoticeKey>> = { case_closed: 'subscription_ended.case_closed', provider: 'subscription_ended.payment', staff: 'subscription_ended.other', person_erased: 'subscription_ended.other' };

/** Facts that are told as they are (behaviour 2.18, 2.21, 2.7, 2.8, 2.10, 2.13, 2.15, 2.20). Donations and news of cases have consumers of their own. */
export const FACTS_TOLD = [
  tells(decisionMade, 'engagement.tell-decision', ({ userId, action, caseId }) => [{ userId, key: DECISIONS[action] ?? 'decision.other', caseId }]),
  tells(appealDecided, 'engagement.tell-appeal', ({ userId, decision, caseId }) => [{ userId, key: `appeal.${decision}`, caseId }]),

  tells(refundSucceeded, 'engagement.tell-refund', ({ donorId, amount, currency, caseId }) => [{ userId: donorId, key: 'refund.succeeded', params: { money: { amount, currency } }, caseId }]),
  tells(refundFailed, 'engagement.tell-failed-refund', ({ donorId, amount, currency, caseId }) => [{ userId: donorId, key: 'refund.failed', params: { money: { amount, currency } }, caseId }]),

  tells(subscriptionCanceled, 'engagement.tell-ended-support', ({ userId, from, reason, amount, currency }) => {
    const key = from === 'pending' ? undefined : ENDINGS[reason];
    return key ? [{ userId, key, params: { money: { amount, currency } } }] : [];
  }),
  tells(subscriptionStatusChanged, 'engagement.tell-late-support', ({ userId, to, amount, currency }) =>
    to === 'past_due' ? [{ userId, key: 'subscription_late', params: { money: { amount, currency } } }] : [],
  ),

  tells(campaignEnded, 'engagement.tell-ended-campaign', async ({ campaignId, title, creatorId }, tx, ask) => {
    const people = new Set(await ask.campaignDonors(tx, campaignId));
    if (creatorId) people.add(creatorId);
    return [...people].map((userId) => ({ userId, key: 'campaign_ended', params: { target: title } }));
  }),
  tells(campaignCasesClosed, 'engagement.tell-campaign-without-cases', ({ title, creatorId }) => [{ userId: creatorId, key: 'campaign_cases_closed', params: { target: title } }]),

  tells(invoicePaid, 'engagement.tell-paid-invoice', ({ amount, currency, caseId, filedBy, caseOwnerId, clinicOwnerId }) =>
    [...new Set([filedBy, caseOwnerId, clinicOwnerId])].flatMap((userId) => (userId ? [{ userId, key: 'invoice.paid' as const, params: { money: { amount, currency } }, caseId }] : [])),
  ),
  tells(invoiceRejected, 'engagement.tell-rejected-invoice', ({ amount, currency, caseId, filedBy }) => [{ userId: filedBy, key: 'invoice.rejected', params: { money: { amount, currency } }, caseId }]),

  tells(claimDecided, 'engagement.tell-claim', ({ userId, listingName, decision, previousOwnerId }) => [
    { userId, key: `claim.${decision}`, params: { target: listingName } },
    ...(previousOwnerId ? [{ userId: previousOwnerId, key: 'claim.lost' as const, params: { target: listingName } }] : []),
  ]),
  tells(claimContested, 'engagement.tell-contested-owner', ({ ownerId, listingName, decideAfter }) => [{ userId: ownerId, key: 'claim.contested', params: { target: listingName, date: { day: decideAfter } } }]),
  tells(claimQuestionAsked, 'engagement.tell-claim-question', ({ userId, listingName }) => [{ userId, key: 'claim.question', params: { target: listingName } }]),

  tells(transportRequested, 'engagement.tell-drivers', ({ caseId, userIds, city }) => userIds.map((userId) => ({ userId, key: 'transport_requested', params: { city }, caseId }))),
  tells(adoptionInterestExpressed, 'engagement.tell-lister', ({ listerId }) => [{ userId: listerId, key: 'adoption_interest' }]),
];
