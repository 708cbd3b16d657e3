import { defineEvent } from '../../../platform/outbox/event.js';
import type { CaseCategory, CaseType, ClosedReason } from './case.entity.js';

/** A case went public. */
export const casePublished = defineEvent<{
  caseId: string;
  ownerId: string;
  type: CaseType;
  category: CaseCategory;
  /** Key of the city, see `cityKey`. */
  cityKey: string;
}>('rescue.case.published.v1');

/** A case takes nothing any more and its outcome is known. */
export const caseClosed = defineEvent<{ caseId: string; ownerId: string; reason: ClosedReason }>('rescue.case.closed.v1');

/** Live channel of one case. */
export const caseChannel = (caseId: string): string => `case:${caseId}`;
