import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/tx.js';
import { Case, type RiskLevel } from './case.entity.js';
import { CaseLock } from './case-lock.js';
import { CaseModerationService } from './case-moderation.service.js';

/** A case as moderation needs to know it. */
export interface ModeratedCase {
  id: string;
  ownerId: string;
  /** Owner of the linked clinic, who manages the case as well. */
  clinicOwnerId: string | null;
  title: string;
  riskLevel: RiskLevel;
  hidden: boolean;
  /** Whether it can still be closed. */
  open: boolean;
}

/** What moderation may ask and do about cases in its own transaction. */
@Injectable()
export class CaseModerationFacade {
  constructor(
    private readonly lock: CaseLock,
    private readonly moderation: CaseModerationService,
  ) {}

  /** A case, hidden or not; null when there is none. */
  async find(tx: Tx, id: string): Promise<ModeratedCase | null> {
    const row = await tx.manager.findOneBy(Case, { id });
    if (!row) return null;
    const clinic = row.clinicId === null ? null : await this.lock.clinic(tx, row.clinicId);
    const { userId: ownerId, title, riskLevel } = row;
    return { id, ownerId, clinicOwnerId: clinic?.ownerId ?? null, title, riskLevel, hidden: row.hiddenAt !== null, open: row.canMoveTo('closed_other') };
  }

  /**
   * Takes a case from the public as the outcome of a report; answers whether it was shown until now.
   * @throws CaseNotFound
   */
  hide(tx: Tx, actor: Actor, id: string, reason: string): Promise<boolean> {
    return this.moderation.hideIn(tx, actor, id, reason, true);
  }

  /**
   * Shows a hidden case again. Repeating it changes nothing.
   * @throws CaseNotFound
   */
  restore(tx: Tx, actor: Actor, id: string, reason: string | null): Promise<void> {
    return this.moderation.restoreIn(tx, actor, id, reason);
  }
}
