export { claimContested, claimDecided, claimQuestionAsked, claimSubmitted } from './claims.events.js';
export { ClaimsModule } from './claims.module.js';
