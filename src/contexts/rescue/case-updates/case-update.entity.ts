import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';
import { AUTHOR_ROLES, type AuthorRole, EVIDENCE_TYPES, type EvidenceType, UPDATE_TYPES, type UpdateType } from '../cases/index.js';

/**
 * Child. One entry of a case's evidence trail (spec field `updates` of `cases`, behaviour 2.4, decision 13).
 * Never edited; staff may retract it, which keeps the row and hides its content.
 */
@Entity({ schema: 'rescue', name: 'case_updates' })
@Index('ix_case_updates_by_case', ['caseId', 'date', 'id'])
@Index('ix_case_updates_by_author', ['authorId'])
@Check('ck_case_updates_images', 'cardinality(images) <= 5')
export class CaseUpdate {
  @IdColumn() id: string;

  @RefColumn() @ForeignKey('Case') caseId: string;

  /** Who wrote it; null for the system. */
  @RefColumn({ nullable: true }) @ForeignKey('User') authorId: string | null;

  /** In which relation to the case they wrote, decided by the server. */
  @ClosedSetColumn('case_updates', AUTHOR_ROLES) authorRole: AuthorRole;

  @ClosedSetColumn('case_updates', UPDATE_TYPES) type: UpdateType;

  /** At most 3000 characters. */
  @Column({ type: 'text' }) text: string;

  /** File ids, at most 5. */
  @RefColumn({ array: true, default: () => `'{}'` }) images: string[];

  @ClosedSetColumn('case_updates', EVIDENCE_TYPES, { nullable: true }) evidenceType: EvidenceType | null;

  @RefColumn({ nullable: true }) @ForeignKey('Clinic') clinicId: string | null;

  /** The clinic's name at the time. */
  @Column({ type: 'text', nullable: true }) clinicName: string | null;

  @TimeColumn() date: Date;

  @TimeColumn({ nullable: true }) retractedAt: Date | null;
}
