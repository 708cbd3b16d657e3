import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/tx.js';
import { AdoptionNotFound, AdoptionsFacade } from '../../rescue/adoptions/index.js';
import type { ModerationTarget, TargetKind } from './moderation-target.js';

/** Adoption listings. Hiding one removes it as its lister would. */
@Injectable()
export class AdoptionTarget implements TargetKind {
  readonly context = 'rescue';
  readonly type = 'adoption';
  readonly notFound = AdoptionNotFound;

  constructor(private readonly adoptions: AdoptionsFacade) {}

  async find(tx: Tx, id: string): Promise<ModerationTarget | null> {
    const listing = await this.adoptions.find(tx, id);
    if (!listing) return null;
    const { context, type } = this;
    return { context, type, id, ownerId: listing.listerId, involved: [], caseId: listing.caseId, excerpt: listing.text, visible: listing.deletedAt === null, urgent: false };
  }

  hide(tx: Tx, actor: Actor, id: string, reason: string): Promise<boolean> {
    return this.adoptions.hide(tx, actor, id, reason);
  }

  restore(tx: Tx, actor: Actor, id: string, reason: string | null): Promise<void> {
    return this.adoptions.restore(tx, actor, id, reason);
  }
}
