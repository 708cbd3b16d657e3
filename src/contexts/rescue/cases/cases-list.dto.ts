import { IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery } from '../../../platform/http/keyset.js';
import {
  CASE_CATEGORIES,
  CASE_STATUSES,
  CASE_TYPES,
  type CaseCategory,
  type CaseStatus,
  type CaseType,
  LIFECYCLE_STAGES,
  type LifecycleStage,
  VERIFICATION_STATUSES,
  type VerificationStatus,
} from './case.entity.js';

export const CASE_SORTS = ['newest', 'urgent', 'most_funded'] as const;
export type CaseSort = (typeof CASE_SORTS)[number];

export const CASE_INTENTS = ['all', 'urgent', 'nearby', 'success', 'adopt'] as const;
export type CaseIntent = (typeof CASE_INTENTS)[number];

/** `de-AT` asks for `de`. */
const primaryLanguage = ({ value }: { value: unknown }): unknown => (typeof value === 'string' ? value.split(/[-_]/)[0]!.toLowerCase() : value);

/** In which language texts are wanted. */
export class LocaleQuery {
  /** Locale of the `display...` fields; where there is no fresh translation they hold the original. @example bg */
  @IsOptional() @Transform(primaryLanguage) @IsString() @MaxLength(35)
  locale?: string;
}

/** A page of cases in some language. */
export class CasePageQuery extends IntersectionType(PageQuery, LocaleQuery) {}

/** Filters of the list of cases; all of them must match. */
export class CaseListQuery extends CasePageQuery {
  /** Only cases of this urgency. */
  @IsOptional() @IsIn(CASE_TYPES)
  type?: CaseType;

  /** Only cases that need money for this. */
  @IsOptional() @IsIn(CASE_CATEGORIES)
  category?: CaseCategory;

  /** Only cases whose funding is in this state. */
  @IsOptional() @IsIn(CASE_STATUSES)
  status?: CaseStatus;

  /** Only cases in this stage. */
  @IsOptional() @IsIn(LIFECYCLE_STAGES)
  lifecycleStage?: LifecycleStage;

  /** Only cases verified so far. */
  @IsOptional() @IsIn(VERIFICATION_STATUSES)
  verificationStatus?: VerificationStatus;

  /** City in any script and spelling: `Sofia` finds `София`. @example Sofia */
  @IsOptional() @IsString() @MaxLength(80)
  city?: string;

  /**
   * A ready-made filter: `all` active ones; `urgent` open ones of type critical or urgent; `nearby` open ones in `city`
   * or else the viewer's own city; `success` funded or closed well; `adopt` those who look for a home.
   */
  @IsOptional() @IsIn(CASE_INTENTS)
  intent?: CaseIntent;

  /** Text to find in title or description, whatever its case; cut at 200 characters. @example "hip operation" */
  @IsOptional() @IsString() @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim().slice(0, 200) : value))
  q?: string;

  /** `newest`; `urgent`: critical, urgent, recovering, adopted and then newest; `most_funded`: by amount collected. */
  @IsOptional() @IsIn(CASE_SORTS)
  sort: CaseSort = 'newest';
}
