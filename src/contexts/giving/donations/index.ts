export { DonationsModule } from './donations.module.js';
export { donationCompleted, donorChannel } from './donations.events.js';
export type { DonationKind, DonationStatus } from './donation.entity.js';
