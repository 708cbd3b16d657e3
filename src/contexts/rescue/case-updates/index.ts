export { CaseUpdatesModule } from './case-updates.module.js';
export { CaseUpdatesFacade } from './case-updates.facade.js';
export { caseUpdateAdded } from './case-updates.events.js';
