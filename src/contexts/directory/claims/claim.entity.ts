import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

export const CLAIM_STATUSES = ['pending', 'approved', 'rejected'] as const;
export type ClaimStatus = (typeof CLAIM_STATUSES)[number];

/** What somebody is at the business that they claim. */
export const CLAIMER_ROLES = ['Owner', 'Manager', 'Staff'] as const;
export type ClaimerRole = (typeof CLAIMER_ROLES)[number];

/** What staff asked a claimant, and the answer that they wait for. */
export interface ClaimQuestion {
  text: string;
  /** ISO 8601. */
  askedAt: string;
  answer: string | null;
  /** ISO 8601. */
  answeredAt: string | null;
}

/** One of them for each person and listing. */
const PENDING = { unique: true, where: `status = 'pending'` };

/** What the two tables of claims have in common. */
export abstract class Claim {
  @IdColumn() id: string;

  /** Who claims. */
  @RefColumn() @ForeignKey('User') userId: string;

  /** For staff and the claimant alone; null once the person is erased. */
  @Column({ type: 'text', nullable: true }) claimerEmail: string | null;

  /** For staff and the claimant alone. */
  @Column({ type: 'text', nullable: true }) claimerPhone: string | null;

  /** Proof that the claimant offers, at most 2000 characters; for staff and the claimant alone. */
  @Column({ type: 'text', nullable: true }) additionalInfo: string | null;

  /** Who ran the listing when it was claimed all the same, and was told (decision 24). */
  @RefColumn({ nullable: true }) @ForeignKey('User') contestedOwnerId: string | null;

  /** Staff decide from then on, for that owner's sake. */
  @TimeColumn({ nullable: true }) decideAfter: Date | null;

  /** The rejected claim that this one appeals against; there is one appeal for each. */
  @RefColumn({ nullable: true }) appealOfClaimId: string | null;

  /** Oldest first. The last one has no answer while the claimant is waited for. */
  @Column({ type: 'jsonb', default: () => `'[]'` }) questions: ClaimQuestion[];

  @RefColumn({ nullable: true }) @ForeignKey('User') reviewedBy: string | null;

  /** The staff account, where it was one. */
  @RefColumn({ nullable: true }) reviewedByStaff: string | null;

  @TimeColumn({ nullable: true }) reviewedAt: Date | null;

  /** The claimant reads it. */
  @Column({ type: 'text', nullable: true }) rejectionReason: string | null;

  @TimeColumn() createdAt: Date;

  /** What is claimed: a clinic or a pet service. */
  abstract listingId: string;
  abstract status: ClaimStatus;
  abstract claimerRole: ClaimerRole;

  /** The question that has no answer yet. */
  get openQuestion(): ClaimQuestion | null {
    const last = this.questions.at(-1);
    return last && last.answer === null ? last : null;
  }
}

/** Aggregate root. Somebody says that a clinic is theirs to run (spec table `clinicClaims`, behaviour 2.13). */
@Entity({ schema: 'directory', name: 'clinic_claims' })
@Index('ix_clinic_claims_by_clinic', ['listingId', 'status'])
@Index('ix_clinic_claims_by_user', ['userId', 'createdAt', 'id'])
@Index('ix_clinic_claims_by_status', ['status', 'createdAt', 'id'])
@Index('ux_clinic_claims_pending_of_person', ['userId', 'listingId'], PENDING)
@Index('ux_clinic_claims_appeal', ['appealOfClaimId'], { unique: true })
export class ClinicClaim extends Claim {
  @RefColumn({ name: 'clinic_id' }) @ForeignKey('Clinic') listingId: string;

  @ClosedSetColumn('clinic_claims', CLAIM_STATUSES, { default: 'pending' }) status: ClaimStatus;

  @ClosedSetColumn('clinic_claims', CLAIMER_ROLES) claimerRole: ClaimerRole;
}

/** Aggregate root. Somebody says that a pet service is theirs to run (spec table `petServiceClaims`, behaviour 2.14). */
@Entity({ schema: 'directory', name: 'pet_service_claims' })
@Index('ix_pet_service_claims_by_service', ['listingId', 'status'])
@Index('ix_pet_service_claims_by_user', ['userId', 'createdAt', 'id'])
@Index('ix_pet_service_claims_by_status', ['status', 'createdAt', 'id'])
@Index('ux_pet_service_claims_pending_of_person', ['userId', 'listingId'], PENDING)
@Index('ux_pet_service_claims_appeal', ['appealOfClaimId'], { unique: true })
export class PetServiceClaim extends Claim {
  @RefColumn({ name: 'pet_service_id' }) @ForeignKey('PetService') listingId: string;

  @ClosedSetColumn('pet_service_claims', CLAIM_STATUSES, { default: 'pending' }) status: ClaimStatus;

  @ClosedSetColumn('pet_service_claims', CLAIMER_ROLES) claimerRole: ClaimerRole;
}
