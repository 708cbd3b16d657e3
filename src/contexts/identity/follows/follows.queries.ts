import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { decodeCursor, type PageQuery, toPage } from '../../../platform/http/keyset.js';
import { UserNotFound } from '../users/index.js';
import type { FollowedPersonPage, FollowedPersonView } from './follows.dto.js';

type Row = FollowedPersonView & { followId: string };

/** The two lists of one person; following relations are public (behaviour 2.16). */
const LISTS = {
  followers: listSql('following_id', 'follower_id'),
  following: listSql('follower_id', 'following_id'),
};

@Injectable()
export class FollowsQueries {
  constructor(private readonly database: Database) {}

  /** @throws UserNotFound when missing or erased */
  async list(which: keyof typeof LISTS, personId: string, query: PageQuery): Promise<FollowedPersonPage> {
    const after = decodeCursor(query.cursor, ['time', 'uuid']);
    const rows = await this.database.rows<Row>(LISTS[which], [personId, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1]);
    if (rows.length === 0) await this.assertExists(personId);
    return toPage(rows, query.limit, (row) => [row.followedAt.toISOString(), row.followId], ({ followId: _, ...person }) => person);
  }

  private async assertExists(personId: string): Promise<void> {
    if (!(await this.database.row(`SELECT 1 FROM identity.public_users WHERE id = $1 AND NOT erased`, [personId]))) throw new UserNotFound();
  }
}

function listSql(of: 'following_id' | 'follower_id', shown: 'following_id' | 'follower_id'): string {
  return `SELECT f.id AS "followId", p.id, p.name, p.avatar, p.verification_level AS "verificationLevel", f.created_at AS "followedAt"
            FROM identity.follows f
            JOIN identity.public_users p ON p.id = f.${shown} AND NOT p.erased
           WHERE f.${of} = $1 AND ($2::timestamptz IS NULL OR (f.created_at, f.id) < ($2, $3::uuid))
           ORDER BY f.created_at DESC, f.id DESC
           LIMIT $4`;
}
