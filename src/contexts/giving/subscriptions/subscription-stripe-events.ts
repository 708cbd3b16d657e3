import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Stripe } from 'stripe';
import { SYSTEM } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import type { Tx } from '../../../platform/database/tx.js';
import { DonationsFacade, received } from '../donations/index.js';
import { PaymentMethodsFacade } from '../payment-methods/index.js';
import { type HandledEvent, IGNORED, PaymentsUnavailable, RecurringGateway, StripeEventHandlers, StripeEventsService } from '../payments/index.js';
import type { Subscription, SubscriptionStatus } from './subscription.entity.js';
import { isSubscription, paymentOfInvoice, reportOfInvoice, reportOfSession, reportOfSubscription, statusOf, type SubscriptionReport } from './subscription-report.js';
import { SubscriptionsQueries } from './subscriptions.queries.js';
import { type ProviderWord, SubscriptionsService } from './subscriptions.service.js';

/** The subscription as the provider has it now; null where an event is not about one, or the provider does not know it. */
interface Answer {
  askedAt: Date;
  subscription: Stripe.Subscription | null;
}

/** What an event is about and what it says by itself, for where the provider cannot be asked. */
interface Said {
  type: string;
  created: number;
  report: SubscriptionReport;
  status: SubscriptionStatus | null;
}

type Effect = (subscription: Subscription) => Promise<HandledEvent>;

/**
 * Which event of the provider does what to a subscription (behaviour 2.8). Events come in any order, so those that tell
 * of its state ask how it stands now; where the provider does not say, an event counts as of the time it bears.
 */
@Injectable()
export class SubscriptionStripeEvents implements OnModuleInit {
  private readonly logger = new Logger(SubscriptionStripeEvents.name);

  constructor(
    private readonly handlers: StripeEventHandlers,
    private readonly events: StripeEventsService,
    private readonly gateway: RecurringGateway,
    private readonly subscriptions: SubscriptionsService,
    private readonly queries: SubscriptionsQueries,
    private readonly donations: DonationsFacade,
    private readonly methods: PaymentMethodsFacade,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    const { handlers } = this;

    handlers.registerAsking(
      'checkout.session.completed',
      ({ data: { object } }) => this.ask(isSubscription(object) ? reportOfSession(object) : {}),
      async ({ type, created, data: { object: session } }, tx, answer) =>
        isSubscription(session)
          ? this.take(tx, { type, created, report: reportOfSession(session), status: session.payment_status === 'unpaid' ? null : 'active' }, answer)
          : IGNORED,
    );
    handlers.register('checkout.session.expired', async ({ type, created, data: { object: session } }, tx) =>
      isSubscription(session) ? this.take(tx, { type, created, report: reportOfSession(session), status: null }, null, (found) => this.expire(tx, found)) : IGNORED,
    );

    // Nothing is asked where money came: it is booked even while the provider cannot be reached.
    handlers.register('invoice.paid', ({ type, created, data: { object: invoice } }, tx) =>
      this.take(tx, { type, created, report: reportOfInvoice(invoice), status: 'active' }, null, (found) => this.receive(tx, found, invoice)),
    );
    handlers.registerAsking(
      'invoice.payment_failed',
      ({ data: { object } }) => this.ask(reportOfInvoice(object)),
      async ({ type, created, data: { object: invoice } }, tx, answer) => {
        // The first payment fails on the checkout's page, and an invoice may have been paid since.
        const behind = invoice.billing_reason !== 'subscription_create' && !(await this.queries.isPaid(tx, invoice.id));
        return this.take(tx, { type, created, report: reportOfInvoice(invoice), status: behind ? 'past_due' : null }, answer);
      },
    );

    for (const type of ['customer.subscription.created', 'customer.subscription.updated', 'customer.subscription.deleted'] as const) {
      handlers.registerAsking(
        type,
        ({ data: { object } }) => this.ask(reportOfSubscription(object)),
        ({ created, data: { object } }, tx, answer) =>
          this.take(tx, { type, created, report: reportOfSubscription(object), status: type.endsWith('deleted') ? 'canceled' : statusOf(object.status) }, answer),
      );
    }
  }

  private async ask({ stripeSubscriptionId: id }: SubscriptionReport): Promise<Answer> {
    const askedAt = this.clock.now();
    const subscription = id ? await this.gateway.findSubscription(id).catch(whileAway) : null;
    return { askedAt, subscription: subscription?.id === id ? subscription : null };
  }

  /** Finds what the event is about, does what it asks for beside the status, and follows the provider's word. */
  private async take(tx: Tx, said: Said, answer: Answer | null, effect?: Effect): Promise<HandledEvent> {
    const { report } = said;
    const serial = report.customerId ?? report.stripeSubscriptionId;
    if (serial) await this.events.oneAtATime(tx, serial);
    const subscription = await this.queries.lockReported(tx, report);
    if (!subscription) {
      this.logger.warn(`${said.type} is about a subscription that is not known: ${report.stripeSubscriptionId ?? report.sessionId ?? 'none named'}`);
      return { outcome: 'subscription_not_found' };
    }
    await this.subscriptions.bind(tx, subscription, report);
    const method = answer?.subscription?.default_payment_method;
    if (method && typeof method !== 'string') await this.methods.keep(tx, subscription.userId, method);
    const handled = await effect?.(subscription);
    const outcome = await this.subscriptions.follow(tx, subscription, word(said, answer));
    return handled ?? { outcome };
  }

  /** One donation of a paid invoice. What came for a closed case is the last payment for it. */
  private async receive(tx: Tx, subscription: Subscription, invoice: Stripe.Invoice): Promise<HandledEvent> {
    const { id: subscriptionId, userId, caseId, targetId, amount: agreedAmount, currency: agreedCurrency, stripeSubscriptionId } = subscription;
    const payment = received(paymentOfInvoice(invoice), invoice.amount_paid, invoice.currency);
    if (!payment) return { outcome: 'nothing_received' };
    const handled = await this.donations.receiveRecurring(tx, {
      ...payment,
      userId,
      caseId,
      targetUserId: caseId ? null : targetId,
      subscriptionId,
      agreedAmount,
      agreedCurrency,
      stripeInvoiceId: invoice.id,
      stripeSubscriptionId,
    });
    if (handled.outcome === 'completed_case_closed') await this.subscriptions.cancel(tx, SYSTEM, subscription, 'case_closed');
    return handled;
  }

  /** Nobody paid in time. */
  private async expire(tx: Tx, subscription: Subscription): Promise<HandledEvent> {
    if (subscription.status !== 'pending') return { outcome: 'noted' };
    await this.subscriptions.cancel(tx, SYSTEM, subscription, 'checkout_expired');
    return { outcome: 'canceled' };
  }
}

/** A provider that cannot be reached is one that does not know: what it told by the event counts then. */
function whileAway(error: unknown): null {
  if (error instanceof PaymentsUnavailable) return null;
  throw error;
}

/** What the provider answered counts; else what the event says, as of when it happened. */
function word({ type, status, created }: Said, answer: Answer | null): ProviderWord {
  if (type !== 'customer.subscription.deleted' && answer?.subscription) {
    return { status: statusOf(answer.subscription.status), asOf: answer.askedAt, asOfLatest: answer.askedAt };
  }
  return { status, asOf: new Date(created * 1_000), asOfLatest: new Date(created * 1_000 + 999) };
}
