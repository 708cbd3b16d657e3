import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

/**
 * Aggregate root. A person's place in the volunteer directory (spec table `volunteers`, behaviour 2.20); one per
 * person. What they can do and whether they are there stays on the account, badges come from achievements, and the
 * spec's `stats` are counted by the activities that staff log.
 */
@Entity({ schema: 'directory', name: 'volunteers' })
@Index('ix_volunteers_by_user', ['userId'], { unique: true })
@Index('ix_volunteers_by_top', ['isTopVolunteer'])
@Index('ix_volunteers_by_city', ['cityKey', 'statsAnimalsHelped', 'createdAt', 'id'])
@Index('ix_volunteers_by_helped', ['statsAnimalsHelped', 'createdAt', 'id'])
@Index('ix_volunteers_newest', ['createdAt', 'id'])
@Check('ck_volunteers_rating', '"rating" BETWEEN 1 AND 5')
export class Volunteer {
  @IdColumn() id: string;

  @RefColumn() @ForeignKey('User') userId: string;

  /** At most 280 characters. */
  @Column({ type: 'text', default: '' }) bio: string;

  /** City, the account's `volunteerCity`; empty while it is not told. */
  @Column({ type: 'text', default: '' }) location: string;

  /** Under which the spellings of the city meet. */
  @Column({ type: 'text', default: '' }) cityKey: string;

  /** 1 to 5, given by staff. */
  @Column({ type: 'double precision', nullable: true }) rating: number | null;

  /** Year in which they joined. */
  @Column({ type: 'text' }) memberSince: string;

  @Column({ type: 'boolean', default: false }) isTopVolunteer: boolean;

  @Column({ type: 'integer', default: 0 }) statsAnimalsHelped: number;

  @Column({ type: 'integer', default: 0 }) statsAdoptions: number;

  @Column({ type: 'integer', default: 0 }) statsCampaigns: number;

  /** Completed donations to their cases since they joined. */
  @Column({ type: 'integer', default: 0 }) statsDonationsReceived: number;

  @Column({ type: 'double precision', default: 0 }) statsHoursVolunteered: number;

  @TimeColumn() createdAt: Date;

  @TimeColumn() updatedAt: Date;
}
