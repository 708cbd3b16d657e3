import { Injectable } from '@nestjs/common';
import type { Stripe } from 'stripe';
import { type Actor, SYSTEM, type UserActor } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { Forbidden } from '../../../platform/http/problem.js';
import { newId } from '../../../platform/ids.js';
import { PaymentMethod } from './payment-method.entity.js';
import { paymentMethodDefaultChanged, paymentMethodRemoved } from './payment-methods.audit.js';
import type { PaymentMethodView } from './payment-methods.dto.js';
import { PaymentMethodNotFound } from './payment-methods.errors.js';
import { paymentMethodRemovedEvent } from './payment-methods.events.js';
import { paymentMethodView } from './payment-methods.queries.js';
import { savedMethod } from './saved-method.js';

/** Commands on payment methods (behaviour 2.9). They come from the provider only: nobody enters a card here. */
@Injectable()
export class PaymentMethodsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes one away for good; there is no default then if it was that. The provider lets it go after the commit.
   * @throws PaymentMethodNotFound, Forbidden
   */
  async remove(actor: UserActor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const method = await this.lockOwn(tx, actor, id);
      await this.clear(tx, actor, method);
      tx.publish(paymentMethodRemovedEvent({ stripePaymentMethodId: method.stripePaymentMethodId }));
    });
  }

  /**
   * Makes one the default, and the one before it not.
   * @throws PaymentMethodNotFound, Forbidden
   */
  makeDefault(actor: UserActor, id: string): Promise<PaymentMethodView> {
    return this.database.transaction(async (tx) => {
      // All of the person's, in one order: of two calls at once the second waits and sees what the first did.
      await tx.query(`SELECT id FROM giving.payment_methods WHERE user_id = $1 ORDER BY id FOR NO KEY UPDATE`, [actor.userId]);
      const method = await this.lockOwn(tx, actor, id);
      if (method.isDefault) return paymentMethodView(method);
      const before = await tx.manager.findOneBy(PaymentMethod, { userId: actor.userId, isDefault: true });
      if (before) await tx.manager.update(PaymentMethod, before.id, { isDefault: false });
      await tx.manager.update(PaymentMethod, id, { isDefault: true });
      tx.audit(actor, paymentMethodDefaultChanged, id, { before: { default: before?.id ?? null }, after: { default: id } });
      return paymentMethodView({ ...method, isDefault: true });
    });
  }

  /** Keeps what the provider saved for a person, or what has changed of it. One that was removed stays so, as does an erased person. */
  async keep(tx: Tx, userId: string, method: Stripe.PaymentMethod): Promise<string> {
    const saved = savedMethod(method);
    if (!saved) return 'ignored';
    const kept = await tx.query(
      `INSERT INTO giving.payment_methods (id, user_id, type, name, last_four, expiry_month, expiry_year, stripe_payment_method_id, created_at)
       SELECT $1::uuid, id, $3, $4, $5, $6::integer, $7::integer, $8, $9::timestamptz FROM identity.public_users WHERE id = $2 AND NOT erased
       ON CONFLICT (stripe_payment_method_id) DO UPDATE SET name = excluded.name, last_four = excluded.last_four, expiry_month = excluded.expiry_month, expiry_year = excluded.expiry_year
        WHERE payment_methods.removed_at IS NULL AND payment_methods.user_id = excluded.user_id
       RETURNING id`,
      [newId(), userId, saved.type, saved.name, saved.lastFour, saved.expiryMonth, saved.expiryYear, method.id, this.clock.now()],
    );
    return kept.length > 0 ? 'payment_method_kept' : 'payment_method_gone';
  }

  /** The provider keeps it no longer. */
  async forgetAtProvider(tx: Tx, stripePaymentMethodId: string): Promise<string> {
    const method = await tx.lock(PaymentMethod, { stripePaymentMethodId });
    if (!method || method.removedAt) return 'payment_method_gone';
    await this.clear(tx, SYSTEM, method);
    return 'payment_method_removed';
  }

  /** Erasure: nothing of the person's stays, here or at the provider. */
  async erase(tx: Tx, userId: string): Promise<void> {
    const gone = await tx.query<{ stripe_payment_method_id: string; removed_at: Date | null }>(
      `WITH gone AS (DELETE FROM giving.payment_methods WHERE user_id = $1 RETURNING stripe_payment_method_id, removed_at) SELECT * FROM gone`,
      [userId],
    );
    for (const row of gone) {
      if (!row.removed_at) tx.publish(paymentMethodRemovedEvent({ stripePaymentMethodId: row.stripe_payment_method_id }));
    }
    await tx.query(`DELETE FROM giving.stripe_customers WHERE user_id = $1`, [userId]);
  }

  private async lockOwn(tx: Tx, actor: UserActor, id: string): Promise<PaymentMethod> {
    const method = await tx.lock(PaymentMethod, { id });
    if (!method || method.removedAt) throw new PaymentMethodNotFound();
    if (method.userId !== actor.userId) throw new Forbidden('This is the payment method of somebody else');
    return method;
  }

  private async clear(tx: Tx, actor: Actor, { id, isDefault }: PaymentMethod): Promise<void> {
    await tx.manager.update(PaymentMethod, id, { removedAt: this.clock.now(), isDefault: false, name: '', lastFour: null, expiryMonth: null, expiryYear: null });
    tx.audit(actor, paymentMethodRemoved, id, { before: { default: isDefault } });
  }
}
