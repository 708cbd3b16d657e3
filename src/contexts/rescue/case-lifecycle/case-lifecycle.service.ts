import { Injectable } from '@nestjs/common';
import { type Actor, userIdOf } from '../../../platform/auth/actor.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { CaseUpdatesFacade } from '../case-updates/index.js';
import { CasesFacade, type LifecycleStage } from '../cases/index.js';

/** What the milestone of a move says. */
const MILESTONES: Record<LifecycleStage, string> = {
  active_treatment: 'In treatment.',
  seeking_adoption: 'Treatment is over. Looking for a home now.',
  closed_success: 'Closed with a happy ending.',
  closed_transferred: 'Closed: somebody else has taken over.',
  closed_other: 'Closed.',
};

/** Takes cases through their life and writes each step into the evidence trail (behaviour 2.5). */
@Injectable()
export class CaseLifecycleService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesFacade,
    private readonly updates: CaseUpdatesFacade,
  ) {}

  /**
   * Moves a case by one of its managers; stage, milestone, audit and signals are one transaction.
   * @throws CaseNotFound, Forbidden, IllegalTransition
   */
  moveCase(actor: Actor, caseId: string, stage: LifecycleStage, notes: string | null): Promise<void> {
    return this.database.transaction((tx) => this.move(tx, actor, caseId, stage, notes));
  }

  /** The same in a transaction of the caller's. */
  async move(tx: Tx, actor: Actor, caseId: string, stage: LifecycleStage, notes: string | null): Promise<void> {
    const { role } = await this.cases.moveTo(tx, actor, caseId, stage, notes);
    const text = notes ? `${MILESTONES[stage]} ${notes}` : MILESTONES[stage];
    await this.updates.appendMilestone(tx, { caseId, authorId: userIdOf(actor), authorRole: role, text });
  }
}
