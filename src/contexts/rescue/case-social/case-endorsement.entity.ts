import { Entity, ForeignKey, Index } from 'typeorm';
import { IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

/** Child. Somebody vouches for a case (spec `caseEndorsements`, behaviour 1.4); once a person and case. */
@Entity({ schema: 'rescue', name: 'case_endorsements' })
@Index('ix_case_endorsements_by_case', ['caseId', 'createdAt'])
@Index('ix_case_endorsements_by_user_case', ['userId', 'caseId'], { unique: true })
export class CaseEndorsement {
  @IdColumn() id: string;

  @RefColumn() @ForeignKey('User') userId: string;

  @RefColumn() @ForeignKey('Case') caseId: string;

  @TimeColumn() createdAt: Date;
}
