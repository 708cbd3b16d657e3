export { appealDecided, decisionMade } from './decisions.events.js';
export { DecisionsFacade, type NewDecision } from './decisions.facade.js';
export { DecisionsModule } from './decisions.module.js';
