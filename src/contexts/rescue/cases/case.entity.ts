import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, MoneyColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

/** Urgency: life-threatening; hours or days; in treatment; showcase of the time before adoptions had their own list. */
export const CASE_TYPES = ['critical', 'urgent', 'recovering', 'adopted'] as const;
export type CaseType = (typeof CASE_TYPES)[number];

export const CASE_CATEGORIES = ['surgery', 'shelter', 'food', 'medical', 'rescue'] as const;
export type CaseCategory = (typeof CASE_CATEGORIES)[number];

/** Funding: takes donations; goal reached, still takes donations; takes none. */
export const CASE_STATUSES = ['active', 'funded', 'closed'] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];

export const LIFECYCLE_STAGES = ['active_treatment', 'seeking_adoption', 'closed_success', 'closed_transferred', 'closed_other'] as const;
export type LifecycleStage = (typeof LIFECYCLE_STAGES)[number];

export const CLOSED_REASONS = ['success', 'transferred', 'other'] as const;
export type ClosedReason = (typeof CLOSED_REASONS)[number];

/** Rungs of the trust ladder, lowest first (behaviour 1.4). */
export const VERIFICATION_STATUSES = ['unverified', 'community', 'clinic'] as const;
export type VerificationStatus = (typeof VERIFICATION_STATUSES)[number];

export const RISK_LEVELS = ['low', 'medium', 'high'] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];

/** Which stage may follow which (behaviour 2.5); closed stages are final. */
const NEXT_STAGES: Record<LifecycleStage, readonly LifecycleStage[]> = {
  active_treatment: ['seeking_adoption', 'closed_success', 'closed_transferred', 'closed_other'],
  seeking_adoption: ['closed_success', 'closed_transferred', 'closed_other'],
  closed_success: [],
  closed_transferred: [],
  closed_other: [],
};

const CLOSING: Partial<Record<LifecycleStage, ClosedReason>> = { closed_success: 'success', closed_transferred: 'transferred', closed_other: 'other' };

const NOT_HIDDEN = { where: 'hidden_at IS NULL' };

/**
 * Aggregate root. One animal's rescue with its fundraising and trust signals (spec table `cases`, behaviour
 * 2.3). Its embedded `updates` and `translations` are tables here; counts are caches kept in the same
 * transaction as what they count.
 */
@Entity({ schema: 'rescue', name: 'cases' })
@Index('ix_cases_by_user', ['userId', 'createdAt', 'id'])
@Index('ix_cases_by_clinic', ['clinicId'])
@Index('ix_cases_newest', ['createdAt', 'id'], NOT_HIDDEN)
@Index('ix_cases_by_type', ['type', 'createdAt', 'id'], NOT_HIDDEN)
@Index('ix_cases_by_category', ['category', 'createdAt', 'id'], NOT_HIDDEN)
@Index('ix_cases_by_status', ['status', 'createdAt', 'id'], NOT_HIDDEN)
@Index('ix_cases_by_lifecycle_stage', ['lifecycleStage', 'createdAt', 'id'], NOT_HIDDEN)
@Index('ix_cases_by_verification_status', ['verificationStatus', 'createdAt', 'id'], NOT_HIDDEN)
@Index('ix_cases_by_city', ['cityKey', 'createdAt', 'id'], NOT_HIDDEN)
@Index('ix_cases_most_funded', ['fundraisingCurrent', 'createdAt', 'id'], NOT_HIDDEN)
// TypeORM cannot describe an index on an expression or with an operator class; the migration holds these two.
@Index('ix_cases_most_urgent', { synchronize: false })
@Index('ix_cases_search', { synchronize: false })
@Check('ck_cases_images', 'cardinality(images) BETWEEN 1 AND 10')
@Check('ck_cases_fundraising_goal', 'fundraising_goal BETWEEN 1 AND 100000000')
@Check('ck_cases_fundraising_current', 'fundraising_current >= 0')
@Check('ck_cases_fundraising_currency', `fundraising_currency ~ '^[A-Z]{3}$'`)
export class Case {
  @IdColumn() id: string;

  /** The owner: who found the animal and published the case. */
  @RefColumn() @ForeignKey('User') userId: string;

  @ClosedSetColumn('cases', CASE_TYPES) type: CaseType;

  @ClosedSetColumn('cases', CASE_CATEGORIES) category: CaseCategory;

  /** ISO 639 language of the original text. */
  @Column({ type: 'text' }) language: string;

  @Column({ type: 'text' }) title: string;

  @Column({ type: 'text' }) description: string;

  @Column({ type: 'text', nullable: true }) story: string | null;

  /** Fingerprint of title, description and story; a translation made from another one is stale. */
  @Column({ type: 'text' }) sourceHash: string;

  /** File ids in the order shown, 1 to 10. */
  @RefColumn({ array: true }) images: string[];

  @Column({ type: 'text' }) locationCity: string;

  @Column({ type: 'text' }) locationNeighborhood: string;

  /** Degrees. Private: shown to the owner, the linked clinic's owner and staff (decision 8). */
  @Column({ type: 'double precision', nullable: true }) locationLat: number | null;

  /** Degrees. Private like the latitude. */
  @Column({ type: 'double precision', nullable: true }) locationLng: number | null;

  /** Under which Sofia and София meet; see `cityKey`. */
  @Column({ type: 'text' }) cityKey: string;

  /** The treating clinic. */
  @RefColumn({ nullable: true }) @ForeignKey('Clinic') clinicId: string | null;

  @ClosedSetColumn('cases', VERIFICATION_STATUSES, { default: 'unverified' }) verificationStatus: VerificationStatus;

  @TimeColumn() foundAt: Date;

  @TimeColumn({ nullable: true }) broughtToClinicAt: Date | null;

  /** Minor units, 1 to 100,000,000. */
  @MoneyColumn() fundraisingGoal: number;

  /** Minor units; a cache of the ledger, changed in the transaction that posts there (decision 2). */
  @MoneyColumn({ default: 0 }) fundraisingCurrent: number;

  /** ISO 4217. */
  @Column({ type: 'text' }) fundraisingCurrency: string;

  /** From the first completed donation on, what donors were promised can no longer be edited. */
  @TimeColumn({ nullable: true }) firstDonationAt: Date | null;

  @ClosedSetColumn('cases', CASE_STATUSES, { default: 'active' }) status: CaseStatus;

  @ClosedSetColumn('cases', LIFECYCLE_STAGES, { default: 'active_treatment' }) lifecycleStage: LifecycleStage;

  @TimeColumn({ nullable: true }) lifecycleUpdatedAt: Date | null;

  @TimeColumn({ nullable: true }) closedAt: Date | null;

  @ClosedSetColumn('cases', CLOSED_REASONS, { nullable: true }) closedReason: ClosedReason | null;

  @Column({ type: 'text', nullable: true }) closedNotes: string | null;

  @ClosedSetColumn('cases', RISK_LEVELS, { default: 'low' }) riskLevel: RiskLevel;

  /** Names of what raised the risk, such as `new_account`. */
  @Column({ type: 'text', array: true, default: () => `'{}'` }) riskFlags: string[];

  /** While set, the case is there for its owner and admins only and takes no donations. */
  @TimeColumn({ nullable: true }) hiddenAt: Date | null;

  @Column({ type: 'integer', default: 0 }) likesCount: number;

  @Column({ type: 'integer', default: 0 }) savesCount: number;

  @Column({ type: 'integer', default: 0 }) commentsCount: number;

  @Column({ type: 'integer', default: 0 }) endorsementsCount: number;

  @Column({ type: 'integer', default: 0 }) updatesCount: number;

  @TimeColumn() createdAt: Date;

  @TimeColumn() updatedAt: Date;

  /** Counts edits by the owner, for `If-Match`. */
  @Column({ type: 'integer', default: 1 }) version: number;

  get closed(): boolean {
    return this.status === 'closed' || NEXT_STAGES[this.lifecycleStage].length === 0;
  }

  /**
   * Funding status machine of behaviour 2.5: reaching the goal funds, a refund may lead back, closed stays.
   * @param amount minor units; negative for what a refund or a lost dispute takes away
   */
  addFunding(amount: number, now: Date): void {
    this.fundraisingCurrent += amount;
    if (amount > 0) this.firstDonationAt ??= now;
    if (this.status !== 'closed') this.status = this.fundraisingCurrent >= this.fundraisingGoal ? 'funded' : 'active';
  }

  canMoveTo(stage: LifecycleStage): boolean {
    return NEXT_STAGES[this.lifecycleStage].includes(stage);
  }

  /** Takes the case to `stage`, closing it where the stage says so. Ask {@link canMoveTo} first. */
  moveTo(stage: LifecycleStage, notes: string | null, now: Date): void {
    this.lifecycleStage = stage;
    this.lifecycleUpdatedAt = now;
    const reason = CLOSING[stage];
    if (!reason) return;
    this.status = 'closed';
    this.closedAt = now;
    this.closedReason = reason;
    this.closedNotes = notes;
  }
}
