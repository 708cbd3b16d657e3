import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsInt, IsOptional, Min, ValidateIf } from 'class-validator';
import { USER_ROLES, type UserRole } from '../../../platform/auth/actor.js';
import { PlainText } from '../../../platform/http/plain-text.js';
import {
  ONBOARDING_USER_TYPES,
  type OnboardingUserType,
  PET_TYPES,
  type PetType,
  PROFESSIONAL_TYPES,
  type ProfessionalType,
  type UserType,
  VERIFICATION_LEVELS,
  type VerificationLevel,
  VOLUNTEER_CAPABILITIES,
  type VolunteerAvailability,
  type VolunteerCapability,
} from './user.entity.js';

/** Most capabilities that a person may list, after duplicates are dropped (behaviour 1.2). */
export const CAPABILITIES_MAX = 12;

const present = (field: string) => (body: object): boolean => (body as Record<string, unknown>)[field] !== undefined;
const emptyToNull = ({ value }: { value: unknown }): unknown => (value === '' ? null : value);

/** Changes of the own profile; what is left out stays. */
export class UpdateProfile {
  /** Shown instead of the name; empty or null goes back to the name. @example Rex's friend */
  @Transform(emptyToNull)
  @IsOptional()
  @PlainText({ min: 0, max: 50 })
  displayName?: string | null;

  /** A few words about oneself; empty or null clears it. */
  @Transform(emptyToNull)
  @IsOptional()
  @PlainText({ min: 0, max: 280, multiline: true })
  bio?: string | null;

  /** Whether others see details beside name, avatar, verification and badges. */
  @ValidateIf(present('isPublic'))
  @IsBoolean()
  isPublic?: boolean;

  /** The `version` this change was made on; a stale one is refused. `If-Match` does the same. */
  @IsOptional()
  @IsInt()
  @Min(1)
  version?: number;
}

/** Answers of the welcome wizard. Fields of another persona than the chosen one are ignored. */
export class CompleteOnboarding {
  @IsIn(ONBOARDING_USER_TYPES)
  userType: OnboardingUserType;

  /** What the person does here: at most 12 different ones. @example ["finder", "rescuer"] */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @PlainText({ max: 50, each: true })
  capabilities?: string[];

  /** For volunteers. @example ["transport", "fostering"] */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsIn(VOLUNTEER_CAPABILITIES, { each: true })
  volunteerCapabilities?: VolunteerCapability[];

  /** For volunteers: where they help. @example Sofia */
  @IsOptional()
  @PlainText({ max: 100 })
  volunteerCity?: string;

  /** For professionals. */
  @IsOptional()
  @IsIn(PROFESSIONAL_TYPES)
  professionalType?: ProfessionalType;

  /** For professionals: at most 20. @example ["surgery"] */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @PlainText({ max: 100, each: true })
  professionalSpecialties?: string[];

  /** For pet lovers. */
  @IsOptional()
  @IsBoolean()
  hasPets?: boolean;

  /** For pet lovers. @example ["dog", "cat"] */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsIn(PET_TYPES, { each: true })
  petTypes?: PetType[];

  /** @example Sofia */
  @IsOptional()
  @PlainText({ max: 100 })
  city?: string;
}

/** What the person does here; a list that is left out stays as it is. */
export class UpdateCapabilities {
  /** At most 12 different ones; everybody is a donor anyway. @example ["finder", "rescuer"] */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @PlainText({ max: 50, each: true })
  capabilities?: string[];

  /** @example ["transport"] */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsIn(VOLUNTEER_CAPABILITIES, { each: true })
  volunteerCapabilities?: VolunteerCapability[];
}

export class SetRole {
  @IsIn(USER_ROLES)
  role: UserRole;
}

export class SetVerification {
  @IsIn(VERIFICATION_LEVELS)
  level: VerificationLevel;

  /** Why; needed for a step down. */
  @IsOptional()
  @PlainText({ min: 0, max: 500 })
  reason?: string;
}

/** A person's own whole record. */
export class MeView {
  id: string;
  /** The identity provider's id of the person. */
  clerkId: string;
  /** Name at the identity provider. @example Maria Ivanova */
  name: string;
  displayName: string | null;
  email: string | null;
  phone: string | null;
  /** Address of the provider's picture. */
  avatar: string | null;
  bio: string | null;
  role: UserRole;
  userType: UserType | null;
  isPublic: boolean;
  city: string | null;
  capabilities: string[];
  volunteerCapabilities: VolunteerCapability[];
  volunteerAvailability: VolunteerAvailability | null;
  volunteerCity: string | null;
  professionalType: ProfessionalType | null;
  professionalSpecialties: string[];
  linkedPetServiceId: string | null;
  hasPets: boolean | null;
  petTypes: PetType[];
  verificationLevel: VerificationLevel;
  verifiedAt: Date | null;
  /** The admin who verified. */
  verifiedBy: string | null;
  onboardingCompleted: boolean;
  onboardingCompletedAt: Date | null;
  productTourCompleted: boolean;
  productTourCompletedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  /** Counts changes of the record; send it back with an edit. */
  version: number;
}

/** Money in one currency. */
export class DonatedTotal {
  /** Minor units. @example 12550 */
  amount: number;
  /** ISO 4217. @example EUR */
  currency: string;
}

export class DonatedStats {
  /** Completed donations. */
  count: number;
  /** What they add up to, per currency. */
  totals: DonatedTotal[];
}

/** What a person did here. Anonymous donations count for the donor and for admins only. */
export class UserStatsView {
  donations: DonatedStats;
  /** Cases published and not hidden. */
  casesCreated: number;
  /** Different cases donated to. */
  animalsHelped: number;
}

/** A badge as others see it. */
export class EarnedBadge {
  /** @example first_donation */
  type: string;
  unlockedAt: Date;
}

/** A person as others see them. A private profile keeps its details, which are null then. */
export class PublicProfileView {
  id: string;
  name: string;
  displayName: string | null;
  avatar: string | null;
  role: UserRole;
  verificationLevel: VerificationLevel;
  isPublic: boolean;
  /** Null when the profile is private. */
  bio: string | null;
  /** Null when the profile is private. */
  userType: UserType | null;
  /** Null when the profile is private. */
  capabilities: string[] | null;
  /** Null when the profile is private. */
  city: string | null;
  followerCount: number;
  followingCount: number;
  /** Newest first. */
  achievements: EarnedBadge[];
  /** Null when the profile is private. */
  stats: UserStatsView | null;
  createdAt: Date;
}

/** An account as admins see it after a change. */
export class AccountView {
  id: string;
  name: string;
  email: string | null;
  role: UserRole;
  verificationLevel: VerificationLevel;
  verifiedAt: Date | null;
  /** The admin who verified. */
  verifiedBy: string | null;
  version: number;
}
