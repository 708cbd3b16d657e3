import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsInt, IsISO8601, IsOptional, IsUUID, Matches, Max, Min, ValidateBy, ValidateIf } from 'class-validator';
import { PageQuery } from '../../../platform/http/keyset.js';
import { PlainText } from '../../../platform/http/plain-text.js';
import { isCurrency } from '../../../platform/money/money.js';
import {
  CAMPAIGN_OUTCOMES,
  CAMPAIGN_STATUSES,
  CAMPAIGN_TYPES,
  type CampaignOutcome,
  type CampaignStatus,
  type CampaignType,
  COUNTED_UNITS,
  INITIATIVE_CATEGORIES,
  type InitiativeCategory,
} from './campaign.entity.js';

const present = (_: object, value: unknown): boolean => value !== undefined;

/** A hundred million euros, or as many meals. */
const LARGEST_GOAL = 10_000_000_000;

const isUnit = (value: unknown): boolean => isCurrency(value) || COUNTED_UNITS.some((unit) => unit === value);

/** Which campaigns. */
export class CampaignListQuery extends PageQuery {
  /** Only those in this state; cancelled ones are listed for admins only. */
  @IsOptional()
  @IsIn(CAMPAIGN_STATUSES)
  @ApiProperty({ enum: CAMPAIGN_STATUSES, required: false })
  status?: CampaignStatus;

  /** Only those of this kind. */
  @IsOptional()
  @IsIn(CAMPAIGN_TYPES)
  @ApiProperty({ enum: CAMPAIGN_TYPES, required: false })
  campaignType?: CampaignType;
}

/** A new campaign. */
export class CreateCampaign {
  /** 1 to 100 characters. @example "A warm winter for 40 dogs" */
  @PlainText({ max: 100 })
  title: string;

  /** 1 to 2000 characters. @example "Straw, roofs and doors for the yard in Lozenets." */
  @PlainText({ max: 2_000, multiline: true })
  description: string;

  /** `rescue` for people with an open case; `initiative` for admins. */
  @IsOptional()
  @IsIn(CAMPAIGN_TYPES)
  @ApiProperty({ enum: CAMPAIGN_TYPES, required: false, example: 'initiative' })
  campaignType: CampaignType = 'rescue';

  /** What an initiative is about; needed there and only there. */
  @IsOptional()
  @IsIn(INITIATIVE_CATEGORIES)
  @ApiProperty({ enum: INITIATIVE_CATEGORIES, required: false })
  initiativeCategory?: InitiativeCategory;

  /** Stable name of an initiative for links, unique: 1 to 50 of a-z, 0-9, `-`, `_`. @example "drone-2026" */
  @IsOptional()
  @Matches(/^[a-z0-9][a-z0-9_-]{0,49}$/, { message: 'initiativeKey must be 1 to 50 of a-z, 0-9, - and _' })
  initiativeKey?: string;

  /** Shows an initiative before others; for admins. @example false */
  @IsOptional()
  @IsBoolean()
  featuredInitiative?: boolean;

  /** Minor units where `unit` is a currency, else a count; at least 1. @example 500000 */
  @IsInt()
  @Min(1)
  @Max(LARGEST_GOAL)
  goal: number;

  /** An ISO 4217 code, or `homes`, `surgeries` or `meals`, which staff count. @example "EUR" */
  @IsOptional()
  @ValidateBy({ name: 'isUnit', validator: { validate: isUnit, defaultMessage: () => `unit must be an ISO 4217 currency code, or one of ${COUNTED_UNITS.join(', ')}` } })
  @ApiProperty({ required: false })
  unit: string = 'EUR';

  /** Id of a picture that the caller uploaded; null for none. */
  @IsOptional()
  @IsUUID()
  image?: string | null;

  /** Open cases of the caller that it is for, at most 20. Gifts to the campaign stay with it and do not count for them. */
  @ValidateIf(present)
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  @Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map((id: unknown) => (typeof id === 'string' ? id.toLowerCase() : id)) : value))
  caseIds?: string[];

  /** Last day (UTC), an ISO date not in the past; null for none. @example "2026-12-31" */
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}/, { message: 'endDate must begin with YYYY-MM-DD' })
  @IsISO8601({ strict: true })
  endDate?: string | null;
}

/** Changes of a campaign by its creator or admins; what is left out stays. */
export class UpdateCampaign extends PartialType(OmitType(CreateCampaign, ['campaignType', 'initiativeKey', 'unit']), { skipNullProperties: false }) {
  /** How many were counted; for admins, and not for money, which counts itself. @example 38 */
  @ValidateIf(present)
  @IsInt()
  @Min(0)
  @Max(LARGEST_GOAL)
  current?: number;

  /** The `version` this change was made on; a stale one is refused. `If-Match` does the same. */
  @IsOptional()
  @IsInt()
  @Min(1)
  version?: number;
}

/** How a campaign ends. There is no way back. */
export class CloseCampaign {
  /** `cancelled` takes it from the public. @example "completed" */
  @IsIn(CAMPAIGN_OUTCOMES)
  @ApiProperty({ enum: CAMPAIGN_OUTCOMES })
  outcome: CampaignOutcome;

  /** Why, at most 1000 characters, kept in the audit log. @example "All forty kennels stand." */
  @IsOptional()
  @PlainText({ max: 1_000, multiline: true })
  reason?: string;
}

/** Who started a campaign. */
export class CampaignCreator {
  id: string;

  /** Name to show; that of nobody in particular when the account was erased. */
  name: string;

  /** Address of the picture. */
  avatar: string | null;
}

/** A campaign as everybody sees it. */
export class CampaignView {
  id: string;

  /** Name of the campaign. @example "A warm winter for 40 dogs" */
  title: string;

  /** What it is for. */
  description: string;

  /** Address of a picture. @example "/v1/files/0197a3de-7c11-7c4e-9f50-1f0a3f5d9b10" */
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
   * What came in above the goal, like `goal`.
   * @example 0
   */
  surplus: number;

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

  /** The same with a name; null for the platform. */
  creator: CampaignCreator | null;

  /** Cases that it is for, without hidden ones. */
  caseIds: string[];

  createdAt: string;

  /** When it was closed as completed. */
  completedAt: string | null;

  /** Counts edits; send it back with a change. @example 3 */
  version: number;
}

/** A page of campaigns, newest first. */
export class CampaignPage {
  items: CampaignView[];

  nextCursor: string | null;
}

/** Active initiatives, featured ones first, at most 3. */
export class FeaturedCampaigns {
  items: CampaignView[];
}
