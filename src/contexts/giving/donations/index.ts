export { DonationsModule } from './donations.module.js';
export { donationCompleted } from './donations.events.js';
export type { DonationKind, DonationStatus } from './donation.entity.js';
