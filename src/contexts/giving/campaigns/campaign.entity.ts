import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, MoneyColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';
import { isCurrency } from '../../../platform/money/money.js';

export const CAMPAIGN_TYPES = ['rescue', 'initiative'] as const;
export type CampaignType = (typeof CAMPAIGN_TYPES)[number];

export const INITIATIVE_CATEGORIES = ['drone', 'safehouse', 'platform', 'other'] as const;
export type InitiativeCategory = (typeof INITIATIVE_CATEGORIES)[number];

/** What a campaign may count instead of money. */
export const COUNTED_UNITS = ['homes', 'surgeries', 'meals'] as const;

export const CAMPAIGN_STATUSES = ['active', 'completed', 'cancelled'] as const;
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number];

export const CAMPAIGN_OUTCOMES = ['completed', 'cancelled'] as const;
export type CampaignOutcome = (typeof CAMPAIGN_OUTCOMES)[number];

/** Aggregate root. A goal that several cases or a whole initiative share (spec table `campaigns`, behaviour 2.10). */
@Entity({ schema: 'giving', name: 'campaigns' })
@Index('ix_campaigns_by_status', ['status', 'createdAt', 'id'])
@Index('ix_campaigns_by_campaign_type', ['campaignType', 'createdAt', 'id'])
@Index('ix_campaigns_by_featured_initiative', ['featuredInitiative', 'createdAt'])
@Index('ux_campaigns_initiative_key', ['initiativeKey'], { unique: true, where: 'initiative_key IS NOT NULL' })
@Check('ck_campaigns_goal', 'goal > 0')
export class Campaign {
  @IdColumn() id: string;

  @Column({ type: 'text' }) title: string;

  @Column({ type: 'text' }) description: string;

  /** Address of a picture. */
  @Column({ type: 'text', nullable: true }) image: string | null;

  @ClosedSetColumn('campaigns', CAMPAIGN_TYPES) campaignType: CampaignType;

  /** Stable name of an initiative, for links. */
  @Column({ type: 'text', nullable: true }) initiativeKey: string | null;

  @ClosedSetColumn('campaigns', INITIATIVE_CATEGORIES, { nullable: true }) initiativeCategory: InitiativeCategory | null;

  @Column({ type: 'boolean', default: false }) featuredInitiative: boolean;

  /** Minor units where `unit` is a currency, else a count of the unit. */
  @MoneyColumn() goal: number;

  /** Like `goal`. For currencies a cache of the ledger, changed with it; counts are set by staff. */
  @MoneyColumn({ default: 0 }) current: number;

  /** An ISO 4217 code, or what is counted: `homes`, `surgeries`, `meals`. */
  @Column({ type: 'text' }) unit: string;

  /** Last day, as an ISO date. */
  @Column({ type: 'date', nullable: true }) endDate: string | null;

  @ClosedSetColumn('campaigns', CAMPAIGN_STATUSES, { default: 'active' }) status: CampaignStatus;

  @RefColumn({ nullable: true }) @ForeignKey('User') creatorId: string | null;

  @TimeColumn() createdAt: Date;

  @TimeColumn({ nullable: true }) completedAt: Date | null;

  /** When its creator was told that none of its cases is open any more. */
  @TimeColumn({ nullable: true }) casesClosedAt: Date | null;

  @TimeColumn() updatedAt: Date;

  /** Counts edits, for `If-Match`. */
  @Column({ type: 'integer', default: 1 }) version: number;

  /** The currency it collects, or null when it counts something else. */
  get currency(): string | null {
    return isCurrency(this.unit) ? this.unit : null;
  }
}
