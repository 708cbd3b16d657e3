import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';
import { ACHIEVEMENT_TYPES, type AchievementType } from './achievements.catalogue.js';

/** Why a badge was given, where that is worth telling. */
export interface AchievementMetadata {
  description?: string;
  /** The admin who gave it. */
  awardedBy?: string;
}

/**
 * Child. A badge that a person earned (spec table `achievements`, behaviour 2.19); each kind once. Other
 * contexts read the view `engagement.public_achievements`.
 */
@Entity({ schema: 'engagement', name: 'achievements' })
@Index('ix_achievements_by_user', ['userId', 'unlockedAt', 'id'])
@Index('ix_achievements_by_type', ['type'])
@Index('ux_achievements_user_type', ['userId', 'type'], { unique: true })
export class Achievement {
  @IdColumn() id: string;

  @RefColumn() @ForeignKey('User') userId: string;

  @ClosedSetColumn('achievements', ACHIEVEMENT_TYPES) type: AchievementType;

  @TimeColumn() unlockedAt: Date;

  @Column({ type: 'jsonb', nullable: true }) metadata: AchievementMetadata | null;
}
