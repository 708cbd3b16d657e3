import { defineProblem } from '../../../platform/http/problem.js';

export const RefundExceedsDonation = defineProblem(409, 'REFUND_EXCEEDS_DONATION', 'That is more than is left of the donation, with refunds on their way');
export const DonationNotCompleted = defineProblem(409, 'DONATION_NOT_COMPLETED', 'Only a completed donation can be refunded');
export const DonationDisputed = defineProblem(409, 'DONATION_DISPUTED', 'A bank disputes this donation; wait until the dispute is closed');
