import { Injectable } from '@nestjs/common';
import { IsNull, LessThan } from 'typeorm';
import { SYSTEM } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { ReviewItem } from './review-item.entity.js';
import { reviewItemBreachedAction } from './review-queue.audit.js';
import { reviewItemBreached } from './review-queue.events.js';

/** Rows of one transaction: the audit log has one lock. */
const BATCH = 50;

/** Notices when something waits longer than was promised (decision 14). */
@Injectable()
export class ReviewClockService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Marks every clock that has run out, each once; answers how many. */
  async markBreaches(): Promise<number> {
    let marked = 0;
    for (;;) {
      const found = await this.database.transaction((tx) => this.markSome(tx));
      marked += found;
      if (found < BATCH) return marked;
    }
  }

  /** Marks what has run out on a locked item, before it changes. The caller saves the row. */
  note(tx: Tx, item: ReviewItem, now: Date): void {
    for (const { clock, dueAt } of item.breach(now)) {
      const facts = { kind: item.kind, sourceId: item.sourceId, clock, dueAt: dueAt.toISOString() };
      tx.audit(SYSTEM, reviewItemBreachedAction, item.id, facts);
      tx.publish(reviewItemBreached({ reviewItemId: item.id, ...facts }));
    }
  }

  /** Whoever is deciding one of them right now notes it by itself. */
  private async markSome(tx: Tx): Promise<number> {
    const now = this.clock.now();
    const waiting = { resolvedAt: IsNull(), pausedAt: IsNull(), dueAt: LessThan(now) };
    const items = await tx.manager.find(ReviewItem, {
      where: [
        { ...waiting, firstRespondedAt: IsNull(), firstResponseBreachedAt: IsNull(), firstResponseDueAt: LessThan(now) },
        { ...waiting, resolutionBreachedAt: IsNull(), resolutionDueAt: LessThan(now) },
      ],
      order: { dueAt: 'ASC' },
      take: BATCH,
      lock: { mode: 'for_no_key_update', onLocked: 'skip_locked' },
    });
    for (const item of items) {
      this.note(tx, item, now);
      await tx.manager.update(ReviewItem, item.id, { firstResponseBreachedAt: item.firstResponseBreachedAt, resolutionBreachedAt: item.resolutionBreachedAt });
    }
    return items.length;
  }
}
