import { defineEvent } from '../../../platform/outbox/event.js';
import type { Sanction, TargetType } from '../targets/index.js';
import type { AppealDecision } from './appeal.entity.js';

/** Staff decided something about what is somebody's; the person can read why and may appeal. */
export const decisionMade = defineEvent<{
  decisionId: string;
  /** Whom it concerns, who is to be told. */
  userId: string;
  action: Sanction;
  targetType: TargetType;
  targetId: string;
  /** The case that it is about or hangs on. */
  caseId: string | null;
}>('trust.decision.made.v1');

/** Somebody else looked at a decision again. */
export const appealDecided = defineEvent<{
  appealId: string;
  /** Who appealed, who is to be told. */
  userId: string;
  decision: AppealDecision;
  caseId: string | null;
}>('trust.appeal.decided.v1');
