export { StripePayoutsModule } from './stripe-payouts.module.js';
