import { Injectable } from '@nestjs/common';
import { type Actor, SYSTEM, type UserActor } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { personChannel } from '../../../platform/events/person-channel.js';
import { Forbidden } from '../../../platform/http/problem.js';
import { PaymentMethodsFacade } from '../payment-methods/index.js';
import { StripeEventsService } from '../payments/index.js';
import { type CancelReason, Subscription, type SubscriptionStatus } from './subscription.entity.js';
import type { SubscriptionReport } from './subscription-report.js';
import { subscriptionCanceledAudit, subscriptionStatusChangedAudit } from './subscriptions.audit.js';
import type { SubscriptionView } from './subscriptions.dto.js';
import { SubscriptionNotFound } from './subscriptions.errors.js';
import { subscriptionCanceled, subscriptionEndDue, subscriptionStatusChanged } from './subscriptions.events.js';
import { SubscriptionsQueries } from './subscriptions.queries.js';

/** What the provider says of a subscription, and when that was so. */
export interface ProviderWord {
  /** Null when it says nothing of the status. */
  status: SubscriptionStatus | null;
  /** From when on it was so, at the earliest and at the latest: events bear whole seconds. */
  asOf: Date;
  asOfLatest: Date;
}

/** Commands on subscriptions (behaviour 2.8). Each works on a row that it has locked, and bears repeats and any order. */
@Injectable()
export class SubscriptionsService {
  constructor(
    private readonly database: Database,
    private readonly queries: SubscriptionsQueries,
    private readonly events: StripeEventsService,
    private readonly methods: PaymentMethodsFacade,
    private readonly clock: Clock,
  ) {}

  /**
   * Ends one's own support here and now; the provider ends it after the commit. Repeating it changes nothing.
   * @throws SubscriptionNotFound, Forbidden
   */
  async cancelOwn(actor: UserActor, id: string): Promise<SubscriptionView> {
    await this.database.transaction(async (tx) => {
      const subscription = await this.lock(tx, id);
      if (subscription.userId !== actor.userId) throw new Forbidden('Only its donor can end a subscription');
      await this.cancel(tx, actor, subscription, 'donor');
    });
    return this.queries.get(id);
  }

  /** Ends support at the wish of staff. @throws SubscriptionNotFound */
  cancelByStaff(actor: Actor, id: string, note: string | null): Promise<void> {
    return this.database.transaction(async (tx) => this.cancel(tx, actor, await this.lock(tx, id), 'staff', note));
  }

  /** Ends those that go on, one by one in the order of their ids. */
  async cancelAll(tx: Tx, ids: { id: string }[], reason: CancelReason): Promise<void> {
    for (const { id } of ids) await this.cancel(tx, SYSTEM, await this.lock(tx, id), reason);
  }

  /** Ends a locked one, if it goes on. */
  async cancel(tx: Tx, actor: Actor, subscription: Subscription, reason: CancelReason, note: string | null = null): Promise<void> {
    if (subscription.isCanceled) return;
    const { id, status: from } = subscription;
    const now = this.clock.now();
    const endedAtProvider = reason === 'provider' || reason === 'checkout_expired' || reason === 'refused';
    Object.assign(subscription, { status: 'canceled', canceledAt: now, cancelReason: reason, stripeCanceledAt: endedAtProvider ? now : null });
    // A refused wish can be mended under the same key.
    if (reason === 'refused') subscription.idempotencyKey = null;
    await this.save(tx, subscription);
    tx.audit(actor, subscriptionCanceledAudit, id, { before: { status: from }, after: { status: 'canceled' }, cause: reason, ...(note ? { reason: note } : {}) });
    tx.publish(subscriptionCanceled({ ...facts(subscription), from, reason }));
    if (!endedAtProvider) tx.publish(subscriptionEndDue({ subscriptionId: id }));
    tx.signal(personChannel(subscription.userId), 'subscription.changed', { subscriptionId: id, status: 'canceled' });
  }

  /** Fills in what the provider calls it and its donor; takes up what came before that was known. */
  async bind(tx: Tx, subscription: Subscription, report: SubscriptionReport): Promise<void> {
    const isNew = subscription.stripeSubscriptionId === null && report.stripeSubscriptionId !== undefined;
    subscription.stripeSubscriptionId ??= report.stripeSubscriptionId ?? null;
    subscription.stripeCheckoutSessionId ??= report.sessionId ?? null;
    if (isNew) await this.events.takeUp(tx, 'subscription_not_found', report.stripeSubscriptionId!);
    if (report.customerId) await this.methods.rememberCustomer(tx, report.customerId, subscription.userId);
    await this.save(tx, subscription);
  }

  /**
   * Follows the provider's word, unless a later one was followed before. One that was canceled here stays so, and is
   * ended at the provider when it runs there nevertheless.
   */
  async follow(tx: Tx, subscription: Subscription, { status, asOf, asOfLatest }: ProviderWord): Promise<string> {
    if (subscription.isCanceled) return this.stayCanceled(tx, subscription, status);
    if (status === null) return 'noted';
    const { statusAsOf: last } = subscription;
    // An end is the last word whenever it comes.
    if (last && asOfLatest < last && status !== 'canceled') return 'outdated';
    if (!last || asOf > last) subscription.statusAsOf = asOf;
    if (status === 'canceled') {
      await this.cancel(tx, SYSTEM, subscription, 'provider');
    } else if (subscription.canMoveTo(status)) {
      this.move(tx, subscription, status);
    }
    await this.save(tx, subscription);
    return subscription.status;
  }

  /** The provider has ended a canceled one, or never had it. */
  async noteEnded(tx: Tx, id: string): Promise<void> {
    const subscription = await tx.lock(Subscription, { id });
    if (subscription?.isCanceled) await this.ended(tx, subscription);
  }

  private async stayCanceled(tx: Tx, subscription: Subscription, status: SubscriptionStatus | null): Promise<string> {
    if (status === 'canceled') await this.ended(tx, subscription);
    else if (!subscription.stripeCanceledAt) tx.publish(subscriptionEndDue({ subscriptionId: subscription.id }));
    return 'canceled';
  }

  private async ended(tx: Tx, subscription: Subscription): Promise<void> {
    subscription.stripeCanceledAt ??= this.clock.now();
    await this.save(tx, subscription);
  }

  private move(tx: Tx, subscription: Subscription, to: SubscriptionStatus): void {
    const { id, userId, status: from } = subscription;
    subscription.status = to;
    tx.audit(SYSTEM, subscriptionStatusChangedAudit, id, { before: { status: from }, after: { status: to } });
    tx.publish(subscriptionStatusChanged({ ...facts(subscription), from, to }));
    tx.signal(personChannel(userId), 'subscription.changed', { subscriptionId: id, status: to });
  }

  private async lock(tx: Tx, id: string): Promise<Subscription> {
    const subscription = await tx.lock(Subscription, { id });
    if (!subscription) throw new SubscriptionNotFound();
    return subscription;
  }

  private async save(tx: Tx, subscription: Subscription): Promise<void> {
    subscription.updatedAt = this.clock.now();
    await tx.manager.save(Subscription, subscription);
  }
}

const facts = ({ id: subscriptionId, userId, targetType, targetId, amount, currency, interval }: Subscription) => ({
  subscriptionId,
  userId,
  targetType,
  targetId,
  amount,
  currency,
  interval,
});
