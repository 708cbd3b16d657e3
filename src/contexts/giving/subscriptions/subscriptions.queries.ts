import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { decodeCursor, type Page, toPage } from '../../../platform/http/keyset.js';
import { Subscription, type SubscriptionInterval, type SubscriptionStatus, type SubscriptionTarget } from './subscription.entity.js';
import { matches, type SubscriptionReport } from './subscription-report.js';
import type { SubscriptionListQuery, SubscriptionView } from './subscriptions.dto.js';

interface Row {
  id: string;
  target_type: SubscriptionTarget;
  target_id: string;
  status: SubscriptionStatus;
  amount: string;
  currency: string;
  interval: SubscriptionInterval;
  checkout_url: string | null;
  created_at: Date;
  updated_at: Date;
  canceled_at: Date | null;
  title: string | null;
  image_url: string | null;
}

/** A subscription that waits for its checkout, as the reconciliation looks at it. */
export interface PendingSubscription {
  id: string;
  sessionId: string | null;
  createdAt: Date;
}

/** A person as the gate of support for persons looks at them. */
export interface SupportedPerson {
  name: string;
  erased: boolean;
}

const VIEW = `
  SELECT s.id, s.target_type, s.target_id, s.status, s.amount, s.currency, s.interval, s.checkout_url, s.created_at, s.updated_at, s.canceled_at,
         coalesce(c.title, u.name) AS title, coalesce('/v1/files/' || c.first_image, u.avatar) AS image_url
    FROM giving.subscriptions s
    LEFT JOIN rescue.public_cases c ON s.target_type = 'case' AND c.id = s.target_id
    LEFT JOIN identity.public_users u ON s.target_type = 'user' AND u.id = s.target_id AND NOT u.erased`;

/** Reads of subscriptions. */
@Injectable()
export class SubscriptionsQueries {
  constructor(private readonly database: Database) {}

  /** A person's own, newest first, with what they support. */
  async of(userId: string, query: SubscriptionListQuery): Promise<Page<SubscriptionView>> {
    const after = decodeCursor(query.cursor, ['time', 'uuid']);
    const rows = await this.database.rows<Row>(
      `${VIEW} WHERE s.user_id = $1 AND ($2::timestamptz IS NULL OR (s.created_at, s.id) < ($2, $3::uuid)) ORDER BY s.created_at DESC, s.id DESC LIMIT $4`,
      [userId, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
    );
    return toPage(rows, query.limit, (row) => [row.created_at.toISOString(), row.id], view);
  }

  /** One that is there. */
  async get(id: string): Promise<SubscriptionView> {
    const row = await this.database.row<Row>(`${VIEW} WHERE s.id = $1`, [id]);
    return view(row!);
  }

  /**
   * Locks the subscription that a report is about. The ids that it names have to belong together: metadata alone
   * never leads to one that is known under another checkout or id of the provider.
   */
  async lockReported(tx: Tx, report: SubscriptionReport): Promise<Subscription | null> {
    const found = await tx.query<{ id: string }>(
      `SELECT id FROM giving.subscriptions WHERE stripe_subscription_id = $1 OR stripe_checkout_session_id = $2 OR id = $3`,
      [report.stripeSubscriptionId ?? null, report.sessionId ?? null, report.subscriptionId ?? null],
    );
    if (found.length !== 1) return null;
    const subscription = await tx.lock(Subscription, { id: found[0]!.id });
    return subscription && matches(report, subscription) ? subscription : null;
  }

  /** A person to support, held against erasure until the caller commits; null when there is none. */
  async lockPerson(tx: Tx, id: string): Promise<SupportedPerson | null> {
    return (await tx.query<SupportedPerson>(`SELECT name, erased FROM identity.public_users WHERE id = $1 FOR SHARE`, [id]))[0] ?? null;
  }

  /** Ids of those that go on supporting a case. */
  ofCase(tx: Tx, caseId: string): Promise<{ id: string }[]> {
    return tx.query(`SELECT id FROM giving.subscriptions WHERE target_type = 'case' AND target_id = $1 AND status <> 'canceled' ORDER BY id`, [caseId]);
  }

  /** Ids of those that a person pays or is paid, and that go on. */
  ofPerson(tx: Tx, userId: string): Promise<{ id: string }[]> {
    return tx.query(
      `SELECT id FROM giving.subscriptions WHERE (user_id = $1 OR (target_type = 'user' AND target_id = $1)) AND status <> 'canceled' ORDER BY id`,
      [userId],
    );
  }

  /** What the provider knows a canceled one by that it may still run; null when it has ended there. */
  toEnd(id: string): Promise<{ stripeSubscriptionId: string | null; sessionId: string | null } | null> {
    return this.database.row(
      `SELECT stripe_subscription_id AS "stripeSubscriptionId", stripe_checkout_session_id AS "sessionId"
         FROM giving.subscriptions WHERE id = $1 AND status = 'canceled' AND stripe_canceled_at IS NULL`,
      [id],
    );
  }

  /** Ids of those canceled before `until` that the provider may still run, at most 500. */
  async overdueToEnd(until: Date): Promise<string[]> {
    const rows = await this.database.rows<{ id: string }>(
      `SELECT id FROM giving.subscriptions WHERE status = 'canceled' AND stripe_canceled_at IS NULL AND canceled_at < $1 ORDER BY canceled_at LIMIT 500`,
      [until],
    );
    return rows.map((row) => row.id);
  }

  /** Pending ones made before `until`, in pages of 100, oldest first. */
  pending(until: Date, after: PendingSubscription | null): Promise<PendingSubscription[]> {
    return this.database.rows<PendingSubscription>(
      `SELECT id, stripe_checkout_session_id AS "sessionId", created_at AS "createdAt" FROM giving.subscriptions
        WHERE status = 'pending' AND created_at < $1 AND ($2::timestamptz IS NULL OR (created_at, id) > ($2, $3::uuid))
        ORDER BY created_at, id LIMIT 100`,
      [until, after?.createdAt ?? null, after?.id ?? null],
    );
  }

  /** Whether an invoice has become a donation. */
  async isPaid(tx: Tx, stripeInvoiceId: string): Promise<boolean> {
    return (await tx.query(`SELECT 1 FROM giving.donations WHERE stripe_invoice_id = $1`, [stripeInvoiceId])).length > 0;
  }
}

const view = (row: Row): SubscriptionView => ({
  id: row.id,
  targetType: row.target_type,
  targetId: row.target_id,
  target: row.title === null ? null : { title: row.title, imageUrl: row.image_url },
  status: row.status,
  amount: Number(row.amount),
  currency: row.currency,
  interval: row.interval,
  checkoutUrl: row.status === 'pending' ? row.checkout_url : null,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
  canceledAt: row.canceled_at?.toISOString() ?? null,
});
