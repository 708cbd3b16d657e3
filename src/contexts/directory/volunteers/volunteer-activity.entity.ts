import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

export const ACTIVITY_KINDS = ['transport', 'fostering', 'rescue', 'event', 'adoption', 'campaign', 'other'] as const;
/** Longest activity. */
export const ACTIVITY_HOURS_MAX = 1_000;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/** Log. What a volunteer did, as staff enter it (addition to the spec, behaviour 2.19): statistics and badges count it. */
@Entity({ schema: 'directory', name: 'volunteer_activities' })
@Index('ix_volunteer_activities_by_volunteer', ['volunteerId', 'kind', 'createdAt'])
@Check('ck_volunteer_activities_hours', '"hours" > 0 AND "hours" <= 1000')
export class VolunteerActivity {
  @IdColumn() id: string;

  @RefColumn() @ForeignKey('Volunteer') volunteerId: string;

  @ClosedSetColumn('volunteer_activities', ACTIVITY_KINDS) kind: ActivityKind;

  /** How long it took. */
  @Column({ type: 'double precision', nullable: true }) hours: number | null;

  @RefColumn({ nullable: true }) @ForeignKey('Case') caseId: string | null;

  /** At most 500 characters, for staff. */
  @Column({ type: 'text', nullable: true }) note: string | null;

  /** The admin who entered it; null for staff without an account of the API. */
  @RefColumn({ nullable: true }) @ForeignKey('User') loggedBy: string | null;

  @TimeColumn() createdAt: Date;
}
