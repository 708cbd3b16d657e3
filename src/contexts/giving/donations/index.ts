export { DonationsModule } from './donations.module.js';
export { DonationsFacade, type RecurringPayment } from './donations.facade.js';
export { CurrencyMismatch, SelfDonation } from './donations.errors.js';
export { received } from './payment-report.js';
export { wishErrors } from './wish.js';
export { donationCompleted } from './donations.events.js';
export { DonationNotFound } from './donations.errors.js';
export { canSeeDonation } from './donations.policy.js';
export type { DonationKind, DonationStatus } from './donation.entity.js';
