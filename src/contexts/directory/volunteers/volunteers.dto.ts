import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsNumber, IsOptional, IsUUID, Max, Min, ValidateIf } from 'class-validator';
import { USER_ROLES, type UserRole } from '../../../platform/auth/actor.js';
import { PageQuery } from '../../../platform/http/keyset.js';
import { PlainText } from '../../../platform/http/plain-text.js';
import { QueryFlag } from '../../../platform/http/query-flag.js';
import { VOLUNTEER_AVAILABILITIES, VOLUNTEER_CAPABILITIES, type VolunteerAvailability, type VolunteerCapability } from '../../identity/users/index.js';
import { ACTIVITY_HOURS_MAX, ACTIVITY_KINDS, type ActivityKind } from './volunteer-activity.entity.js';

/** Who is offline wants to be left alone: nobody can ask for them. */
export const LISTED_AVAILABILITIES = ['available', 'busy'] as const satisfies VolunteerAvailability[];
export type ListedAvailability = (typeof LISTED_AVAILABILITIES)[number];

export const VOLUNTEER_SORTS = ['animalsHelped', 'rating', 'newest'] as const;
export type VolunteerSort = (typeof VOLUNTEER_SORTS)[number];

/** Longest list that is looked at before repeats are taken out. */
const CAPABILITIES_SENT_MAX = 50;

const present = (_: object, value: unknown): boolean => value !== undefined;

/** Filters of the volunteer directory; all of them must match. Who is offline is never in it. */
export class VolunteerQuery extends PageQuery {
  /** City in Cyrillic or Latin. @example София */
  @IsOptional() @PlainText({ min: 0, max: 100 })
  city?: string;

  /** Only volunteers who do this. */
  @IsOptional() @IsIn(VOLUNTEER_CAPABILITIES)
  capability?: VolunteerCapability;

  /** Only those who are free, or only those who are busy; both unless told. */
  @IsOptional() @IsIn(LISTED_AVAILABILITIES)
  availability?: ListedAvailability;

  /** `true`: top volunteers only; `false`: the others only. */
  @IsOptional() @QueryFlag()
  top?: boolean;

  /** Most animals helped, best rating or newest first. */
  @IsOptional() @IsIn(VOLUNTEER_SORTS)
  sort: VolunteerSort = 'animalsHelped';
}

/** Changes of the own volunteer profile; what is left out stays. */
export class EditVolunteer {
  /** Up to 280 characters; empty for none. @example "I have a van and free Saturdays." */
  @ValidateIf(present) @PlainText({ min: 0, max: 280, multiline: true })
  bio?: string;

  /** City, in Cyrillic or Latin, 1 to 100 characters. @example Sofia */
  @ValidateIf(present) @PlainText({ max: 100 })
  city?: string;

  /** The same as `city`, which goes first. @example Sofia */
  @ValidateIf(present) @PlainText({ max: 100 })
  location?: string;
}

/** A new volunteer profile; everything can be told later. */
export class JoinVolunteers extends EditVolunteer {
  /** What the volunteer can do; as told before where left out. @example ["transport"] */
  @IsOptional() @IsArray() @ArrayMaxSize(CAPABILITIES_SENT_MAX) @IsIn(VOLUNTEER_CAPABILITIES, { each: true })
  capabilities?: VolunteerCapability[];
}

/** Whether a volunteer can be asked for help. */
export class SetAvailability {
  /** `available` and `busy` are listed, `offline` is not. */
  @IsIn(VOLUNTEER_AVAILABILITIES)
  availability: VolunteerAvailability;
}

/** What a volunteer can do. */
export class SetVolunteerCapabilities {
  /** All of it; repeats count once. @example ["transport", "fostering"] */
  @IsArray() @ArrayMaxSize(CAPABILITIES_SENT_MAX) @IsIn(VOLUNTEER_CAPABILITIES, { each: true })
  capabilities: VolunteerCapability[];
}

/** Whether somebody is a top volunteer. */
export class SetTopVolunteer {
  /** True marks, false takes the mark away. @example true */
  @IsBoolean()
  top: boolean;
}

/** How good staff find a volunteer. */
export class RateVolunteer {
  /** 1 to 5 with at most one decimal; null takes the rating away. @example 4.5 */
  @ApiProperty({ type: 'number', format: 'double', minimum: 1, maximum: 5, nullable: true })
  @ValidateIf((_, value) => value !== null) @IsNumber({ maxDecimalPlaces: 1 }) @Min(1) @Max(5)
  rating: number | null;
}

/** Something that a volunteer did. */
export class LogActivity {
  /** What it was. A transport, fostering, rescue or adoption helped an animal. */
  @IsIn(ACTIVITY_KINDS)
  kind: ActivityKind;

  /** How many hours it took: above 0, at most 1000, two decimals. @example 2.5 */
  @ApiProperty({ type: 'number', format: 'double', minimum: 0.01, maximum: ACTIVITY_HOURS_MAX, required: false })
  @IsOptional() @IsNumber({ maxDecimalPlaces: 2 }) @Min(0.01) @Max(ACTIVITY_HOURS_MAX)
  hours?: number;

  /** The case that it was for. */
  @IsOptional() @IsUUID('all')
  caseId?: string;

  /** Up to 500 characters, seen by staff only. @example "Drove Rex from Lozenets to the clinic." */
  @IsOptional() @PlainText({ min: 0, max: 500, multiline: true })
  note?: string;
}

/** What a volunteer did so far. */
export class VolunteerStats {
  /** Transports, fosterings, rescues and adoptions. @example 12 */
  animalsHelped: number;
  /** Adoptions. @example 3 */
  adoptions: number;
  /** Campaigns. @example 1 */
  campaigns: number;
  /** Completed donations to the volunteer's own cases since they joined. @example 40 */
  donationsReceived: number;
  /** Hours. @example 36.5 */
  @ApiProperty({ format: 'double' })
  hoursVolunteered: number;
}

/** A volunteer as anybody sees them: never with a way to reach them elsewhere. */
export class VolunteerView {
  /** Id of the volunteer, a UUIDv7. */
  id: string;
  /** Id of the person. */
  userId: string;
  /** Display name. @example Mila */
  name: string;
  /** Picture URL. */
  avatar: string | null;
  /** Role of the account. */
  @ApiProperty({ enum: USER_ROLES })
  role: UserRole;
  /** City; null while it is not told. @example Sofia */
  city: string | null;
  /** The same as `city`, under the record's name. @example Sofia */
  location: string | null;
  /** What they can do. */
  @ApiProperty({ enum: VOLUNTEER_CAPABILITIES, isArray: true })
  capabilities: VolunteerCapability[];
  /** Whether they can be asked for help. */
  @ApiProperty({ enum: VOLUNTEER_AVAILABILITIES })
  availability: VolunteerAvailability;
  /** What they say of themselves. @example "I have a van and free Saturdays." */
  bio: string;
  /** 1 to 5, given by staff; null while nobody has rated. @example 4.5 */
  @ApiProperty({ format: 'double' })
  rating: number | null;
  /** Year in which they joined. @example "2026" */
  memberSince: string;
  /** Marked by staff. @example false */
  isTopVolunteer: boolean;
  /** Kinds of the badges that the person earned, oldest first. @example ["top_transporter"] */
  badges: string[];
  /** What they did so far. */
  stats: VolunteerStats;
  /** When they joined. */
  createdAt: Date;
}

/** A page of volunteers. */
export class VolunteerPage {
  /** The volunteers of this page. */
  items: VolunteerView[];
  /** Send it back as `cursor`; null on the last page. */
  nextCursor: string | null;
}
