import type { DonationKind, DonationStatus } from './donation.entity.js';
import type { DonationCase, DonationView } from './donations.dto.js';

/** A donation with what it is for, as the database gives it. */
export interface DonationRow {
  id: string;
  user_id: string;
  case_id: string | null;
  campaign_ref_id: string | null;
  target_user_id: string | null;
  subscription_id: string | null;
  donation_kind: DonationKind;
  amount: string;
  currency: string;
  status: DonationStatus;
  payment_method: string | null;
  checkout_url: string | null;
  receipt_id: string | null;
  receipt_url: string | null;
  message: string | null;
  anonymous: boolean;
  platform_fee_amount: string | null;
  processor_fee_amount: string | null;
  net_amount: string | null;
  refunded_amount: string;
  refunded_at: Date | null;
  completed_at: Date | null;
  failed_at: Date | null;
  created_at: Date;
  case_title: string | null;
  case_image: string | null;
  campaign_title: string | null;
  campaign_image: string | null;
}

/** To be followed by a condition on `d`. */
export const DONATION_COLUMNS = `
  d.id, d.user_id, d.case_id, d.campaign_ref_id, d.target_user_id, d.subscription_id, d.donation_kind, d.amount, d.currency, d.status, d.payment_method, d.checkout_url, d.receipt_id,
  d.receipt_url, d.message, d.anonymous, d.platform_fee_amount, d.processor_fee_amount, d.net_amount, d.refunded_amount, d.refunded_at,
  d.completed_at, d.failed_at, d.created_at,
  c.title AS case_title, c.first_image AS case_image, g.title AS campaign_title, g.image AS campaign_image
  FROM giving.donations d
  LEFT JOIN rescue.public_cases c ON c.id = d.case_id
  LEFT JOIN giving.campaigns g ON g.id = d.campaign_ref_id`;

export function donationView(row: DonationRow): DonationView {
  return {
    id: row.id,
    userId: row.user_id,
    caseId: row.case_id,
    campaignId: row.campaign_ref_id,
    targetUserId: row.target_user_id,
    subscriptionId: row.subscription_id,
    case: row.case_title === null ? null : caseOf(row.case_title, row.case_image),
    campaign: row.campaign_title === null ? null : { title: row.campaign_title, imageUrl: row.campaign_image },
    donationKind: row.donation_kind,
    amount: Number(row.amount),
    currency: row.currency,
    status: row.status,
    paymentMethod: row.payment_method,
    checkoutUrl: row.status === 'pending' ? row.checkout_url : null,
    receiptId: row.receipt_id,
    receiptUrl: row.receipt_url,
    message: row.message,
    anonymous: row.anonymous,
    platformFeeAmount: money(row.platform_fee_amount),
    processorFeeAmount: money(row.processor_fee_amount),
    netAmount: money(row.net_amount),
    refundedAmount: Number(row.refunded_amount),
    refundedAt: time(row.refunded_at),
    completedAt: time(row.completed_at),
    failedAt: time(row.failed_at),
    createdAt: row.created_at.toISOString(),
  };
}

const caseOf = (title: string, image: string | null): DonationCase => ({
  title,
  imageUrl: image && `/v1/files/${image}`,
  thumbnailUrl: image && `/v1/files/${image}/thumbnail`,
});

const money = (value: string | null): number | null => (value === null ? null : Number(value));
const time = (value: Date | null): string | null => value?.toISOString() ?? null;
