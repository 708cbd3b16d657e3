import { defineEvent } from '../../../platform/outbox/event.js';
import type { CancelReason, SubscriptionInterval, SubscriptionStatus, SubscriptionTarget } from './subscription.entity.js';

/** What every event of a subscription tells. */
interface SubscriptionFacts {
  subscriptionId: string;
  /** Who gives. */
  userId: string;
  targetType: SubscriptionTarget;
  targetId: string;
  /** Minor units of `currency`, each interval. */
  amount: number;
  currency: string;
  interval: SubscriptionInterval;
}

/** Support began, fell behind, or was paid again. */
export const subscriptionStatusChanged = defineEvent<SubscriptionFacts & { from: SubscriptionStatus; to: SubscriptionStatus }>('giving.subscription.status_changed.v1');

/** Support has ended. `from` is `pending` when it had never begun. */
export const subscriptionCanceled = defineEvent<SubscriptionFacts & { from: SubscriptionStatus; reason: CancelReason }>('giving.subscription.canceled.v1');

/** The provider has to end a subscription that was canceled here. */
export const subscriptionEndDue = defineEvent<{ subscriptionId: string }>('giving.subscription_end.fell_due.v1');
