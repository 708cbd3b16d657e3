import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

/** What stands in the place of a deleted comment; its text is gone for everyone at once (decision 19). */
export const DELETED_COMMENT = 'This comment was deleted.';

/**
 * Child. A comment on a case, with replies one level deep (spec table `comments`, behaviour 2.16). A deleted one
 * keeps its place, so that replies keep theirs.
 */
@Entity({ schema: 'rescue', name: 'comments' })
@Index('ix_comments_by_user', ['userId'])
@Index('ix_comments_by_case', ['caseId'])
@Index('ix_comments_by_parent', ['parentId'])
@Index('ix_comments_by_case_created', ['caseId', 'createdAt', 'id'])
@Index('ix_comments_evidence', ['deletedAt'], { where: 'evidence IS NOT NULL' })
export class CaseComment {
  @IdColumn() id: string;

  @RefColumn() @ForeignKey('User') userId: string;

  @RefColumn() @ForeignKey('Case') caseId: string;

  /** 1 to 1000 characters; of a deleted one, {@link DELETED_COMMENT}. */
  @Column({ type: 'text' }) content: string;

  /** The comment that this one answers. */
  @RefColumn({ nullable: true }) @ForeignKey('CaseComment') parentId: string | null;

  @TimeColumn() createdAt: Date;

  @TimeColumn({ nullable: true }) deletedAt: Date | null;

  /** What a deleted comment said: for staff only, for 90 days, and no longer than its author has an account. */
  @Column({ type: 'text', nullable: true }) evidence: string | null;
}
