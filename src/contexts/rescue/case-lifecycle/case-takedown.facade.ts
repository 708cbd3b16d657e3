import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/tx.js';
import { CaseModerationFacade } from '../cases/index.js';
import { CaseLifecycleService } from './case-lifecycle.service.js';

/** Ends a case because moderation decided so. */
@Injectable()
export class CaseTakedownFacade {
  constructor(
    private readonly moderation: CaseModerationFacade,
    private readonly lifecycle: CaseLifecycleService,
  ) {}

  /**
   * Closes a case and takes it from the public (behaviour 2.21, `hide_case`); what is closed or hidden already
   * stays so. The reason is for the audit log, not for the evidence trail.
   * @returns whether anything changed
   */
  async takeDown(tx: Tx, actor: Actor, caseId: string, reason: string): Promise<boolean> {
    // Hiding locks the case, so that two decisions at once take turns.
    const hidden = await this.moderation.hide(tx, actor, caseId, reason);
    const open = (await this.moderation.find(tx, caseId))!.open;
    if (open) await this.lifecycle.move(tx, actor, caseId, 'closed_other', null);
    return hidden || open;
  }
}
