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
  /** Shown instead of the name; empty or null goes back to the name. @example "Friend of Rex" */
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
  /** Who the person wants to be here; it may be chosen anew. @example volunteer */
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

  /** For professionals: their trade. @example veterinarian */
  @IsOptional()
  @IsIn(PROFESSIONAL_TYPES)
  professionalType?: ProfessionalType;

  /** For professionals: at most 20. @example ["surgery"] */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @PlainText({ max: 100, each: true })
  professionalSpecialties?: string[];

  /** For pet lovers: whether they have any. @example true */
  @IsOptional()
  @IsBoolean()
  hasPets?: boolean;

  /** For pet lovers: which. @example ["dog", "cat"] */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsIn(PET_TYPES, { each: true })
  petTypes?: PetType[];

  /** Where the person lives. @example Sofia */
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

  /** What a volunteer offers. @example ["transport"] */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsIn(VOLUNTEER_CAPABILITIES, { each: true })
  volunteerCapabilities?: VolunteerCapability[];
}

/** A role to give. */
export class SetRole {
  /** What the account may do from now on. @example volunteer */
  @IsIn(USER_ROLES)
  role: UserRole;
}

/** A step on the verification ladder. */
export class SetVerification {
  /** Level from now on. @example community */
  @IsIn(VERIFICATION_LEVELS)
  level: VerificationLevel;

  /** Why; needed for a step down. @example "The partnership ended" */
  @IsOptional()
  @PlainText({ min: 0, max: 500 })
  reason?: string;
}

/** A person's own whole record. */
export class MeView {
  /** Id of the person, a UUIDv7. */
  id: string;
  /** The identity provider's id of the person. */
  clerkId: string;
  /** Name at the identity provider. @example "Maria Ivanova" */
  name: string;
  /** Name the person chose to be shown by; null: `name` is shown. @example "Mila" */
  displayName: string | null;
  /** Lower case; null while the provider has not told it. @example maria@example.com */
  email: string | null;
  /** Phone number, where the provider told one. @example "+359 88 123 4567" */
  phone: string | null;
  /** Address of the provider's picture. @example https://img.example.com/maria.png */
  avatar: string | null;
  /** A few words about the person. @example "I foster cats" */
  bio: string | null;
  /** What the account may do. @example user */
  role: UserRole;
  /** Persona chosen at onboarding. @example pet_lover */
  userType: UserType | null;
  /** Whether others see the details. @example true */
  isPublic: boolean;
  /** Warnings by moderators that stand; `GET /v1/me/decisions` says why. @example 0 */
  warningCount: number;
  /** Where the person lives, as they wrote it. @example Sofia */
  city: string | null;
  /** What the person does here, at most 12. @example ["finder", "rescuer"] */
  capabilities: string[];
  /** What a volunteer offers. @example ["transport"] */
  volunteerCapabilities: VolunteerCapability[];
  /** Whether a volunteer may be asked right now; null for others. @example offline */
  volunteerAvailability: VolunteerAvailability | null;
  /** Where a volunteer helps. @example Sofia */
  volunteerCity: string | null;
  /** Trade of a professional. @example veterinarian */
  professionalType: ProfessionalType | null;
  /** What a professional is good at. @example ["surgery"] */
  professionalSpecialties: string[];
  /** The pet service that a professional or business runs. */
  linkedPetServiceId: string | null;
  /** Told by pet lovers. @example true */
  hasPets: boolean | null;
  /** Told by pet lovers. @example ["dog", "cat"] */
  petTypes: PetType[];
  /** How far the person is trusted, from unverified to partner. @example unverified */
  verificationLevel: VerificationLevel;
  /** When the present level was given; null while unverified. */
  verifiedAt: Date | null;
  /** The admin who verified. */
  verifiedBy: string | null;
  /** Whether the welcome wizard was completed. @example true */
  onboardingCompleted: boolean;
  /** When it was completed last. */
  onboardingCompletedAt: Date | null;
  /** Whether the product tour was taken or dismissed. @example false */
  productTourCompleted: boolean;
  /** When that was, the first time. */
  productTourCompletedAt: Date | null;
  /** When the account was made. */
  createdAt: Date;
  /** When the record was changed last. */
  updatedAt: Date;
  /** Counts changes of the record; send it back with an edit. @example 3 */
  version: number;
}

/** Money in one currency. */
export class DonatedTotal {
  /** Minor units. @example 12550 */
  amount: number;
  /** ISO 4217. @example EUR */
  currency: string;
}

/** Donations of a person, added up. */
export class DonatedStats {
  /** Completed donations. @example 7 */
  count: number;
  /** What they add up to, per currency. */
  totals: DonatedTotal[];
}

/** What a person did here. Anonymous donations count for the donor and for admins only. */
export class UserStatsView {
  /** Completed donations. */
  donations: DonatedStats;
  /** Cases published and not hidden. @example 2 */
  casesCreated: number;
  /** Different cases donated to. @example 5 */
  animalsHelped: number;
}

/** A badge as others see it. */
export class EarnedBadge {
  /** Kind of badge. @example first_donation */
  type: string;
  /** When it was earned. */
  unlockedAt: Date;
}

/** A person as others see them. A private profile keeps its details, which are null then. */
export class PublicProfileView {
  /** Id of the person, a UUIDv7. */
  id: string;
  /** Name at the identity provider. @example "Maria Ivanova" */
  name: string;
  /** Name the person chose to be shown by; null: `name` is shown. @example "Mila" */
  displayName: string | null;
  /** Address of the provider's picture. @example https://img.example.com/maria.png */
  avatar: string | null;
  /** What the account may do. @example user */
  role: UserRole;
  /** How far the person is trusted, from unverified to partner. @example unverified */
  verificationLevel: VerificationLevel;
  /** What that level says about the person, to show beside it. @example "Nobody has checked this person yet." */
  verificationMeaning: string;
  /** Whether others see the details. @example true */
  isPublic: boolean;
  /** A few words about the person; null when the profile is private. */
  bio: string | null;
  /** Persona chosen at onboarding; null when the profile is private. */
  userType: UserType | null;
  /** What the person does here; null when the profile is private. */
  capabilities: string[] | null;
  /** Where the person lives; null when the profile is private. */
  city: string | null;
  /** People who follow the person. @example 12 */
  followerCount: number;
  /** People whom the person follows. @example 3 */
  followingCount: number;
  /** Newest first. */
  achievements: EarnedBadge[];
  /** What the person did here; null when the profile is private. */
  stats: UserStatsView | null;
  /** When the account was made. */
  createdAt: Date;
}

/** An account as admins see it after a change. */
export class AccountView {
  /** Id of the person, a UUIDv7. */
  id: string;
  /** Name at the identity provider. @example "Maria Ivanova" */
  name: string;
  /** Lower case; null while the provider has not told it. @example maria@example.com */
  email: string | null;
  /** What the account may do. @example user */
  role: UserRole;
  /** How far the person is trusted, from unverified to partner. @example unverified */
  verificationLevel: VerificationLevel;
  /** When the present level was given; null while unverified. */
  verifiedAt: Date | null;
  /** The admin who verified. */
  verifiedBy: string | null;
  /** Counts changes of the record; send it back with an edit. @example 3 */
  version: number;
}
