import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/tx.js';
import { AdoptionsService } from './adoptions.service.js';

/** What moderation may ask and do about listings in its own transaction. */
@Injectable()
export class AdoptionsFacade {
  constructor(private readonly adoptions: AdoptionsService) {}

  /** A listing, removed or not; null when there is none. */
  find(tx: Tx, id: string): Promise<{ id: string; listerId: string; caseId: string | null; text: string; deletedAt: Date | null } | null> {
    return this.adoptions.find(tx, id);
  }

  /**
   * Takes a listing from the public. Answers whether it was shown until now.
   * @throws AdoptionNotFound
   */
  hide(tx: Tx, actor: Actor, id: string, reason: string): Promise<boolean> {
    return this.adoptions.takeDown(tx, actor, id, reason);
  }

  /**
   * Shows a removed listing again.
   * @throws AdoptionNotFound
   */
  restore(tx: Tx, actor: Actor, id: string, reason: string | null): Promise<void> {
    return this.adoptions.restore(tx, actor, id, reason);
  }
}
