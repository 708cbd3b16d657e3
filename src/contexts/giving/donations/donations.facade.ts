import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import type { Tx } from '../../../platform/database/tx.js';
import { newId } from '../../../platform/ids.js';
import type { HandledEvent } from '../payments/index.js';
import { Donation } from './donation.entity.js';
import { SettlementService } from './settlement.service.js';

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
}
