export { CaseSocialModule } from './case-social.module.js';
export { CaseCommentsFacade } from './case-comments.facade.js';
export { caseCommentAdded } from './case-comments.events.js';
