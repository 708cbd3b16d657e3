export { ClinicNotFound } from './clinics.errors.js';
export { clinicOwnershipRevoked } from './clinics.events.js';
export { ClinicsModule } from './clinics.module.js';
export { ClinicsService } from './clinics.service.js';
