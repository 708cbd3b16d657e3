import { OmitType, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsInt, IsObject, IsOptional, IsUUID, Matches, Max, Min, ValidateNested } from 'class-validator';
import { IsExternalLink } from '../../../platform/http/external-link.js';
import { PlainText } from '../../../platform/http/plain-text.js';
import { Timestamp } from '../../../platform/http/timestamp.js';
import { Coordinates } from './case-views.dto.js';
import { CASE_CATEGORIES, CASE_TYPES, type CaseCategory, type CaseType, RISK_LEVELS, type RiskLevel, VERIFICATION_STATUSES, type VerificationStatus } from './case.entity.js';

const CURRENCIES = Intl.supportedValuesOf('currency');

/** Where an animal is. */
export class CaseLocationBody {
  /** 1 to 80 characters, in any script. @example Sofia */
  @PlainText({ max: 80 })
  city: string;

  /** 1 to 80 characters. @example Lozenets */
  @PlainText({ max: 80 })
  neighborhood: string;

  /** Exact place; kept private. */
  @IsOptional() @IsObject() @ValidateNested() @Type(() => Coordinates)
  coordinates?: Coordinates;
}

/** What a case asks for. */
export class FundraisingBody {
  /** Goal in minor units, 1 to 100,000,000. @example 250000 */
  @IsInt() @Min(1) @Max(100_000_000)
  goal: number;

  /** ISO 4217 code in capitals. @example EUR */
  @IsIn(CURRENCIES, { message: '$property must be an ISO 4217 code such as EUR' })
  currency: string;
}

/** A new case. */
export class CreateCaseBody {
  /** Urgency: life-threatening, hours or days, in treatment, or the showcase of an adoption. */
  @IsIn(CASE_TYPES)
  type: CaseType;

  /** What the money is for. */
  @IsIn(CASE_CATEGORIES)
  category: CaseCategory;

  /** ISO 639 language of the text; the caller's language when left out. @example bg */
  @IsOptional() @Matches(/^[a-z]{2,3}$/, { message: '$property must be an ISO 639 language such as bg' })
  language?: string;

  /** 1 to 140 characters. @example "Rex was hit by a car" */
  @PlainText({ max: 140 })
  title: string;

  /** 1 to 2000 characters. @example "He needs an operation on his hip." */
  @PlainText({ max: 2_000, multiline: true })
  description: string;

  /** Up to 10,000 characters; empty for none. */
  @IsOptional() @PlainText({ min: 0, max: 10_000, multiline: true })
  story?: string;

  /** Ids of 1 to 10 pictures that the caller uploaded, in the order to show them. */
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(10) @ArrayUnique() @IsUUID('all', { each: true })
  images: string[];

  /** Where the animal is. */
  @IsObject() @ValidateNested() @Type(() => CaseLocationBody)
  location: CaseLocationBody;

  /** What is asked for. */
  @IsObject() @ValidateNested() @Type(() => FundraisingBody)
  fundraising: FundraisingBody;

  /** The treating clinic. */
  @IsOptional() @IsUUID('all')
  clinicId?: string;

  /** When the animal was found; not in the future. */
  @Timestamp()
  foundAt: Date;

  /** When the animal came to the clinic. */
  @IsOptional() @Timestamp()
  broughtToClinicAt?: Date;

  /** Where else the case was told: a public http(s) link; it is shown, never fetched. @example https://www.facebook.com/rescue.sofia/posts/1 */
  @IsOptional() @IsExternalLink()
  externalSourceUrl?: string;
}

/**
 * An edit by the owner; what is left out stays. `description` and `story` can change until the case closes,
 * everything else until the first donation.
 */
export class EditCaseBody extends PartialType(OmitType(CreateCaseBody, ['externalSourceUrl'] as const), { skipNullProperties: false }) {
  /** `version` of the case as it was read; a stale one is refused. */
  @IsOptional() @IsInt() @Min(1)
  version?: number;
}

/** A decision on how far a case is verified. */
export class CaseVerificationBody {
  /** The new status. */
  @IsIn(VERIFICATION_STATUSES)
  status: VerificationStatus;

  /** Up to 1000 characters; needed when the status gets lower. */
  @IsOptional() @PlainText({ min: 0, max: 1_000, multiline: true })
  reason?: string;
}

/** A decision on how risky giving to a case is. */
export class CaseRiskBody {
  /** The new level. */
  @IsIn(RISK_LEVELS)
  level: RiskLevel;

  /** Names of what is risky, up to 20; the flags stay as they are when left out. @example ["reused_images"] */
  @IsOptional() @IsArray() @ArrayMaxSize(20) @ArrayUnique() @Matches(/^[a-z][a-z0-9_]{0,49}$/, { each: true, message: 'each of $property must be a name such as reused_images' })
  flags?: string[];

  /** Up to 1000 characters, kept in the audit log; needed when the level gets lower. */
  @IsOptional() @PlainText({ min: 0, max: 1_000, multiline: true })
  note?: string;
}

/** Why a case is hidden. */
export class HideCaseBody {
  /** 1 to 1000 characters, kept in the audit log. @example "The pictures are of another animal." */
  @PlainText({ max: 1_000, multiline: true })
  reason: string;
}

/** Why a hidden case is shown again. */
export class RestoreCaseBody {
  /** Up to 1000 characters, kept in the audit log. */
  @IsOptional() @PlainText({ min: 0, max: 1_000, multiline: true })
  reason?: string;
}
