export { DonationsModule } from './donations.module.js';
export { donationCompleted } from './donations.events.js';
export { type ChargeReference, DonationsFacade, type SentBack, waitingFor } from './donations.facade.js';
export { DonationNotFound } from './donations.errors.js';
export type { Donation } from './donation.entity.js';
export type { DonationKind, DonationStatus } from './donation.entity.js';
