import { defineAuditAction } from '../../../platform/audit/audit-entry.js';

export const checkoutCreated = defineAuditAction('donation.checkout_created', 'donation');
export const donationCompletedAudit = defineAuditAction('donation.completed', 'donation');
export const donationFailedAudit = defineAuditAction('donation.failed', 'donation');
/** Money came in a currency that its target does not count in; it waits unallocated. */
export const currencyMismatched = defineAuditAction('donation.currency_mismatch', 'donation');
