import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

/** Child. Somebody vouches for a case (spec `caseEndorsements`, behaviour 1.4); once a person and case. */
@Entity({ schema: 'rescue', name: 'case_endorsements' })
@Index('ix_case_endorsements_by_case', ['caseId', 'createdAt'])
@Index('ix_case_endorsements_qualified', ['caseId'], { where: 'qualified' })
@Index('ix_case_endorsements_by_user_case', ['userId', 'caseId'], { unique: true })
export class CaseEndorsement {
  @IdColumn() id: string;

  @RefColumn() @ForeignKey('User') userId: string;

  @RefColumn() @ForeignKey('Case') caseId: string;

  /** Whether it counts, as of the last count (docs/decisions/0008). */
  @Column({ type: 'boolean', default: false }) qualified: boolean;

  @TimeColumn() createdAt: Date;
}
