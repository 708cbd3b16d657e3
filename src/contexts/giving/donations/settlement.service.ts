import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SYSTEM } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import type { Tx } from '../../../platform/database/tx.js';
import { personChannel } from '../../../platform/events/person-channel.js';
import { CasesFacade } from '../../rescue/cases/index.js';
import { CampaignsFacade } from '../campaigns/index.js';
import { LedgerFacade } from '../ledger/index.js';
import { AwaitedPayments, type HandledEvent } from '../payments/index.js';
import { Donation } from './donation.entity.js';
import { fundOf } from './donation-postings.js';
import { currencyMismatched, donationCompletedAudit, donationFailedAudit } from './donations.audit.js';
import { donationCompleted, processorFeeDue } from './donations.events.js';
import { DonationsQueries } from './donations.queries.js';
import type { PaymentReport, ReceivedPayment } from './payment-report.js';

const RECEIPT_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Outcomes of money that came and could not be given to its target. */
const UNALLOCATED = { currency_mismatch: 'completed_unallocated', case_closed: 'completed_case_closed' } as const;

/**
 * Settles donations by what the provider reports (behaviour 2.7). Every command takes the row's lock first and
 * bears repeats and any order, since reports come as they like.
 */
@Injectable()
export class SettlementService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly queries: DonationsQueries,
    private readonly ledger: LedgerFacade,
    private readonly cases: CasesFacade,
    private readonly campaigns: CampaignsFacade,
    private readonly awaited: AwaitedPayments,
    private readonly clock: Clock,
  ) {}

  /**
   * Completes the donation that a payment is for: status, receipt, books, total, audit, event and signal in the
   * caller's transaction. A payment for a closed case counts as well, since the money has come, unless it repeats by itself.
   */
  async confirm(tx: Tx, payment: ReceivedPayment): Promise<HandledEvent> {
    const donation = await this.queries.lockReported(tx, payment);
    if (!donation) return { outcome: 'donation_not_found' };
    donation.note(payment);
    if (donation.isReceived) return this.keep(tx, donation, 'already_completed');

    const now = this.clock.now();
    const before = donation.status;
    donation.complete(payment, await this.newReceiptId(tx), now);
    const obstacle = await this.obstacle(tx, donation);
    const credited = obstacle === null;
    if (credited) donation.credit(this.config.platformFeeBps, now);
    await this.book(tx, donation);
    if (credited) await this.addToTotal(tx, donation);
    await this.save(tx, donation);

    const { id, userId, caseId, campaignRefId: campaignId, amount, currency } = donation;
    tx.audit(SYSTEM, donationCompletedAudit, id, { before: { status: before }, after: { status: donation.status, amount, currency }, ...(obstacle ? { unallocated: obstacle } : {}) });
    if (obstacle === 'currency_mismatch') {
      const asked = { amount: donation.requestedAmount, currency: donation.requestedCurrency };
      tx.audit(SYSTEM, currencyMismatched, id, { before: asked, after: { amount, currency } });
    }
    const { donationKind: kind, anonymous, targetUserId, subscriptionId } = donation;
    tx.publish(donationCompleted({ donationId: id, userId, caseId, campaignId, targetUserId, subscriptionId, amount, currency, kind, anonymous }));
    tx.publish(processorFeeDue({ donationId: id }));
    tx.signal(personChannel(userId), 'donation.completed', { donationId: id, caseId, campaignId, amount, currency });
    return { outcome: obstacle ? UNALLOCATED[obstacle] : 'completed', donationId: id };
  }

  /** Marks a pending donation as failed. One that was paid stays paid, whatever comes late. */
  async fail(tx: Tx, report: PaymentReport, reason: string): Promise<HandledEvent> {
    const donation = await this.queries.lockReported(tx, report);
    if (!donation) return { outcome: 'donation_not_found' };
    donation.note(report);
    if (donation.status !== 'pending') return this.keep(tx, donation, donation.status === 'failed' ? 'already_failed' : 'already_completed');
    donation.fail(this.clock.now());
    tx.audit(SYSTEM, donationFailedAudit, donation.id, { before: { status: 'pending' }, after: { status: 'failed' }, reason });
    return this.keep(tx, donation, 'failed');
  }

  /**
   * Remembers what a report tells beside the payment itself.
   * @param settled whether the provider has settled the charge, so that its fee can be asked for
   */
  async note(tx: Tx, report: PaymentReport, settled = false): Promise<HandledEvent> {
    const donation = await this.queries.lockReported(tx, report);
    if (!donation) return { outcome: 'donation_not_found' };
    donation.note(report);
    if (settled && donation.isReceived && donation.balanceTransaction === null) tx.publish(processorFeeDue({ donationId: donation.id }));
    return this.keep(tx, donation, 'noted');
  }

  private async keep(tx: Tx, donation: Donation, outcome: string): Promise<HandledEvent> {
    await this.save(tx, donation);
    return { outcome, donationId: donation.id };
  }

  private async save(tx: Tx, donation: Donation): Promise<void> {
    donation.updatedAt = this.clock.now();
    await tx.manager.save(Donation, donation);
    if (donation.isReceived) await this.awaited.release(tx, [donation.stripePaymentIntentId, donation.stripeChargeId]);
  }

  /** Why the money cannot be given to its target; null when it can. A person takes any currency. */
  private async obstacle(tx: Tx, { caseId, campaignRefId, targetUserId, currency, donationKind }: Donation): Promise<keyof typeof UNALLOCATED | null> {
    if (targetUserId) return null;
    if (campaignRefId) return (await this.campaigns.donationTarget(tx, campaignRefId))?.currency === currency ? null : 'currency_mismatch';
    const target = caseId ? await this.queries.caseFunding(tx, caseId) : null;
    if (target?.currency !== currency) return 'currency_mismatch';
    // Nobody chose to give this payment now, so a case that has closed does not get it (behaviour 2.8).
    return donationKind === 'recurring' && target.status === 'closed' ? 'case_closed' : null;
  }

  private async book(tx: Tx, donation: Donation): Promise<void> {
    const { id: donationId, caseId, campaignRefId: campaignId, currency, amount, platformFeeAmount: fee, receiptId: reference } = donation;
    const entry = { donationId, caseId, campaignId, currency, reference };
    donation.transactionId = await this.ledger.book(tx, {
      ...entry,
      key: `donation:${donationId}`,
      kind: 'donation',
      description: 'Donation received',
      source: donation.stripePaymentIntentId,
      postings: [{ account: 'stripe_balance', amount }, { ...fundOf(donation), amount: -amount }],
    });
    if (!fee) return;
    await this.ledger.book(tx, {
      ...entry,
      key: `platform_fee:${donationId}`,
      kind: 'platform_fee',
      description: `Platform fee of ${donation.platformFeeBps} basis points`,
      postings: [{ ...fundOf(donation), amount: fee }, { account: 'platform_revenue', amount: -fee }],
    });
  }

  private async addToTotal(tx: Tx, { caseId, campaignRefId, amount, currency }: Donation): Promise<void> {
    if (campaignRefId) await this.campaigns.addFunding(tx, { campaignId: campaignRefId, amount });
    if (!caseId) return;
    const state = await this.cases.addFunding(tx, { caseId, amount });
    // The owner changed the currency between our look and our lock: the next try sees the new one.
    if (state.currency !== currency) throw new Error(`Case ${caseId} changed its currency meanwhile`);
  }

  private async newReceiptId(tx: Tx): Promise<string> {
    for (;;) {
      const id = `PT-${Array.from({ length: 8 }, () => RECEIPT_CHARACTERS[randomInt(RECEIPT_CHARACTERS.length)]).join('')}`;
      if (!(await this.queries.receiptExists(tx, id))) return id;
    }
  }
}
