import { defineAuditAction } from '../../../platform/audit/audit-entry.js';

export const clinicClaimAudit = {
  submitted: defineAuditAction('clinic_claim_submitted', 'clinic_claim'),
  reviewing: defineAuditAction('clinic_claim_reviewing', 'clinic_claim'),
  paused: defineAuditAction('clinic_claim_paused', 'clinic_claim'),
  answered: defineAuditAction('clinic_claim_answered', 'clinic_claim'),
  reviewed: defineAuditAction('clinic_claim_reviewed', 'clinic_claim'),
};

export const petServiceClaimAudit = {
  submitted: defineAuditAction('pet_service_claim_submitted', 'pet_service_claim'),
  reviewing: defineAuditAction('pet_service_claim_reviewing', 'pet_service_claim'),
  paused: defineAuditAction('pet_service_claim_paused', 'pet_service_claim'),
  answered: defineAuditAction('pet_service_claim_answered', 'pet_service_claim'),
  reviewed: defineAuditAction('pet_service_claim_reviewed', 'pet_service_claim'),
};
