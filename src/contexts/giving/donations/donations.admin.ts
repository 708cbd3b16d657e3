import { defineResource } from '../../../platform/backoffice/index.js';
import { Donation, DONATION_KINDS, DONATION_STATUSES, PAYMENT_PROVIDERS } from './donation.entity.js';

/** Donations as the finance staff see them. Nobody else does: some donors are anonymous to all others. */
export const donationsResource = defineResource({
  entity: Donation,
  context: 'giving',
  label: 'Donations',
  title: 'receiptId',
  listColumns: ['receiptId', 'status', 'amount', 'netAmount', 'userId', 'anonymous', 'caseId', 'createdAt'],
  sort: { by: 'createdAt', direction: 'desc' },
  money: {
    requestedAmount: 'requestedCurrency',
    amount: 'currency',
    platformFeeAmount: 'currency',
    processorFeeAmount: 'currency',
    netAmount: 'currency',
    refundedAmount: 'currency',
    disputedAmount: 'currency',
    chargeRefundedAmount: 'currency',
    platformFeeReturned: 'currency',
    processorFeeReturned: 'currency',
  },
  enums: { status: DONATION_STATUSES, donationKind: DONATION_KINDS, paymentProvider: PAYMENT_PROVIDERS },
  roles: ['finance'],
});
