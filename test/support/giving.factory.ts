import { randomBytes } from 'node:crypto';
import { Stripe } from 'stripe';
import { newId } from '../../src/platform/ids.js';
import type { Answer, TestApp } from './test-app.js';

/** What tests sign events with; start the application with `STRIPE_WEBHOOK_SECRET` set to it. */
export const WEBHOOK_SECRET = 'whsec_test_secret';

const webhooks = new Stripe('sk_test_unused').webhooks;

/** A provider's id, such as `pi_3f...`. */
export const stripeId = (prefix: string): string => `${prefix}_${randomBytes(9).toString('hex')}`;

/** An event as the provider writes it, around the given object. */
export function stripeEvent(type: string, object: Record<string, unknown>): Record<string, unknown> & { id: string } {
  return { id: stripeId('evt'), object: 'event', api_version: '2026-10-28.endive', created: Math.floor(Date.now() / 1_000), livemode: false, type, data: { object } };
}

/** Posts an event to the webhook, signed as the provider signs. */
export function sendEvent(app: TestApp, event: Record<string, unknown>, { secret = WEBHOOK_SECRET, ageSeconds = 0 } = {}): Promise<Answer> {
  const payload = JSON.stringify(event);
  const timestamp = Math.floor(Date.now() / 1_000) - ageSeconds;
  const signature = webhooks.generateTestHeaderString({ payload, secret, timestamp });
  return app.post('/webhooks/stripe', { body: payload, headers: { 'Content-Type': 'application/json', 'Stripe-Signature': signature } });
}

/** A payment intent that succeeded, for a donation. */
export const paidIntent = (donationId: string, amount: number, rest: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: stripeId('pi'),
  object: 'payment_intent',
  amount,
  amount_received: amount,
  currency: 'eur',
  latest_charge: null,
  status: 'succeeded',
  metadata: { donationId },
  ...rest,
});

/** A checkout that was paid. */
export const paidSession = (sessionId: string, paymentIntentId: string, amount: number, rest: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: sessionId,
  object: 'checkout.session',
  mode: 'payment',
  status: 'complete',
  payment_status: 'paid',
  payment_intent: paymentIntentId,
  amount_total: amount,
  currency: 'eur',
  metadata: {},
  ...rest,
});

/** A refund as the provider shows it, of part of a payment. */
export const stripeRefund = (paymentIntentId: string, amount: number, rest: Record<string, unknown> = {}): Record<string, unknown> & { id: string } => ({
  id: stripeId('re'),
  object: 'refund',
  amount,
  charge: null,
  currency: 'eur',
  metadata: {},
  payment_intent: paymentIntentId,
  reason: null,
  status: 'succeeded',
  ...rest,
});

/** A dispute as the provider shows it, with its movements on the balance. */
export const stripeDispute = (paymentIntentId: string, amount: number, rest: Record<string, unknown> = {}): Record<string, unknown> & { id: string } => ({
  id: stripeId('du'),
  object: 'dispute',
  amount,
  balance_transactions: [],
  charge: stripeId('ch'),
  created: Math.floor(Date.now() / 1_000),
  currency: 'eur',
  evidence_details: { due_by: Math.floor(Date.now() / 1_000) + 86_400 },
  payment_intent: paymentIntentId,
  reason: 'fraudulent',
  status: 'needs_response',
  ...rest,
});

/** A movement of a dispute on the provider's balance. */
export const disputeMovement = (amount: number, fee: number): Record<string, unknown> => ({ id: stripeId('txn'), object: 'balance_transaction', amount, currency: 'eur', fee, net: amount - fee });

/** A donation row as it stands. */
export interface StoredDonation {
  status: string;
  amount: string;
  currency: string;
  receipt_id: string | null;
  stripe_checkout_session_id: string | null;
  stripe_payment_intent_id: string | null;
  completed_at: Date | null;
  failed_at: Date | null;
  credited_at: Date | null;
  processor_fee_amount: string | null;
  platform_fee_amount: string | null;
  net_amount: string | null;
  refunded_amount: string;
  disputed_amount: string;
}

export const donationRow = async (app: TestApp, id: string): Promise<StoredDonation> =>
  (await app.sql<StoredDonation>(`SELECT * FROM giving.donations WHERE id = $1`, [id]))[0]!;

/** A pending donation straight in the database, for tests below the checkout. */
export async function insertDonation(app: TestApp, columns: Record<string, unknown> & { user_id: string }): Promise<string> {
  const row: Record<string, unknown> = {
    id: newId(),
    requested_amount: columns['amount'] ?? 1_000,
    requested_currency: columns['currency'] ?? 'EUR',
    amount: 1_000,
    currency: 'EUR',
    anonymous: false,
    stripe_checkout_session_id: stripeId('cs_test'),
    created_at: new Date(),
    updated_at: new Date(),
    ...columns,
  };
  return insert(app, 'giving.donations', row);
}

/** A campaign straight in the database. */
export function insertCampaign(app: TestApp, columns: Record<string, unknown> = {}): Promise<string> {
  return insert(app, 'giving.campaigns', {
    id: newId(),
    title: 'A warm winter for 40 dogs',
    description: 'Straw, roofs and doors.',
    campaign_type: 'rescue',
    goal: 500_000,
    unit: 'EUR',
    created_at: new Date(),
    updated_at: new Date(),
    ...columns,
  });
}

async function insert(app: TestApp, table: string, row: Record<string, unknown>): Promise<string> {
  const names = Object.keys(row);
  await app.sql(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_, i) => `$${i + 1}`).join(', ')})`, Object.values(row));
  return row['id'] as string;
}
