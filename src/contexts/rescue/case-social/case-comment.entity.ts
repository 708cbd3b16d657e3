import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

/** Child. A comment on a case, with replies one level deep (spec table `comments`, behaviour 2.16). */
@Entity({ schema: 'rescue', name: 'comments' })
@Index('ix_comments_by_user', ['userId'])
@Index('ix_comments_by_case', ['caseId'])
@Index('ix_comments_by_parent', ['parentId'])
@Index('ix_comments_by_case_created', ['caseId', 'createdAt', 'id'])
export class CaseComment {
  @IdColumn() id: string;

  @RefColumn() @ForeignKey('User') userId: string;

  @RefColumn() @ForeignKey('Case') caseId: string;

  /** 1 to 1000 characters. */
  @Column({ type: 'text' }) content: string;

  /** The comment that this one answers. */
  @RefColumn({ nullable: true }) @ForeignKey('CaseComment') parentId: string | null;

  @TimeColumn() createdAt: Date;

  @TimeColumn({ nullable: true }) deletedAt: Date | null;
}
