import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { decodeCursor, toPage } from '../../../platform/http/keyset.js';
import type { NotificationPage, NotificationsQuery, NotificationView } from './notifications.dto.js';

/** Where each kind of news leads (behaviour 2.18); the rest leads nowhere. */
const LINKS: Readonly<Record<string, string>> = { achievement_unlocked: '/achievements', campaign_ended: '/campaigns' };

type Row = Omit<NotificationView, 'link'>;

/** Who is told of news of a case: donors, people who keep it, followers of its owner; in which language. */
const AUDIENCE = `
  SELECT p.id AS "userId" FROM (
    SELECT user_id FROM giving.case_donors WHERE case_id = $1
    UNION SELECT user_id FROM rescue.case_watchers WHERE case_id = $1
    UNION SELECT f.follower_id FROM identity.public_follows f JOIN rescue.public_cases c ON c.user_id = f.following_id WHERE c.id = $1
  ) r JOIN identity.public_users p ON p.id = r.user_id
  WHERE NOT p.erased AND p.id IS DISTINCT FROM $2::uuid`;

/** Reads of notifications. */
@Injectable()
export class NotificationsQueries {
  constructor(private readonly database: Database) {}

  /** A person's notifications, newest first. */
  async page(userId: string, query: NotificationsQuery): Promise<NotificationPage> {
    const after = decodeCursor(query.cursor, ['time', 'uuid']);
    const rows = await this.database.rows<Row>(
      `SELECT n.id, n.type, n.title, n.message, n.case_id AS "caseId", c.id IS NOT NULL AS "caseAvailable", n.read, n.created_at AS "createdAt"
         FROM engagement.notifications n LEFT JOIN rescue.public_cases c ON c.id = n.case_id
        WHERE n.user_id = $1 AND ($2::timestamptz IS NULL OR (n.created_at, n.id) < ($2, $3::uuid))
        ORDER BY n.created_at DESC, n.id DESC LIMIT $4`,
      [userId, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
    );
    return toPage(rows, query.limit, (row) => [row.createdAt.toISOString(), row.id], (row) => ({ ...row, link: linkOf(row) }));
  }

  /** How many a person has not read. */
  async unread(userId: string): Promise<number> {
    const row = await this.database.row<{ count: number }>(`SELECT count(*)::integer AS count FROM engagement.notifications WHERE user_id = $1 AND NOT read`, [userId]);
    return row!.count;
  }

  /** Languages of people who are still there; who never chose one reads English. */
  async languages(tx: Tx, userIds: string[]): Promise<Map<string, string>> {
    const rows = await tx.query<{ id: string; language: string }>(
      `SELECT p.id, coalesce(l.language, 'en') AS language FROM identity.public_users p LEFT JOIN identity.user_languages l ON l.user_id = p.id
        WHERE p.id = ANY($1) AND NOT p.erased`,
      [userIds],
    );
    return new Map(rows.map(({ id, language }) => [id, language]));
  }

  /** Everybody who is told of news of a public case, but the person who made them. */
  async audience(tx: Tx, caseId: string, actorId: string | null): Promise<string[]> {
    return (await tx.query<{ userId: string }>(AUDIENCE, [caseId, actorId])).map(({ userId }) => userId);
  }

  /** Everybody who gave to a campaign. */
  async campaignDonors(tx: Tx, campaignId: string): Promise<string[]> {
    return (await tx.query<{ userId: string }>(`SELECT user_id AS "userId" FROM giving.campaign_donors WHERE campaign_id = $1`, [campaignId])).map(({ userId }) => userId);
  }

  /** Title and owner of what a donation went to; null when it is not shown. */
  async target(tx: Tx, { caseId, campaignId }: { caseId: string | null; campaignId: string | null }): Promise<{ title: string; ownerId: string | null } | null> {
    const rows = await tx.query<{ title: string; ownerId: string | null }>(
      caseId
        ? `SELECT title, user_id AS "ownerId" FROM rescue.public_cases WHERE id = $1`
        : `SELECT title, creator_id AS "ownerId" FROM giving.public_campaigns WHERE id = $1`,
      [caseId ?? campaignId],
    );
    return rows[0] ?? null;
  }
}

function linkOf({ type, caseId }: Row): string | null {
  if (type === 'donation_received' || type === 'case_update') return caseId && `/case/${caseId}`;
  return LINKS[type] ?? null;
}
