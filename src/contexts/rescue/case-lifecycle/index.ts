export { CaseLifecycleModule } from './case-lifecycle.module.js';
export { CaseTakedownFacade } from './case-takedown.facade.js';
