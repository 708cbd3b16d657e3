import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import type { Tx } from '../../../platform/database/tx.js';
import { IllegalTransition } from '../../../platform/http/problem.js';
import { Case, type LifecycleStage } from './case.entity.js';
import { CaseLock } from './case-lock.js';
import { lifecycleTransition } from './cases.audit.js';
import { caseChannel, caseClosed, caseLifecycleChanged } from './cases.events.js';
import type { AuthorRole } from './cases.policy.js';

/** A move that happened, and in which relation to the case it was made. */
export interface StageChange {
  from: LifecycleStage;
  to: LifecycleStage;
  role: AuthorRole;
}

/** Moves cases along their life (behaviour 2.5). */
@Injectable()
export class CaseStageService {
  constructor(
    private readonly clock: Clock,
    private readonly lock: CaseLock,
  ) {}

  async moveTo(tx: Tx, actor: Actor, caseId: string, stage: LifecycleStage, notes: string | null): Promise<StageChange> {
    const { row, role } = await this.lock.managed(tx, actor, caseId);
    const from = row.lifecycleStage;
    if (!row.canMoveTo(stage)) throw new IllegalTransition(`This case is in ${from} and cannot go to ${stage}`);
    const now = this.clock.now();
    row.moveTo(stage, notes, now);
    await tx.manager.update(Case, caseId, {
      lifecycleStage: row.lifecycleStage,
      lifecycleUpdatedAt: row.lifecycleUpdatedAt,
      status: row.status,
      closedAt: row.closedAt,
      closedReason: row.closedReason,
      closedNotes: row.closedNotes,
      updatedAt: now,
    });
    tx.audit(actor, lifecycleTransition, caseId, { before: { lifecycleStage: from }, after: { lifecycleStage: stage, status: row.status }, notes });
    tx.publish(caseLifecycleChanged({ caseId, ownerId: row.userId, from, to: stage }));
    if (row.closedReason) tx.publish(caseClosed({ caseId, ownerId: row.userId, reason: row.closedReason }));
    tx.signal(caseChannel(caseId), 'case.lifecycle', { from, to: stage, status: row.status, closedReason: row.closedReason, at: now.toISOString() });
    return { from, to: stage, role };
  }
}
