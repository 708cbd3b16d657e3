export { PaymentsModule } from './payments.module.js';
export { type BalanceTransaction, PaymentGateway, type PaymentDetails } from './payment-gateway.js';
export { PaymentRefused, PaymentsUnavailable } from './payments.errors.js';
export { fromStripeAmount, smallestDonation, STRIPE_MAXIMUM, toStripeAmount } from './stripe-amount.js';
export { type HandledEvent, IGNORED, StripeEventHandlers } from './stripe-event-handlers.js';
export { RecurringGateway } from './recurring-gateway.js';
export { StripeEventsService } from './stripe-events.service.js';
