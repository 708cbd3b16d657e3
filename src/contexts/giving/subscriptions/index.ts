export { SubscriptionsModule } from './subscriptions.module.js';
export { subscriptionCanceled, subscriptionStatusChanged } from './subscriptions.events.js';
