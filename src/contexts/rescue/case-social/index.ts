export { CaseSocialModule } from './case-social.module.js';
export { CaseCommentsFacade } from './case-comments.facade.js';
export { CommentNotFound } from './case-comments.errors.js';
export { caseCommentAdded } from './case-comments.events.js';
