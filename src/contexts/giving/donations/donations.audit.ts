import { defineAuditAction } from '../../../platform/audit/audit-entry.js';

export const checkoutCreated = defineAuditAction('donation.checkout_created', 'donation');
export const donationCompletedAudit = defineAuditAction('donation.completed', 'donation');
export const donationFailedAudit = defineAuditAction('donation.failed', 'donation');
/** Money of a refund left our balance: `before` and `after` say how far that brings the donation. */
export const donationRefunded = defineAuditAction('donation.refunded', 'donation');
/** A refund did not reach the donor and its money is here again. */
export const donationRefundReversed = defineAuditAction('donation.refund_reversed', 'donation');
/** A bank took money back in a dispute. */
export const donationDisputed = defineAuditAction('donation.disputed', 'donation');
/** A bank gave back what it took in a dispute. */
export const donationDisputeReversed = defineAuditAction('donation.dispute_reversed', 'donation');
/** The card's bank warned that the payment may be a fraud. */
export const donationFraudWarned = defineAuditAction('donation.fraud_warned', 'donation');
/** Money came in a currency that its target does not count in; it waits unallocated. */
export const currencyMismatched = defineAuditAction('donation.currency_mismatch', 'donation');
