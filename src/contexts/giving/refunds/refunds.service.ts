import { Injectable } from '@nestjs/common';
import type { Stripe } from 'stripe';
import { In } from 'typeorm';
import type { Actor } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { ValidationFailed } from '../../../platform/http/problem.js';
import { IdempotencyKeyReused } from '../../../platform/idempotency/idempotency.interceptor.js';
import { newId } from '../../../platform/ids.js';
import { DisputesReader } from '../disputes/index.js';
import { type Donation, DonationNotFound, DonationsFacade } from '../donations/index.js';
import { type RefundDraft, toStripeAmount } from '../payments/index.js';
import { Refund } from './refund.entity.js';
import { RefundProgressService } from './refund-progress.service.js';
import { refundRequestedAudit } from './refunds.audit.js';
import type { CreateRefund, RefundView } from './refunds.dto.js';
import { DonationDisputed, DonationNotCompleted, RefundExceedsDonation } from './refunds.errors.js';
import { refundRequested } from './refunds.events.js';

/** Refunds that staff ask for. The provider is told from the outbox, so that nothing is asked for and forgotten. */
@Injectable()
export class RefundsService {
  constructor(
    private readonly donations: DonationsFacade,
    private readonly disputes: DisputesReader,
    private readonly progress: RefundProgressService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Asks for a refund.
   * @param wish.amount minor units; what is left of the donation when absent
   * @param idempotencyKey the same key answers the refund made before
   * @throws DonationNotFound, DonationNotCompleted, DonationDisputed, RefundExceedsDonation, ValidationFailed, IdempotencyKeyReused
   */
  async request(actor: Actor, donationId: string, wish: CreateRefund, idempotencyKey?: string): Promise<RefundView> {
    return this.database.transaction(async (tx) => {
      const donation = await this.donations.lock(tx, donationId);
      if (!donation) throw new DonationNotFound();
      const earlier = idempotencyKey === undefined ? null : await tx.manager.findOneBy(Refund, { idempotencyKey });
      if (earlier) {
        if (earlier.donationId !== donation.id || (wish.amount !== undefined && wish.amount !== earlier.amount)) throw new IdempotencyKeyReused();
        return view(earlier);
      }
      const amount = await this.amountOf(tx, donation, wish.amount);
      const now = this.clock.now();
      const refund = tx.manager.create(Refund, {
        id: newId(),
        donationId: donation.id,
        amount,
        currency: donation.currency,
        status: 'pending',
        statusAt: now,
        reason: wish.reason,
        origin: 'staff',
        idempotencyKey: idempotencyKey ?? null,
        movements: 0,
        bookedAmount: 0,
        createdAt: now,
        updatedAt: now,
      });
      await tx.manager.insert(Refund, refund);
      tx.audit(actor, refundRequestedAudit, refund.id, { after: { donationId: donation.id, amount, currency: refund.currency }, reason: wish.reason });
      tx.publish(refundRequested({ refundId: refund.id }));
      return view(refund);
    });
  }

  /** The order for the provider, or null when it has it already. */
  async draft(refundId: string): Promise<RefundDraft | null> {
    return this.database.row<RefundDraft>(
      `SELECT r.id AS "refundId", r.donation_id AS "donationId", d.stripe_payment_intent_id AS "paymentIntentId", d.stripe_charge_id AS "chargeId",
              r.amount::float8 AS amount, r.currency, r.created_at AS "createdAt"
         FROM giving.refunds r JOIN giving.donations d ON d.id = r.donation_id
        WHERE r.id = $1 AND r.status = 'pending' AND r.stripe_refund_id IS NULL AND r.origin = 'staff'`,
      [refundId],
    );
  }

  /** Takes over what the provider answered to an order. */
  async answered(tx: Tx, refundId: string, answer: Stripe.Refund | { refused: string }): Promise<string> {
    if ('refused' in answer) return this.progress.refuse(tx, refundId, answer.refused);
    // The answer to a repeated order is that of the first: no news of today.
    return (await this.progress.follow(tx, answer, new Date(answer.created * 1_000))).outcome;
  }

  private async amountOf(tx: Tx, donation: Donation, wished: number | undefined): Promise<number> {
    if (!donation.isReceived) throw new DonationNotCompleted();
    if (await this.disputes.hasOpen(tx, donation.id)) throw new DonationDisputed();
    const underWay = await tx.manager.findBy(Refund, { donationId: donation.id, status: In(['pending', 'requires_action']) });
    const reserved = underWay.reduce((sum, refund) => sum + (refund.amount - refund.bookedAmount), 0);
    const { refund, dispute } = donation.wentBack;
    const left = donation.amount - refund - dispute - reserved;
    const amount = wished ?? left;
    if (wished !== undefined && !(Number.isSafeInteger(wished) && wished > 0)) throw new ValidationFailed({ errors: [{ path: 'amount', message: 'must be whole minor units of at least 1' }] });
    if (left <= 0 || amount > left) throw new RefundExceedsDonation(`${Math.max(left, 0)} minor units of ${donation.currency} are left`);
    if (toStripeAmount(amount, donation.currency) === null) {
      throw new ValidationFailed({ errors: [{ path: 'amount', message: `is finer than ${donation.currency} can be refunded` }] });
    }
    return amount;
  }
}

const view = ({ id, donationId, amount, currency, status, reason, createdAt }: Refund): RefundView => ({
  id,
  donationId,
  amount,
  currency,
  status,
  reason,
  createdAt: createdAt.toISOString(),
});
