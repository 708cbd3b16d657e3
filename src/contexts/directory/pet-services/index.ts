export { PetServicesModule } from './pet-services.module.js';
export { PetServiceNotFound } from './pet-services.errors.js';
export { PetServicesService } from './pet-services.service.js';
