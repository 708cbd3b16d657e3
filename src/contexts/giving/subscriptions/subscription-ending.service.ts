import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import { PaymentGateway, RecurringGateway } from '../payments/index.js';
import { Subscription } from './subscription.entity.js';
import { subscriptionEndDue } from './subscriptions.events.js';
import { type PendingSubscription, SubscriptionsQueries } from './subscriptions.queries.js';
import { SubscriptionsService } from './subscriptions.service.js';

const CHASE_AFTER_MS = 3_600_000;
const ASK_AFTER_MS = 30 * 60_000;
/** A checkout that is not paid by then never will be. */
const GIVE_UP_AFTER_MS = 24 * 3_600_000;

/** Ends at the provider what was ended here, and here what was never begun. */
@Injectable()
export class SubscriptionEndingService {
  constructor(
    private readonly payments: PaymentGateway,
    private readonly gateway: RecurringGateway,
    private readonly subscriptions: SubscriptionsService,
    private readonly queries: SubscriptionsQueries,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Ends a canceled subscription at the provider: what runs is canceled, a checkout that is open is closed, one that
   * was paid meanwhile is looked into. Repeating it changes nothing.
   * @throws PaymentsUnavailable to repeat
   */
  async endAtProvider(id: string): Promise<void> {
    const known = await this.queries.toEnd(id);
    if (!known) return;
    const running = known.stripeSubscriptionId ?? (known.sessionId ? await this.closeCheckout(known.sessionId) : null);
    if (running) await this.gateway.cancelSubscription(running);
  }

  /** Asks for another try of those that no event has ended in an hour. */
  async chase(): Promise<number> {
    const ids = await this.queries.overdueToEnd(new Date(this.clock.now().getTime() - CHASE_AFTER_MS));
    if (ids.length > 0) await this.database.transaction(async (tx) => ids.forEach((subscriptionId) => tx.publish(subscriptionEndDue({ subscriptionId }))));
    return ids.length;
  }

  /** Ends pending ones whose checkout is over. Those that were paid are told of by later events as well. */
  async expirePending(): Promise<number> {
    const now = this.clock.now().getTime();
    let ended = 0;
    let last: PendingSubscription | null = null;
    for (;;) {
      const page = await this.queries.pending(new Date(now - ASK_AFTER_MS), last);
      for (const subscription of page) {
        const overdue = subscription.createdAt.getTime() < now - GIVE_UP_AFTER_MS;
        if (await this.isOver(subscription, overdue)) ended += await this.expire(subscription.id);
      }
      last = page.at(-1) ?? null;
      if (!last) return ended;
    }
  }

  /** The subscription that a checkout has opened, if it was paid; closes it otherwise. */
  private async closeCheckout(sessionId: string): Promise<string | null> {
    if (await this.payments.expireCheckout(sessionId)) return null;
    const subscription = (await this.payments.findCheckout(sessionId))?.subscription;
    return (typeof subscription === 'string' ? subscription : subscription?.id) ?? null;
  }

  private async isOver({ sessionId }: PendingSubscription, overdue: boolean): Promise<boolean> {
    const session = sessionId ? await this.payments.findCheckout(sessionId) : null;
    if (!session) return overdue;
    return session.status === 'expired' || (session.status === 'open' && overdue && (await this.payments.expireCheckout(session.id)));
  }

  private expire(id: string): Promise<number> {
    return this.database.transaction(async (tx) => {
      const locked = await tx.lock(Subscription, { id });
      if (locked?.status !== 'pending') return 0;
      await this.subscriptions.cancel(tx, SYSTEM, locked, 'checkout_expired');
      return 1;
    });
  }
}
