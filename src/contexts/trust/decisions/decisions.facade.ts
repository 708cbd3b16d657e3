import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import type { Tx } from '../../../platform/database/tx.js';
import { newId } from '../../../platform/ids.js';
import type { ModerationTarget, Sanction } from '../targets/index.js';
import { Decision } from './decision.entity.js';
import { decisionMade } from './decisions.events.js';

const DAY_MS = 86_400_000;

/** What the affected person reads where the moderator wrote nothing. */
const DEFAULT_REASONS: Record<Sanction, string> = {
  hide_case: 'A moderator closed this case and took it from the public, because it breaks the rules of the platform.',
  hide_content: 'A moderator took this from the public, because it breaks the rules of the platform.',
  lock_thread: 'A moderator closed this discussion, because it breaks the rules of the platform.',
  warn_user: 'A moderator looked at this and warns you: it breaks the rules of the platform.',
};

/** A decision that is made right now. */
export interface NewDecision {
  action: Sanction;
  target: Pick<ModerationTarget, 'context' | 'type' | 'id' | 'ownerId' | 'caseId'>;
  /** Shown to the owner; null takes a text that fits the action. Never names who reported. */
  reason: string | null;
  /** See `personOf`. */
  decidedBy: string | null;
  /** The report that led to it. */
  reportId: string | null;
  decidedAt: Date;
}

/** Writes down what was decided about somebody, in the transaction that decides it. */
@Injectable()
export class DecisionsFacade {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async state(tx: Tx, { action, target, reason, decidedBy, reportId, decidedAt }: NewDecision): Promise<void> {
    const id = newId();
    await tx.manager.insert(Decision, {
      id,
      userId: target.ownerId,
      action,
      targetContext: target.context,
      targetType: target.type,
      targetId: target.id,
      caseId: target.caseId,
      reason: reason ?? DEFAULT_REASONS[action],
      decidedBy,
      reportId,
      decidedAt,
      appealUntil: new Date(decidedAt.getTime() + this.config.appealWindowDays * DAY_MS),
    });
    tx.publish(decisionMade({ decisionId: id, userId: target.ownerId, action, targetType: target.type, targetId: target.id, caseId: target.caseId }));
  }
}
