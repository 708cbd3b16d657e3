import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/tx.js';
import { CaseTakedownFacade } from '../../rescue/case-lifecycle/index.js';
import { CaseModerationFacade, CaseNotFound } from '../../rescue/cases/index.js';
import type { ModerationTarget, TargetKind } from './moderation-target.js';

/** Cases. Taking one down closes it for good; an appeal can only show it again. */
@Injectable()
export class CaseTarget implements TargetKind {
  readonly context = 'rescue';
  readonly type = 'case';
  readonly notFound = CaseNotFound;

  constructor(
    private readonly cases: CaseModerationFacade,
    private readonly takedown: CaseTakedownFacade,
  ) {}

  async find(tx: Tx, id: string): Promise<ModerationTarget | null> {
    const found = await this.cases.find(tx, id);
    return (
      found && {
        context: this.context,
        type: this.type,
        id,
        ownerId: found.ownerId,
        involved: found.clinicOwnerId === null ? [] : [found.clinicOwnerId],
        caseId: id,
        excerpt: found.title,
        visible: !found.hidden,
        urgent: found.riskLevel === 'high',
      }
    );
  }

  hide(tx: Tx, actor: Actor, id: string, reason: string): Promise<boolean> {
    return this.takedown.takeDown(tx, actor, id, reason);
  }

  restore(tx: Tx, actor: Actor, id: string, reason: string | null): Promise<void> {
    return this.cases.restore(tx, actor, id, reason);
  }
}
