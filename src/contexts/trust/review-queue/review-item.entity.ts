import { Check, Column, Entity, Index } from 'typeorm';
import { IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

/** Kinds of things that wait for a decision. A context that brings a new kind adds it here; the column is open. */
export const REVIEW_KINDS = ['case_report', 'community_report', 'appeal', 'clinic_claim', 'pet_service_claim'] as const;
export type ReviewKind = (typeof REVIEW_KINDS)[number];

/** Which comes first: the smaller number. */
export const REVIEW_PRIORITY = { high: 1, normal: 2 } as const;
export type ReviewPriority = (typeof REVIEW_PRIORITY)[keyof typeof REVIEW_PRIORITY];

/** The two promises about every item: somebody looks at it, and it is decided. */
export type ReviewClock = 'first_response' | 'resolution';

const WAITING = { where: 'resolved_at IS NULL' };

/**
 * Aggregate root. One thing that waits for a decision of staff, whatever it is: what it is about, how urgent it is,
 * who is at it, and its two clocks (our addition; behaviour 2.21, decisions 14 and 24). The thing itself, such as a
 * report, is a row of the module that opened the item and knows what may be decided.
 */
@Entity({ schema: 'trust', name: 'review_items' })
@Index('ux_review_items_source', ['kind', 'sourceId'], { unique: true })
@Index('ix_review_items_queue', ['priority', 'dueAt', 'id'], WAITING)
@Index('ix_review_items_queue_of_kind', ['kind', 'priority', 'dueAt', 'id'], WAITING)
@Index('ix_review_items_due', ['dueAt'], WAITING)
@Index('ix_review_items_by_target', ['targetType', 'targetId'])
@Index('ix_review_items_decided', ['kind', 'resolvedAt'])
@Check('ck_review_items_claim', 'num_nulls(claimed_by, claimed_at, claimed_until) IN (0, 3)')
@Check('ck_review_items_paused_ms', 'paused_ms >= 0')
export class ReviewItem {
  @IdColumn() id: string;

  /** Which module asks, see `REVIEW_KINDS`. */
  @Column({ type: 'text' }) kind: ReviewKind;

  /** Row of the module that asks, such as the report. */
  @RefColumn() sourceId: string;

  /** Context that owns what it is about: `rescue`. */
  @Column({ type: 'text' }) targetContext: string;

  /** What it is about: `case`. */
  @Column({ type: 'text' }) targetType: string;

  @RefColumn() targetId: string;

  /** 1 is first; see `REVIEW_PRIORITY`. */
  @Column({ type: 'smallint' }) priority: ReviewPriority;

  @TimeColumn() openedAt: Date;

  @TimeColumn() firstResponseDueAt: Date;

  /** Moves on by every pause. */
  @TimeColumn() resolutionDueAt: Date;

  /** The next of the two promises that is still open, by which the queue is sorted. */
  @TimeColumn() dueAt: Date;

  @TimeColumn({ nullable: true }) firstRespondedAt: Date | null;

  @TimeColumn({ nullable: true }) resolvedAt: Date | null;

  /** The time at which the first response was due and was not there. */
  @TimeColumn({ nullable: true }) firstResponseBreachedAt: Date | null;

  /** The time at which the decision was due and was not there. */
  @TimeColumn({ nullable: true }) resolutionBreachedAt: Date | null;

  /** Since when the clock stands, because an answer of somebody else is waited for. */
  @TimeColumn({ nullable: true }) pausedAt: Date | null;

  /** How long it stood in pauses that are over, in milliseconds. */
  @Column({ type: 'bigint', default: 0, transformer: { to: (value: number) => value, from: Number } }) pausedMs: number;

  /** Who is at it: `user:<id>` or `staff:<id>`, see `personOf`. */
  @Column({ type: 'text', nullable: true }) claimedBy: string | null;

  @TimeColumn({ nullable: true }) claimedAt: Date | null;

  /** From then on anybody may take it. */
  @TimeColumn({ nullable: true }) claimedUntil: Date | null;

  /** Whether somebody else than `person` is at it. */
  isHeldAgainst(person: string | null, now: Date): boolean {
    return this.claimedBy !== null && this.claimedBy !== person && now < this.claimedUntil!;
  }

  claim(person: string, now: Date, minutes: number): void {
    if (this.claimedBy !== person) this.claimedAt = now;
    this.claimedBy = person;
    this.claimedUntil = new Date(now.getTime() + minutes * 60_000);
  }

  release(): void {
    this.claimedBy = this.claimedAt = this.claimedUntil = null;
  }

  /** Somebody looks at it: the first promise is kept and the second one counts. */
  respond(now: Date): void {
    this.firstRespondedAt ??= now;
    this.dueAt = this.resolutionDueAt;
  }

  /** The clock stands until an answer comes. Asking for one is a response. */
  pause(now: Date): void {
    this.respond(now);
    this.pausedAt ??= now;
  }

  /** The clock goes on where it stood: the decision is due later by just as long. */
  resume(now: Date): void {
    if (!this.pausedAt) return;
    const stood = now.getTime() - this.pausedAt.getTime();
    this.pausedMs += stood;
    this.resolutionDueAt = this.dueAt = new Date(this.resolutionDueAt.getTime() + stood);
    this.pausedAt = null;
  }

  resolve(now: Date): void {
    this.respond(now);
    this.resume(now);
    this.release();
    this.resolvedAt = now;
  }

  /** Marks the clocks that have run out by now and were not marked before; answers which. */
  breach(now: Date): { clock: ReviewClock; dueAt: Date }[] {
    const until = this.pausedAt ?? now;
    const breached: { clock: ReviewClock; dueAt: Date }[] = [];
    if (!this.firstRespondedAt && !this.firstResponseBreachedAt && this.firstResponseDueAt < until) {
      this.firstResponseBreachedAt = this.firstResponseDueAt;
      breached.push({ clock: 'first_response', dueAt: this.firstResponseDueAt });
    }
    if (!this.resolvedAt && !this.resolutionBreachedAt && this.resolutionDueAt < until) {
      this.resolutionBreachedAt = this.resolutionDueAt;
      breached.push({ clock: 'resolution', dueAt: this.resolutionDueAt });
    }
    return breached;
  }
}
