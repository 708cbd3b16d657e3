import { Injectable, type OnModuleInit } from '@nestjs/common';
import { IGNORED, StripeEventHandlers } from '../payments/index.js';
import { isDonation, isPaid, received, reportOfCharge, reportOfIntent, reportOfSession } from './payment-report.js';
import { SettlementService } from './settlement.service.js';

const NOTHING_RECEIVED = { outcome: 'nothing_received' };

/** Which event of the provider does what to a donation (behaviour 2.7). */
@Injectable()
export class DonationStripeEvents implements OnModuleInit {
  constructor(
    private readonly handlers: StripeEventHandlers,
    private readonly settlement: SettlementService,
  ) {}

  onModuleInit(): void {
    const { handlers, settlement } = this;

    // A finished checkout: paid by card, or a bank debit that is only ordered and still has to come in.
    handlers.register('checkout.session.completed', async ({ data: { object: session } }, tx) => {
      if (!isDonation(session)) return IGNORED;
      if (!isPaid(session)) return settlement.note(tx, reportOfSession(session));
      const payment = received(reportOfSession(session), session.amount_total, session.currency);
      return payment ? settlement.confirm(tx, payment) : NOTHING_RECEIVED;
    });
    handlers.register('checkout.session.async_payment_succeeded', async ({ data: { object: session } }, tx) => {
      const payment = received(reportOfSession(session), session.amount_total, session.currency);
      return payment ? settlement.confirm(tx, payment) : NOTHING_RECEIVED;
    });
    handlers.register('checkout.session.async_payment_failed', ({ data: { object } }, tx) => settlement.fail(tx, reportOfSession(object), 'async_payment_failed'));
    handlers.register('checkout.session.expired', async ({ data: { object } }, tx) =>
      isDonation(object) ? settlement.fail(tx, reportOfSession(object), 'checkout_expired') : IGNORED,
    );

    handlers.register('payment_intent.succeeded', async ({ data: { object: intent } }, tx) => {
      const payment = received(reportOfIntent(intent), intent.amount_received ?? intent.amount, intent.currency);
      return payment ? settlement.confirm(tx, payment) : NOTHING_RECEIVED;
    });
    handlers.register('payment_intent.payment_failed', ({ data: { object } }, tx) =>
      settlement.fail(tx, { ...reportOfIntent(object), chargeId: undefined }, object.last_payment_error?.code ?? 'payment_failed'),
    );
    handlers.register('payment_intent.canceled', ({ data: { object } }, tx) =>
      settlement.fail(tx, { ...reportOfIntent(object), chargeId: undefined }, object.cancellation_reason ?? 'payment_canceled'),
    );

    // The charge brings the receipt and, possibly later, the balance transaction with the fee.
    handlers.register('charge.succeeded', ({ data: { object } }, tx) => settlement.note(tx, reportOfCharge(object), object.balance_transaction != null));
    handlers.register('charge.updated', async ({ data: { object } }, tx) =>
      object.paid ? settlement.note(tx, reportOfCharge(object), object.balance_transaction != null) : IGNORED,
    );
  }
}
