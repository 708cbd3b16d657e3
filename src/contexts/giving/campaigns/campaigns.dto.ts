import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../../../platform/http/keyset.js';
import { CAMPAIGN_STATUSES, CAMPAIGN_TYPES, type CampaignStatus, type CampaignType, INITIATIVE_CATEGORIES, type InitiativeCategory } from './campaign.entity.js';

const SHOWN_STATUSES = ['active', 'completed'] as const;

/** Which campaigns. */
export class CampaignListQuery extends PageQuery {
  /** Only those in this state; cancelled ones are never listed. */
  @IsOptional()
  @IsIn(SHOWN_STATUSES)
  @ApiProperty({ enum: SHOWN_STATUSES, required: false })
  status?: (typeof SHOWN_STATUSES)[number];

  /** Only those of this kind. */
  @IsOptional()
  @IsIn(CAMPAIGN_TYPES)
  @ApiProperty({ enum: CAMPAIGN_TYPES, required: false })
  campaignType?: CampaignType;
}

/** A campaign as everybody sees it. */
export class CampaignView {
  id: string;

  /** Name of the campaign. @example "A warm winter for 40 dogs" */
  title: string;

  /** What it is for. */
  description: string;

  /** URL of a picture. */
  image: string | null;

  /** Whether it gathers for cases or is an initiative of the platform. */
  @ApiProperty({ enum: CAMPAIGN_TYPES })
  campaignType: CampaignType;

  /**
   * Stable name of an initiative.
   * @example "drone-2026"
   */
  initiativeKey: string | null;

  /** What an initiative is about; null for other campaigns. */
  @ApiProperty({ enum: INITIATIVE_CATEGORIES, nullable: true })
  initiativeCategory: InitiativeCategory | null;

  /** Whether it is shown before others. */
  featuredInitiative: boolean;

  /**
   * Minor units where `currency` is set, else a count of `unit`.
   * @example 500000
   */
  goal: number;

  /**
   * Like `goal`. It may exceed it.
   * @example 125000
   */
  current: number;

  /**
   * ISO 4217 code, or what is counted.
   * @example "EUR"
   */
  unit: string;

  /**
   * The currency that donations come in; null when it counts something that is not money.
   * @example "EUR"
   */
  currency: string | null;

  /**
   * `current` of `goal` in percent, two decimals.
   * @example 25
   */
  @ApiProperty({ format: 'double' })
  progressPercent: number;

  /**
   * Last day, ISO date.
   * @example "2026-12-31"
   */
  endDate: string | null;

  /** Only active ones take donations. */
  @ApiProperty({ enum: CAMPAIGN_STATUSES })
  status: CampaignStatus;

  /** Who started it; null for the platform. */
  creatorId: string | null;

  /** Cases that it is for, without hidden ones. */
  caseIds: string[];

  createdAt: string;

  /** When it was closed as completed. */
  completedAt: string | null;
}

/** A page of campaigns, newest first. */
export class CampaignPage {
  items: CampaignView[];

  nextCursor: string | null;
}

/** Active initiatives, featured ones first. */
export class FeaturedCampaigns {
  items: CampaignView[];
}
