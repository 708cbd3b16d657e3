import { defineEvent } from '../../../platform/outbox/event.js';

/** Somebody wrote a comment on a case. */
export const caseCommentAdded = defineEvent<{
  caseId: string;
  caseOwnerId: string;
  commentId: string;
  authorId: string;
  /** Who wrote the comment that this one answers; null when it answers none. */
  parentAuthorId: string | null;
}>('rescue.case_comment.added.v1');
