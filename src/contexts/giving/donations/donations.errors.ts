import { defineProblem } from '../../../platform/http/problem.js';

export const SelfDonation = defineProblem(403, 'SELF_DONATION', 'You cannot donate to your own case');
export const CurrencyMismatch = defineProblem(409, 'CURRENCY_MISMATCH', 'This collects in another currency; give in that one');
export const DonationNotFound = defineProblem(404, 'DONATION_NOT_FOUND', 'There is no such donation');
