import { Inject, Injectable } from '@nestjs/common';
import { type Actor, personOf } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import type { Tx } from '../../../platform/database/tx.js';
import { newId } from '../../../platform/ids.js';
import { ReviewClockService } from './review-clock.service.js';
import { ReviewItem, type ReviewKind, type ReviewPriority } from './review-item.entity.js';
import { ReviewItemClaimed, ReviewItemDecided, ReviewItemNotFound } from './review-queue.errors.js';

const HOUR_MS = 3_600_000;

/** Something that begins to wait for a decision. */
export interface NewReviewItem {
  kind: ReviewKind;
  /** Row of the caller's that is decided about. */
  sourceId: string;
  /** What it is about, such as the reported case. */
  target: { context: string; type: string; id: string };
  priority: ReviewPriority;
  /** From when the clocks run. */
  openedAt: Date;
  firstResponseHours: number;
  resolutionHours: number;
}

/**
 * The queue of everything that waits for staff. Each command runs in the transaction that changes the caller's own
 * row, so that the two never differ; who may decide is the caller's to check.
 */
@Injectable()
export class ReviewQueueFacade {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly clocks: ReviewClockService,
  ) {}

  /** Begins to wait, and starts both clocks. */
  async open(tx: Tx, { kind, sourceId, target, priority, openedAt, firstResponseHours, resolutionHours }: NewReviewItem): Promise<void> {
    const firstResponseDueAt = new Date(openedAt.getTime() + firstResponseHours * HOUR_MS);
    await tx.manager.insert(ReviewItem, {
      id: newId(),
      kind,
      sourceId,
      targetContext: target.context,
      targetType: target.type,
      targetId: target.id,
      priority,
      openedAt,
      firstResponseDueAt,
      resolutionDueAt: new Date(openedAt.getTime() + resolutionHours * HOUR_MS),
      dueAt: firstResponseDueAt,
    });
  }

  /**
   * Takes an item for one person until the claim expires; taking one's own again extends it.
   * @throws ReviewItemClaimed naming until when, while somebody else's claim stands; ReviewItemDecided
   */
  claim(tx: Tx, actor: Actor, kind: ReviewKind, sourceId: string): Promise<void> {
    return this.change(tx, actor, kind, sourceId, (item, now) => {
      const person = personOf(actor);
      if (person !== null) item.claim(person, now, this.config.reviewClaimMinutes);
    });
  }

  /**
   * Gives an item back before its claim expires.
   * @throws ReviewItemClaimed for somebody else's; ReviewItemDecided
   */
  release(tx: Tx, actor: Actor, kind: ReviewKind, sourceId: string): Promise<void> {
    return this.change(tx, actor, kind, sourceId, (item) => item.release());
  }

  /**
   * Somebody looks at it: stops the first clock, once.
   * @throws ReviewItemClaimed, ReviewItemDecided
   */
  respond(tx: Tx, actor: Actor, kind: ReviewKind, sourceId: string): Promise<void> {
    return this.change(tx, actor, kind, sourceId, (item, now) => item.respond(now));
  }

  /**
   * Stops the clock while an answer from outside is waited for; that question counts as the first response.
   * @throws ReviewItemClaimed, ReviewItemDecided
   */
  pause(tx: Tx, actor: Actor, kind: ReviewKind, sourceId: string): Promise<void> {
    return this.change(tx, actor, kind, sourceId, (item, now) => item.pause(now));
  }

  /**
   * Lets the clock go on; whoever was asked may answer while somebody holds the item.
   * @throws ReviewItemDecided
   */
  async resume(tx: Tx, kind: ReviewKind, sourceId: string): Promise<void> {
    const item = await this.lock(tx, kind, sourceId);
    item.resume(this.clock.now());
    await this.save(tx, item);
  }

  /**
   * It is decided: both clocks stop, the claim ends.
   * @throws ReviewItemClaimed, ReviewItemDecided
   */
  resolve(tx: Tx, actor: Actor, kind: ReviewKind, sourceId: string): Promise<void> {
    return this.change(tx, actor, kind, sourceId, (item, now) => item.resolve(now));
  }

  /** Moves everything that waits about one target forward or back. */
  async reprioritise(tx: Tx, target: { type: string; id: string }, priority: ReviewPriority): Promise<void> {
    await tx.query(`UPDATE trust.review_items SET priority = $3 WHERE target_type = $1 AND target_id = $2 AND resolved_at IS NULL AND priority <> $3`, [
      target.type,
      target.id,
      priority,
    ]);
  }

  private async change(tx: Tx, actor: Actor, kind: ReviewKind, sourceId: string, act: (item: ReviewItem, now: Date) => void): Promise<void> {
    const item = await this.lock(tx, kind, sourceId);
    const now = this.clock.now();
    if (personOf(actor) !== null && item.isHeldAgainst(personOf(actor), now)) {
      const claimedUntil = item.claimedUntil!.toISOString();
      throw new ReviewItemClaimed({ detail: `Somebody else is at this until ${claimedUntil}, unless they give it back before`, extra: { claimedUntil } });
    }
    this.clocks.note(tx, item, now);
    act(item, now);
    await this.save(tx, item);
  }

  private async lock(tx: Tx, kind: ReviewKind, sourceId: string): Promise<ReviewItem> {
    const item = await tx.lock(ReviewItem, { kind, sourceId });
    if (!item) throw new ReviewItemNotFound();
    if (item.resolvedAt) throw new ReviewItemDecided();
    return item;
  }

  private async save(tx: Tx, { id, ...item }: ReviewItem): Promise<void> {
    await tx.manager.update(ReviewItem, id, item);
  }
}
