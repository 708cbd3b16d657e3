import { Entity, ForeignKey, Index } from 'typeorm';
import { IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

/** Child. One person's like of one case (spec table `likes`, behaviour 2.16); counted in `cases.likes_count`. */
@Entity({ schema: 'rescue', name: 'likes' })
@Index('ix_likes_by_user', ['userId'])
@Index('ix_likes_by_case', ['caseId'])
@Index('ix_likes_by_user_case', ['userId', 'caseId'], { unique: true })
export class Like {
  @IdColumn() id: string;

  @RefColumn() @ForeignKey('User') userId: string;

  @RefColumn() @ForeignKey('Case') caseId: string;

  @TimeColumn() createdAt: Date;
}
