import { Injectable } from '@nestjs/common';
import type { Stripe } from 'stripe';
import { IsNull } from 'typeorm';
import { SYSTEM } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import type { Tx } from '../../../platform/database/tx.js';
import { newId, UUID_PATTERN } from '../../../platform/ids.js';
import { type ChargeReference, type Donation, DonationsFacade, waitingFor } from '../donations/index.js';
import { fromStripeAmount, type HandledEvent, idOf } from '../payments/index.js';
import { Refund, REFUND_STATUSES, type RefundStatus } from './refund.entity.js';
import { refundStatusChanged } from './refunds.audit.js';
import { refundFailed, refundSucceeded } from './refunds.events.js';

/**
 * Follows what the provider says about refunds, those asked for here and those made in its dashboard. Each command
 * holds the donation first and bears repeats and any order.
 */
@Injectable()
export class RefundProgressService {
  constructor(
    private readonly donations: DonationsFacade,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes over a refund as the provider shows it.
   * @param at when it was so
   */
  async follow(tx: Tx, told: Stripe.Refund, at: Date): Promise<HandledEvent> {
    const status = REFUND_STATUSES.find((one) => one === told.status);
    if (!status) return { outcome: 'ignored' };
    const donation = await this.donationOf(tx, told);
    if (!donation) return waitingFor(chargeOf(told));
    const refund = await this.find(tx, donation, told, at);
    const isNews = refund.stripeRefundId == null;
    refund.stripeRefundId = told.id;
    refund.failureReason ??= told.failure_reason ?? null;
    const before = refund.status;
    const changed = refund.follow(status, at);
    await this.matchCharge(tx, donation, refund, () => this.settle(tx, donation, refund, changed || isNews ? before : null));
    return { outcome: changed || isNews ? `refund_${refund.status}` : 'refund_known', donationId: donation.id };
  }

  /**
   * Takes over how much of a charge has gone back in all. What no refund is known for is kept as one without a name,
   * until the provider tells of the refund itself.
   */
  async followCharge(tx: Tx, charge: Stripe.Charge, at: Date): Promise<HandledEvent> {
    const reference = { paymentIntentId: idOf(charge.payment_intent), chargeId: charge.id };
    const donation = await this.donations.lockCharged(tx, reference);
    if (!donation) return waitingFor(reference);
    await this.donations.noteRefunded(tx, donation, fromStripeAmount(charge.amount_refunded, donation.currency), at);
    const found = await this.matchCharge(tx, donation, null, () => Promise.resolve());
    return { outcome: found ? 'refund_succeeded' : 'refund_known', donationId: donation.id };
  }

  /** The provider will never make a refund that was asked for. */
  async refuse(tx: Tx, refundId: string, why: string): Promise<string> {
    const row = await tx.manager.findOneBy(Refund, { id: refundId });
    const donation = row && (await this.donations.lock(tx, row.donationId));
    const refund = donation && (await tx.manager.findOneBy(Refund, { id: refundId }));
    if (!refund || refund.stripeRefundId !== null) return 'refund_known';
    const before = refund.status;
    if (!refund.follow('failed', this.clock.now())) return 'refund_known';
    refund.failureReason = why;
    await this.matchCharge(tx, donation, refund, () => this.settle(tx, donation, refund, before));
    return 'refund_failed';
  }

  /** By our own id in the metadata, by the refund's, or by the payment: the first that leads to a donation. */
  private async donationOf(tx: Tx, told: Stripe.Refund): Promise<Donation | null> {
    const row = (await tx.manager.findOneBy(Refund, { stripeRefundId: told.id })) ?? (await this.ordered(tx, told));
    return row ? this.donations.lock(tx, row.donationId) : this.donations.lockCharged(tx, chargeOf(told));
  }

  private async ordered(tx: Tx, told: Stripe.Refund): Promise<Refund | null> {
    const id = told.metadata?.['refundId'];
    return id && UUID_PATTERN.test(id) ? tx.manager.findOneBy(Refund, { id, stripeRefundId: IsNull(), origin: 'staff' }) : null;
  }

  /** The row of a refund, read under the donation's lock: known by its id, ordered by us, told of without a name, or new. */
  private async find(tx: Tx, donation: Donation, told: Stripe.Refund, at: Date): Promise<Refund> {
    const amount = fromStripeAmount(told.amount, told.currency.toUpperCase());
    if (told.currency.toUpperCase() !== donation.currency) throw new Error(`Refund ${told.id} is in ${told.currency}, its donation in ${donation.currency}`);
    const known = (await tx.manager.findOneBy(Refund, { stripeRefundId: told.id })) ?? (await this.ordered(tx, told));
    if (known) {
      if (known.amount !== amount) throw new Error(`Refund ${told.id} is of ${amount}, not of ${known.amount}`);
      return known;
    }
    const unnamed = (await tx.manager.findBy(Refund, { donationId: donation.id })).filter((one) => one.isUnnamed && one.isOpen);
    const same = unnamed.find((one) => one.amount === amount);
    if (same) return same;
    const refund = this.make(tx, donation, amount, at, told.reason ?? MADE_OUTSIDE);
    // One of several that were told of together has been announced with them.
    refund.succeededAt = unnamed.find((one) => one.amount > amount)?.succeededAt ?? null;
    return refund;
  }

  /**
   * Keeps as refunds without a name what the charge says had gone back and no refund is known for; never more than there
   * is room for beside those that are known. Gives up what is too much before, and adds what is missing after `settle`.
   * @param news a refund whose new state is not stored yet
   * @returns whether something was added
   */
  private async matchCharge(tx: Tx, donation: Donation, news: Refund | null, settle: () => Promise<void>): Promise<boolean> {
    const { chargeRefundedAt: at, chargeRefundedAmount: told, amount } = donation;
    const stored = await tx.manager.find(Refund, { where: { donationId: donation.id }, order: { createdAt: 'DESC', id: 'DESC' } });
    const refunds = stored.filter(({ id }) => id !== news?.id).concat(news ?? []);
    const unnamed = refunds.filter((refund) => refund.isUnnamed && refund.isOpen);
    const named = refunds.filter((refund) => !refund.isUnnamed);
    const unknown = at ? told - sum(named.filter((refund) => refund.wasOpen(at))) : 0;
    let missing = Math.max(Math.min(unknown, amount - sum(named.filter((refund) => refund.isOpen))), 0) - sum(unnamed);
    for (const refund of unnamed) {
      const less = Math.min(refund.amount, -missing);
      if (less <= 0) break;
      missing += less;
      const before = refund.status;
      if (less === refund.amount) refund.follow('canceled', refund.statusAt);
      else refund.amount -= less;
      await this.settle(tx, donation, refund, before);
    }
    await settle();
    if (missing <= 0 || !at) return false;
    const refund = this.make(tx, donation, missing, at, MADE_OUTSIDE);
    refund.follow('succeeded', at);
    await this.settle(tx, donation, refund, 'pending');
    return true;
  }

  private make(tx: Tx, donation: Donation, amount: number, at: Date, reason: string): Refund {
    const now = this.clock.now();
    const { id: donationId, currency } = donation;
    return tx.manager.create(Refund, { id: newId(), donationId, amount, currency, status: 'pending', statusAt: at, reason, origin: 'provider', movements: 0, bookedAmount: 0, createdAt: now, updatedAt: now });
  }

  /** Brings the books, and whoever listens, to where the refund stands. */
  private async settle(tx: Tx, donation: Donation, refund: Refund, before: RefundStatus | null): Promise<void> {
    const now = this.clock.now();
    const amount = (refund.takesMoney ? refund.amount : 0) - refund.bookedAmount;
    if (amount !== 0) {
      refund.movements += 1;
      refund.bookedAmount += amount;
      const description = amount > 0 ? 'Given back to the donor' : 'Refund that did not reach the donor';
      await this.donations.sendBack(tx, donation, { way: 'refund', amount, key: `refund:${refund.id}:${refund.movements}`, description, source: refund.stripeRefundId });
    }
    const facts = { refundId: refund.id, donationId: donation.id, donorId: donation.userId, caseId: donation.caseId, campaignId: donation.campaignRefId, amount: refund.amount, currency: refund.currency };
    if (refund.status === 'succeeded' && refund.succeededAt == null) {
      refund.succeededAt = now;
      tx.publish(refundSucceeded({ ...facts, full: donation.status === 'refunded' }));
    }
    if (before !== null && before !== refund.status && !refund.isOpen && !refund.isUnnamed) tx.publish(refundFailed({ ...facts, reason: refund.failureReason ?? null }));
    if (before !== null) {
      const { status, amount, currency, failureReason } = refund;
      tx.audit(SYSTEM, refundStatusChanged, refund.id, { before: { status: before }, after: { status, amount, currency, failureReason }, donationId: donation.id });
    }
    refund.updatedAt = now;
    await tx.manager.save(Refund, refund);
  }
}

const MADE_OUTSIDE = 'Made at the payment provider';

const sum = (refunds: Refund[]): number => refunds.reduce((total, { amount }) => total + amount, 0);

const chargeOf = (refund: Stripe.Refund): ChargeReference => ({ paymentIntentId: idOf(refund.payment_intent), chargeId: idOf(refund.charge) });
