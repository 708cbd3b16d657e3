export { ClinicsModule } from './clinics.module.js';
