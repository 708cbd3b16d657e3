import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';
import { USER_ROLES, type UserRole } from '../../../platform/auth/actor.js';

export const USER_TYPES = ['individual', 'organization', 'pet_lover', 'volunteer', 'professional', 'business', 'exploring'] as const;
export type UserType = (typeof USER_TYPES)[number];

/** The personas that onboarding offers; the other two are stored from former times (behaviour 1.2). */
export const ONBOARDING_USER_TYPES = ['pet_lover', 'volunteer', 'professional', 'business', 'exploring'] as const satisfies UserType[];
export type OnboardingUserType = (typeof ONBOARDING_USER_TYPES)[number];

export const VOLUNTEER_CAPABILITIES = ['transport', 'fostering', 'rescue', 'events', 'social_media', 'general'] as const;
export type VolunteerCapability = (typeof VOLUNTEER_CAPABILITIES)[number];

export const PET_TYPES = ['dog', 'cat', 'bird', 'other'] as const;
export type PetType = (typeof PET_TYPES)[number];

export const VOLUNTEER_AVAILABILITIES = ['available', 'busy', 'offline'] as const;
export type VolunteerAvailability = (typeof VOLUNTEER_AVAILABILITIES)[number];

export const PROFESSIONAL_TYPES = ['veterinarian', 'groomer', 'trainer', 'pet_sitter', 'other'] as const;
export type ProfessionalType = (typeof PROFESSIONAL_TYPES)[number];

/** From least to most trusted (behaviour 1.3). */
export const VERIFICATION_LEVELS = ['unverified', 'community', 'clinic', 'partner'] as const;
export type VerificationLevel = (typeof VERIFICATION_LEVELS)[number];

/**
 * Aggregate root. One account per person, mirrored from the identity provider (spec table `users`,
 * behaviour 2.1). Personal columns (`name` aside) never leave through a public answer; other contexts read
 * the view `identity.public_users`.
 */
@Entity({ schema: 'identity', name: 'users' })
@Index('ix_users_by_clerk_id', ['clerkId'], { unique: true })
@Index('ix_users_by_onboarding', ['onboardingCompleted'])
@Index('ix_users_by_user_type', ['userType'])
@Index('ix_users_by_volunteer_availability', ['volunteerAvailability'])
@Index('ix_users_email', ['email'])
export class User {
  @IdColumn() id: string;

  /** The identity provider's id of the person; a tombstone after erasure. */
  @Column({ type: 'text' }) clerkId: string;

  @Column({ type: 'text' }) name: string;

  /** Lower case. Null after erasure, or while the provider has not told it. Never shown to others. */
  @Column({ type: 'text', nullable: true }) email: string | null;

  /** URL of the provider's picture. */
  @Column({ type: 'text', nullable: true }) avatar: string | null;

  /** Never shown to others. */
  @Column({ type: 'text', nullable: true }) phone: string | null;

  @ClosedSetColumn('users', USER_ROLES, { default: 'user' }) role: UserRole;

  @TimeColumn() createdAt: Date;

  @Column({ type: 'text', nullable: true }) displayName: string | null;

  @Column({ type: 'text', nullable: true }) bio: string | null;

  /** Behaviour 2.1: new accounts are public. */
  @Column({ type: 'boolean', default: true }) isPublic: boolean;

  @Column({ type: 'boolean', default: false }) onboardingCompleted: boolean;

  @TimeColumn({ nullable: true }) onboardingCompletedAt: Date | null;

  @ClosedSetColumn('users', USER_TYPES, { nullable: true }) userType: UserType | null;

  @Column({ type: 'text', array: true, default: () => `'{}'` }) volunteerCapabilities: VolunteerCapability[];

  /** Opt-in; null until the person volunteers. */
  @ClosedSetColumn('users', VOLUNTEER_AVAILABILITIES, { nullable: true }) volunteerAvailability: VolunteerAvailability | null;

  @Column({ type: 'text', nullable: true }) volunteerCity: string | null;

  @ClosedSetColumn('users', PROFESSIONAL_TYPES, { nullable: true }) professionalType: ProfessionalType | null;

  @Column({ type: 'text', array: true, default: () => `'{}'` }) professionalSpecialties: string[];

  /** The pet service a professional or business runs. */
  @RefColumn({ nullable: true }) linkedPetServiceId: string | null;

  @Column({ type: 'boolean', nullable: true }) hasPets: boolean | null;

  @Column({ type: 'text', array: true, default: () => `'{}'` }) petTypes: PetType[];

  @Column({ type: 'text', nullable: true }) city: string | null;

  /** Warnings by moderators that stand; nothing follows from their number by itself (behaviour 2.21). */
  @Column({ type: 'integer', default: 0 }) warningCount: number;

  @TimeColumn({ nullable: true }) verifiedAt: Date | null;

  /** The admin who verified. */
  @RefColumn({ nullable: true }) @ForeignKey('User') verifiedBy: string | null;

  /** What the person does here; at most 12, donor is implied. */
  @Column({ type: 'text', array: true, default: () => `'{}'` }) capabilities: string[];

  @ClosedSetColumn('users', VERIFICATION_LEVELS, { default: 'unverified' }) verificationLevel: VerificationLevel;

  @Column({ type: 'boolean', default: false }) productTourCompleted: boolean;

  @TimeColumn({ nullable: true }) productTourCompletedAt: Date | null;

  /** Time of the provider's last change that was taken over; older webhooks are ignored. */
  @TimeColumn({ nullable: true }) providerUpdatedAt: Date | null;

  /** Set by erasure: tokens issued before it are refused (decision 20). */
  @TimeColumn({ nullable: true }) deletedAt: Date | null;

  @TimeColumn() updatedAt: Date;

  /** Counts edits, for `If-Match`. */
  @Column({ type: 'integer', default: 1 }) version: number;
}
