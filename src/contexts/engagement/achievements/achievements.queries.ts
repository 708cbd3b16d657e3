import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { decodeCursor, type Page, type PageQuery, toPage } from '../../../platform/http/keyset.js';
import { UserNotFound } from '../../identity/users/index.js';
import type { AchievementMetadata } from './achievement.entity.js';
import { type AchievementType, BADGES } from './achievements.catalogue.js';
import type { AchievementPage, AchievementView, PublicAchievementPage } from './achievements.dto.js';

interface Row {
  id: string;
  type: AchievementType;
  unlockedAt: Date;
  metadata: AchievementMetadata | null;
}

/** Reads of badges. */
@Injectable()
export class AchievementsQueries {
  constructor(private readonly database: Database) {}

  /** Own badges with what they mean. */
  ofSelf(userId: string, query: PageQuery): Promise<AchievementPage> {
    return this.page(userId, query, ({ type, unlockedAt, metadata }): AchievementView => {
      const { title, description, icon } = BADGES[type];
      return { type, unlockedAt, title, description: metadata?.description ?? description, icon };
    });
  }

  /**
   * Somebody's badges: kind and time only. A private profile shows them too (behaviour 2.1).
   * @throws UserNotFound when missing or erased
   */
  async ofPerson(userId: string, query: PageQuery): Promise<PublicAchievementPage> {
    if (!(await this.database.row(`SELECT 1 FROM identity.public_users WHERE id = $1 AND NOT erased`, [userId]))) throw new UserNotFound();
    return this.page(userId, query, ({ type, unlockedAt }) => ({ type, unlockedAt }));
  }

  private async page<T>(userId: string, query: PageQuery, shape: (row: Row) => T): Promise<Page<T>> {
    const after = decodeCursor(query.cursor, ['time', 'uuid']);
    const rows = await this.database.rows<Row>(
      `SELECT id, type, unlocked_at AS "unlockedAt", metadata FROM engagement.achievements
        WHERE user_id = $1 AND ($2::timestamptz IS NULL OR (unlocked_at, id) < ($2, $3::uuid))
        ORDER BY unlocked_at DESC, id DESC
        LIMIT $4`,
      [userId, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
    );
    return toPage(rows, query.limit, (row) => [row.unlockedAt.toISOString(), row.id], shape);
  }
}
