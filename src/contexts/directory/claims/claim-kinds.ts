import { Injectable, type Type } from '@nestjs/common';
import type { AuditAction } from '../../../platform/audit/audit-entry.js';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/tx.js';
import type { ProblemClass } from '../../../platform/http/problem.js';
import type { ReviewKind } from '../../trust/review-queue/index.js';
import { ClinicsService } from '../clinics/index.js';
import { PetServicesService } from '../pet-services/index.js';
import { type Claim, ClinicClaim, PetServiceClaim } from './claim.entity.js';
import { clinicClaimAudit, petServiceClaimAudit } from './claims.audit.js';
import { ClinicAlreadyClaimed, PetServiceAlreadyClaimed } from './claims.errors.js';
import type { Listing } from './claims.policy.js';

export const CLAIM_KINDS = ['clinic', 'pet_service'] as const;
export type ClaimKindName = (typeof CLAIM_KINDS)[number];

/** In what claims of clinics and of pet services differ; the rest is one mechanism. */
export interface ClaimKind {
  name: ClaimKindName;
  reviewKind: Extract<ReviewKind, 'clinic_claim' | 'pet_service_claim'>;
  entity: Type<Claim>;
  audit: Record<'submitted' | 'reviewing' | 'paused' | 'answered' | 'reviewed', AuditAction>;
  /** Refuses a listing that is somebody's. */
  AlreadyClaimed: ProblemClass;
  /** Whether listings that never close are looked at sooner. */
  fastTrack: boolean;
  /** Locks a listing, which every command on a claim about it does first. */
  lock(tx: Tx, listingId: string): Promise<Listing>;
  /** Makes somebody run a locked listing, with all that follows for them and for who ran it before. */
  give(tx: Tx, actor: Actor, listingId: string, ownerId: string): Promise<void>;
}

const REASON = 'claim approved';

@Injectable()
export class ClaimKinds {
  readonly clinic: ClaimKind;
  readonly petService: ClaimKind;
  readonly all: readonly ClaimKind[];

  constructor(clinics: ClinicsService, petServices: PetServicesService) {
    this.clinic = {
      name: 'clinic',
      reviewKind: 'clinic_claim',
      entity: ClinicClaim,
      audit: clinicClaimAudit,
      AlreadyClaimed: ClinicAlreadyClaimed,
      fastTrack: true,
      lock: (tx, id) => clinics.lock(tx, id),
      give: (tx, actor, id, ownerId) => clinics.giveTo(tx, actor, id, ownerId, REASON),
    };
    this.petService = {
      name: 'pet_service',
      reviewKind: 'pet_service_claim',
      entity: PetServiceClaim,
      audit: petServiceClaimAudit,
      AlreadyClaimed: PetServiceAlreadyClaimed,
      fastTrack: false,
      lock: (tx, id) => petServices.lock(tx, id),
      give: (tx, actor, id, ownerId) => petServices.giveTo(tx, actor, id, ownerId, REASON),
    };
    this.all = [this.clinic, this.petService];
  }
}
