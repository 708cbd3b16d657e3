export { PaymentsModule } from './payments.module.js';
export { AwaitedPayments } from './awaited-payments.js';
export { type RefundDraft, RefundGateway } from './refund-gateway.js';
export { type BalanceTransaction, PaymentGateway, type PaymentDetails } from './payment-gateway.js';
export { PaymentRefused, PaymentsUnavailable } from './payments.errors.js';
export { fromStripeAmount, smallestDonation, STRIPE_MAXIMUM, toStripeAmount } from './stripe-amount.js';
export { type HandledEvent, StripeEventHandlers } from './stripe-event-handlers.js';
export { idOf } from './stripe-reference.js';
export { StripeEventsService } from './stripe-events.service.js';
