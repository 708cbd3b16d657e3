import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Stripe } from 'stripe';
import type { Tx } from '../../../platform/database/tx.js';
import { type HandledEvent, RecurringGateway, StripeEventHandlers, StripeEventsService } from '../payments/index.js';
import { PaymentMethodsQueries } from './payment-methods.queries.js';
import { PaymentMethodsService } from './payment-methods.service.js';

const SAVED = ['payment_method.attached', 'payment_method.updated', 'payment_method.automatically_updated'] as const;

/** What the provider saves for its customers, and lets go. */
@Injectable()
export class PaymentMethodStripeEvents implements OnModuleInit {
  constructor(
    private readonly handlers: StripeEventHandlers,
    private readonly events: StripeEventsService,
    private readonly gateway: RecurringGateway,
    private readonly methods: PaymentMethodsService,
    private readonly queries: PaymentMethodsQueries,
  ) {}

  onModuleInit(): void {
    for (const type of SAVED) {
      // Asked again, since it may have been let go meanwhile.
      this.handlers.registerAsking(type, ({ data: { object } }) => this.gateway.findPaymentMethod(object.id), ({ data: { object } }, tx, now) => this.keep(tx, now ?? object));
    }
    this.handlers.register('payment_method.detached', async ({ data: { object } }, tx) => ({ outcome: await this.methods.forgetAtProvider(tx, object.id) }));
  }

  private async keep(tx: Tx, method: Stripe.PaymentMethod): Promise<HandledEvent> {
    const customerId = typeof method.customer === 'string' ? method.customer : method.customer?.id;
    if (!customerId) return { outcome: 'payment_method_gone' };
    await this.events.oneAtATime(tx, customerId);
    const userId = await this.queries.personOf(tx, customerId);
    return { outcome: userId ? await this.methods.keep(tx, userId, method) : 'customer_not_found' };
  }
}
