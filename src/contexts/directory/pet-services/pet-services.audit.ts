import { defineAuditAction } from '../../../platform/audit/audit-entry.js';

export const petServiceRegistered = defineAuditAction('pet_service_registered', 'pet_service');
export const petServiceUpdated = defineAuditAction('pet_service_updated', 'pet_service');
export const petServiceOwnerAssigned = defineAuditAction('pet_service_owner_assigned', 'pet_service');
export const petServiceOwnerRevoked = defineAuditAction('pet_service_owner_revoked', 'pet_service');
export const petServicesImported = defineAuditAction('pet_services_imported', 'pet_service_import');
