import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import type { AuthorRole } from '../cases/index.js';
import { CaseUpdatesService } from './case-updates.service.js';

/** What other modules may add to the evidence trail in their own transaction. */
@Injectable()
export class CaseUpdatesFacade {
  constructor(private readonly updates: CaseUpdatesService) {}

  /**
   * Writes down that a case moved on.
   * @param milestone.authorId who moved it; null for the system
   * @param milestone.text at most 3000 characters
   */
  async appendMilestone(tx: Tx, milestone: { caseId: string; authorId: string | null; authorRole: AuthorRole; text: string }): Promise<void> {
    await this.updates.append(tx, { ...milestone, type: 'milestone' });
  }
}
