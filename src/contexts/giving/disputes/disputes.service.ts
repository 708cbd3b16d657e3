import { Inject, Injectable } from '@nestjs/common';
import type { Stripe } from 'stripe';
import { SYSTEM } from '../../../platform/auth/actor.js';
import { Alerts } from '../../../platform/alerts/alerts.js';
import { Clock } from '../../../platform/clock.js';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import type { Tx } from '../../../platform/database/tx.js';
import { newId } from '../../../platform/ids.js';
import { type ChargeReference, type Donation, DonationsFacade, fundOf, waitingFor } from '../donations/index.js';
import { LedgerFacade } from '../ledger/index.js';
import { fromStripeAmount, type HandledEvent, idOf } from '../payments/index.js';
import { Dispute, DISPUTE_STATUSES, type DisputeStatus, isClosed } from './dispute.entity.js';
import { disputeOpenedAudit, disputeStatusChanged } from './disputes.audit.js';
import { disputeClosed, disputeOpened } from './disputes.events.js';

/** What an event says about the money beside what its dispute shows. */
export type MoneyNews = 'withdrawn' | 'reinstated' | null;

/** Follows disputes and warnings of fraud. Bears repeats and any order: where a dispute stands is derived from all that was said. */
@Injectable()
export class DisputesService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly donations: DonationsFacade,
    private readonly ledger: LedgerFacade,
    private readonly alerts: Alerts,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes over a dispute as the provider shows it.
   * @param at when it was so
   */
  async follow(tx: Tx, told: Stripe.Dispute, at: Date, news: MoneyNews): Promise<HandledEvent> {
    const status = DISPUTE_STATUSES.find((one) => one === told.status);
    if (!status) return { outcome: 'ignored' };
    const charge = chargeOf(told);
    const donation = await this.donations.lockCharged(tx, charge);
    if (!donation) return waitingFor(charge);

    const known = await tx.manager.findOneBy(Dispute, { stripeDisputeId: told.id });
    const dispute = known ?? this.open(tx, donation, told, status, at);
    const before = known ? dispute.status : null;
    const changed = dispute.follow(status, at);
    const movements = told.balance_transactions ?? [];
    dispute.withdrawn ||= news === 'withdrawn' || movements.some(({ amount }) => amount < 0);
    dispute.reinstated ||= news === 'reinstated' || movements.some(({ amount }) => amount > 0);
    if (changed || !known) this.describe(dispute, told);
    if (!known) this.announce(tx, donation, dispute);
    if (changed || !known) this.close(tx, donation, dispute, before);
    await this.moveMoney(tx, donation, dispute);
    for (const movement of movements) await this.bookFee(tx, donation, dispute, movement);
    dispute.updatedAt = this.clock.now();
    await tx.manager.save(Dispute, dispute);
    return { outcome: `dispute_${dispute.status}`, donationId: donation.id };
  }

  /** The card's bank calls a payment a possible fraud; staff may give it back before it is disputed. */
  async warnOfFraud(tx: Tx, warning: Stripe.Radar.EarlyFraudWarning): Promise<HandledEvent> {
    const charge = { paymentIntentId: idOf(warning.payment_intent), chargeId: idOf(warning.charge) };
    const donation = await this.donations.lockCharged(tx, charge);
    if (!donation) return waitingFor(charge);
    const { id: donationId } = donation;
    if (!(await this.donations.warnOfFraud(tx, donation, warning.fraud_type, warning.id))) return { outcome: 'already_warned', donationId };
    await this.alerts.raise(tx, { kind: 'giving.fraud_warning', subject: donationId, details: { fraudType: warning.fraud_type, actionable: warning.actionable, stripeId: warning.id } });
    return { outcome: 'fraud_warned', donationId };
  }

  private open(tx: Tx, donation: Donation, told: Stripe.Dispute, status: DisputeStatus, at: Date): Dispute {
    const openedAt = new Date((told.created ?? 0) * 1_000 || at.getTime());
    return tx.manager.create(Dispute, {
      id: newId(),
      stripeDisputeId: told.id,
      donationId: donation.id,
      status,
      statusAt: at,
      withdrawn: false,
      reinstated: false,
      takenAmount: 0,
      feeAmount: 0,
      movements: 0,
      openedAt,
      closedAt: null,
    });
  }

  private describe(dispute: Dispute, told: Stripe.Dispute): void {
    const dueBy = told.evidence_details?.due_by;
    dispute.currency = told.currency.toUpperCase();
    dispute.amount = fromStripeAmount(told.amount, dispute.currency);
    dispute.reason = told.reason ?? 'general';
    dispute.evidenceDueBy = dueBy && !isClosed(dispute.status) ? new Date(dueBy * 1_000) : null;
  }

  private announce(tx: Tx, donation: Donation, dispute: Dispute): void {
    const { id, amount, currency, reason, evidenceDueBy, status } = dispute;
    tx.audit(SYSTEM, disputeOpenedAudit, id, { after: { donationId: donation.id, amount, currency, reason, status } });
    tx.publish(disputeOpened({ ...facts(donation, dispute), reason, evidenceDueBy: evidenceDueBy?.toISOString() ?? null }));
  }

  /** Notes whether it is over, and tells when that is new. An appeal opens it again. */
  private close(tx: Tx, donation: Donation, dispute: Dispute, before: DisputeStatus | null): void {
    const { status } = dispute;
    if (before !== null) tx.audit(SYSTEM, disputeStatusChanged, dispute.id, { before: { status: before }, after: { status }, donationId: donation.id });
    dispute.closedAt = isClosed(status) ? this.clock.now() : null;
    if (status === 'won' || status === 'lost' || status === 'warning_closed' || status === 'prevented') tx.publish(disputeClosed({ ...facts(donation, dispute), outcome: status }));
  }

  private async moveMoney(tx: Tx, donation: Donation, dispute: Dispute): Promise<void> {
    // A dispute in another currency than the donation's can only be of all of it.
    const disputed = dispute.currency === donation.currency ? dispute.amount : donation.amount;
    const amount = (dispute.takesMoney ? disputed : 0) - dispute.takenAmount;
    if (amount === 0) return;
    dispute.takenAmount += amount;
    dispute.movements += 1;
    const description = amount > 0 ? 'Taken back by the donor’s bank' : 'Given back by the donor’s bank';
    await this.donations.sendBack(tx, donation, { way: 'dispute', amount, key: `dispute:${dispute.id}:${dispute.movements}`, description, source: dispute.stripeDisputeId });
  }

  /** Each movement of a dispute on the provider's balance may carry a fee, or give one back; each is booked once. */
  private async bookFee(tx: Tx, donation: Donation, dispute: Dispute, { id, fee: told, currency: code }: Stripe.BalanceTransaction): Promise<void> {
    if (!told) return;
    const currency = code.toUpperCase();
    const fee = fromStripeAmount(told, currency);
    const borneByFund = this.config.refundFeeBearer === 'fund' && currency === donation.currency && donation.creditedAt !== null;
    const { caseId, campaignRefId: campaignId } = donation;
    const booked = await this.ledger.book(tx, {
      key: `dispute_fee:${id}`,
      kind: 'dispute_fee',
      currency,
      description: 'Fee of the payment provider for a dispute',
      donationId: donation.id,
      caseId,
      campaignId,
      source: id,
      reference: donation.receiptId,
      postings: [{ ...(borneByFund ? fundOf(donation) : { account: 'platform_costs' as const }), amount: fee }, { account: 'stripe_balance', amount: -fee }],
    });
    if (booked === null) return;
    dispute.feeCurrency = currency;
    dispute.feeAmount += fee;
  }
}

const facts = (donation: Donation, { id, amount, currency }: Dispute) => ({
  disputeId: id,
  donationId: donation.id,
  donorId: donation.userId,
  caseId: donation.caseId,
  campaignId: donation.campaignRefId,
  amount,
  currency,
});

const chargeOf = (dispute: Stripe.Dispute): ChargeReference => ({ paymentIntentId: idOf(dispute.payment_intent), chargeId: idOf(dispute.charge) });
