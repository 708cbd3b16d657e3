export { AdoptionNotFound } from './adoptions.errors.js';
export { adoptionAdopted, adoptionInterestExpressed } from './adoptions.events.js';
export { AdoptionsFacade } from './adoptions.facade.js';
export { AdoptionsModule } from './adoptions.module.js';
