import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import type { Tx } from '../../../platform/database/tx.js';
import { newId } from '../../../platform/ids.js';
import { AwaitedPayments, type HandledEvent } from '../payments/index.js';
import { Donation } from './donation.entity.js';
import { donationFraudWarned } from './donations.audit.js';
import { type ChargeReference, DonationsQueries } from './donations.queries.js';
import { ReversalService, type SentBack } from './reversal.service.js';
import { SettlementService } from './settlement.service.js';

export type { ChargeReference, SentBack };

/** A paid invoice of recurring support. */
export interface RecurringPayment {
  /** Who gives. */
  userId: string;
  /** Exactly one of the two. */
  caseId: string | null;
  targetUserId: string | null;
  subscriptionId: string;
  /** What was agreed to give, in minor units of `agreedCurrency`. */
  agreedAmount: number;
  agreedCurrency: string;
  /** What came, in minor units of `currency`. */
  amount: number;
  currency: string;
  stripeInvoiceId: string;
  stripeSubscriptionId: string | null;
  /** Known where the provider still says so in the invoice. */
  paymentIntentId?: string;
  chargeId?: string;
}

/** Commands that other modules may call inside their own transaction. */
@Injectable()
export class DonationsFacade {
  constructor(
    private readonly settlement: SettlementService,
    private readonly queries: DonationsQueries,
    private readonly reversals: ReversalService,
    private readonly awaited: AwaitedPayments,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes the one completed donation of an invoice, with every effect of a completion; a repeat changes nothing.
   * @returns outcome `completed`, `already_completed`, or one that says why it could not be credited
   */
  async receiveRecurring(tx: Tx, payment: RecurringPayment): Promise<HandledEvent> {
    const now = this.clock.now();
    const { agreedAmount: requestedAmount, agreedCurrency: requestedCurrency, paymentIntentId, chargeId, ...columns } = payment;
    const donation = tx.manager.create(Donation, {
      ...columns,
      id: newId(),
      donationKind: 'recurring',
      requestedAmount,
      requestedCurrency,
      status: 'pending',
      paymentProvider: 'stripe',
      anonymous: false,
      createdAt: now,
      updatedAt: now,
    });
    const { raw } = await tx.manager.createQueryBuilder().insert().into(Donation).values(donation).orIgnore().returning('id').execute();
    const fresh = (raw as unknown[]).length > 0;
    const donationId = fresh ? donation.id : (await tx.manager.findOneByOrFail(Donation, { stripeInvoiceId: payment.stripeInvoiceId })).id;
    return this.settlement.confirm(tx, { donationId, paymentIntentId, chargeId, amount: payment.amount, currency: payment.currency });
  }

  /** The donation held until the caller commits: whatever changes its money takes this lock first. */
  lock(tx: Tx, id: string): Promise<Donation | null> {
    return tx.lock(Donation, { id });
  }

  /**
   * Like {@link lock}, by the payment. Null while no received donation is known for it; the caller's event is then
   * {@link waitingFor} it, and nothing that makes the donation known before the commit goes unnoticed.
   */
  async lockCharged(tx: Tx, charge: ChargeReference): Promise<Donation | null> {
    const donation = await this.queries.lockCharged(tx, charge);
    if (donation) return donation.isReceived ? donation : null;
    const payment = awaitedId(charge);
    if (payment === null) return null;
    await this.awaited.hold(tx, payment);
    if (await this.queries.isChargedKnown(tx, charge)) throw new Error(`The donation of ${payment} became known at this moment: try again`);
    return null;
  }

  /**
   * Books money of a donation that went back or came again, with totals, fees and status.
   * @param donation as {@link lock} gave it
   */
  sendBack(tx: Tx, donation: Donation, moved: SentBack): Promise<void> {
    return this.reversals.sendBack(tx, donation, moved);
  }

  /** Remembers what went back of a charge in all, unless later news is known; of the same second the greater sum is later. */
  async noteRefunded(tx: Tx, donation: Donation, amount: number, at: Date): Promise<void> {
    const known = donation.chargeRefundedAt?.getTime() ?? 0;
    if (known > at.getTime() || (known === at.getTime() && donation.chargeRefundedAmount > amount)) return;
    donation.chargeRefundedAmount = amount;
    donation.chargeRefundedAt = at;
    await tx.manager.update(Donation, donation.id, { chargeRefundedAmount: amount, chargeRefundedAt: at });
  }

  /** Marks a donation that the card's bank calls a possible fraud; false when it was marked before. */
  async warnOfFraud(tx: Tx, donation: Donation, fraudType: string, source: string): Promise<boolean> {
    if (donation.fraudWarnedAt) return false;
    const now = this.clock.now();
    await tx.manager.update(Donation, donation.id, { fraudWarning: fraudType, fraudWarnedAt: now, updatedAt: now });
    tx.audit(SYSTEM, donationFraudWarned, donation.id, { after: { fraudWarning: fraudType }, source });
    return true;
  }
}

/** What becomes of an event about a charge for which {@link DonationsFacade.lockCharged} knew no donation. */
export const waitingFor = (charge: ChargeReference): HandledEvent => ({ outcome: 'waiting_for_donation', awaits: awaitedId(charge) ?? undefined });

const awaitedId = ({ paymentIntentId, chargeId }: ChargeReference): string | null => paymentIntentId ?? chargeId;
