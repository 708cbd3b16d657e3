import { defineAuditAction } from '../../../platform/audit/audit-entry.js';

export const clinicCreated = defineAuditAction('clinic_created', 'clinic');
export const clinicUpdated = defineAuditAction('clinic_updated', 'clinic');
export const clinicOwnerAssigned = defineAuditAction('clinic_owner_assigned', 'clinic');
export const clinicOwnerRevoked = defineAuditAction('clinic_owner_revoked', 'clinic');
export const clinicsImported = defineAuditAction('clinics_imported', 'clinic_import');
