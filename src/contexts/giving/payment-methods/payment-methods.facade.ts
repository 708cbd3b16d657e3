import { Injectable } from '@nestjs/common';
import type { Stripe } from 'stripe';
import { Clock } from '../../../platform/clock.js';
import type { Tx } from '../../../platform/database/tx.js';
import { StripeEventsService } from '../payments/index.js';
import { PaymentMethodsService } from './payment-methods.service.js';

/** Commands that other modules may call inside their own transaction. */
@Injectable()
export class PaymentMethodsFacade {
  constructor(
    private readonly methods: PaymentMethodsService,
    private readonly events: StripeEventsService,
    private readonly clock: Clock,
  ) {}

  /** Remembers who a customer is, and takes up what the provider told of the customer before. */
  async rememberCustomer(tx: Tx, customerId: string, userId: string): Promise<void> {
    const fresh = await tx.query(`INSERT INTO giving.stripe_customers (id, user_id, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING id`, [
      customerId,
      userId,
      this.clock.now(),
    ]);
    if (fresh.length > 0) await this.events.takeUp(tx, 'customer_not_found', customerId);
  }

  /** Keeps a payment method that a person pays with. */
  async keep(tx: Tx, userId: string, method: Stripe.PaymentMethod): Promise<void> {
    await this.methods.keep(tx, userId, method);
  }
}
