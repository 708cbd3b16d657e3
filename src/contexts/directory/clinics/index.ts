export { clinicOwnershipRevoked } from './clinics.events.js';
export { ClinicsModule } from './clinics.module.js';
