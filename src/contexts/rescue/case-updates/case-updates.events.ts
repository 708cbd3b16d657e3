import { defineEvent } from '../../../platform/outbox/event.js';
import type { UpdateType } from '../cases/index.js';

/** Somebody added to a case's evidence trail. */
export const caseUpdateAdded = defineEvent<{
  caseId: string;
  updateId: string;
  /** Null for the system. */
  authorId: string | null;
  type: UpdateType;
}>('rescue.case_update.added.v1');
