export { CaseEndorsementsModule } from './case-endorsements.module.js';
