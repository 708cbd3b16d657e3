import { Injectable } from '@nestjs/common';
import { defineAuditAction } from '../../../platform/audit/audit-entry.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import type { Tx } from '../../../platform/database/tx.js';
import { newId } from '../../../platform/ids.js';
import { Achievement, type AchievementMetadata } from './achievement.entity.js';
import type { AchievementType } from './achievements.catalogue.js';

const achievementAwarded = defineAuditAction('achievement.awarded', 'achievement');

@Injectable()
export class AchievementsService {
  constructor(private readonly clock: Clock) {}

  /**
   * Gives a badge inside the caller's transaction; one that is already held is silently skipped.
   * @returns whether it is new
   */
  async award(tx: Tx, actor: Actor, userId: string, type: AchievementType, metadata: AchievementMetadata | null = null): Promise<boolean> {
    const made = await tx.query<{ id: string }>(
      `INSERT INTO engagement.achievements (id, user_id, type, unlocked_at, metadata) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (user_id, type) DO NOTHING RETURNING id`,
      [newId(), userId, type, this.clock.now(), metadata],
    );
    if (!made[0]) return false;
    tx.audit(actor, achievementAwarded, made[0].id, { userId, type });
    return true;
  }

  /** Takes all badges of an erased person (behaviour 2.27). */
  async forget(tx: Tx, userId: string): Promise<void> {
    await tx.manager.delete(Achievement, { userId });
  }
}
