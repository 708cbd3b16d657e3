import { Entity, ForeignKey, Index } from 'typeorm';
import { IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

/** Child. A case that one person keeps (spec table `savedCases`, behaviour 2.16); counted in `cases.saves_count`. */
@Entity({ schema: 'rescue', name: 'saved_cases' })
@Index('ix_saved_cases_by_user', ['userId', 'createdAt', 'id'])
@Index('ix_saved_cases_by_case', ['caseId'])
@Index('ix_saved_cases_by_user_case', ['userId', 'caseId'], { unique: true })
export class SavedCase {
  @IdColumn() id: string;

  @RefColumn() @ForeignKey('User') userId: string;

  @RefColumn() @ForeignKey('Case') caseId: string;

  @TimeColumn() createdAt: Date;
}
