import { defineResource } from '../../../platform/backoffice/index.js';
import { Dispute, DISPUTE_STATUSES } from './dispute.entity.js';

/** Disputes for finance staff, the ones whose evidence is due first on top. */
export const disputesResource = defineResource({
  entity: Dispute,
  context: 'giving',
  label: 'Disputes',
  title: 'stripeDisputeId',
  listColumns: ['evidenceDueBy', 'status', 'amount', 'takenAmount', 'feeAmount', 'reason', 'donationId', 'closedAt'],
  sort: { by: 'evidenceDueBy', direction: 'asc' },
  money: { amount: 'currency', takenAmount: 'currency', feeAmount: 'feeCurrency' },
  enums: { status: DISPUTE_STATUSES },
  roles: ['finance'],
});
