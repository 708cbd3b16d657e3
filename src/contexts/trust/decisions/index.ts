export { appealDecided, decisionMade } from './decisions.events.js';
export { DecisionsFacade, type NewDecision } from './decisions.facade.js';
export { PersonView } from './decisions.dto.js';
export { DecisionsModule } from './decisions.module.js';
