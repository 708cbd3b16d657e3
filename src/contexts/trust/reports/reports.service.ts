import { Injectable } from '@nestjs/common';
import { In, MoreThanOrEqual } from 'typeorm';
import { SYSTEM, type UserActor } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { RateLimited } from '../../../platform/http/problem.js';
import { newId } from '../../../platform/ids.js';
import { REVIEW_PRIORITY, ReviewQueueFacade } from '../review-queue/index.js';
import { type ContentType, type ModerationTarget, ModerationTargets } from '../targets/index.js';
import { CASE_REPORTS, COMMUNITY_REPORTS, type ReportBook } from './report-books.js';
import { CaseReport, type CaseReportReason, CommunityReport, type CommunityReportReason, type RuleEvidence } from './report.entity.js';
import { reportEvidenceAdded } from './reports.audit.js';

const DAY_MS = 86_400_000;
const [CASE_REPORTS_A_DAY, COMMUNITY_REPORTS_A_WINDOW, COMMUNITY_WINDOW_MS] = [10, 6, 600_000];
const EXCERPT_LENGTH = 300;
const PENDING = In(['open', 'reviewing'] as const);

/** What a person reports. */
export interface Complaint<R> {
  reason: R;
  details: string | null;
}

/** Id of the report that now waits, and whether it is a new one. */
export interface Filed {
  id: string;
  created: boolean;
}

/** How often one person may report. */
interface Allowance {
  points: number;
  /** Reports since then count. */
  since: Date;
  /** When the next one is possible, given the oldest that counts. */
  until(oldest: Date): Date;
}

/** Files reports, by people and by rules (behaviour 2.21). */
@Injectable()
export class ReportsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly queue: ReviewQueueFacade,
    private readonly targets: ModerationTargets,
  ) {}

  /**
   * Reports a case: 10 in a UTC day. A person's report that still waits is answered again and costs nothing.
   * @throws CaseNotFound, RateLimited
   */
  reportCase(actor: UserActor, caseId: string, { reason, details }: Complaint<CaseReportReason>): Promise<Filed> {
    const createdAt = this.clock.now();
    const day = Math.floor(createdAt.getTime() / DAY_MS) * DAY_MS;
    const midnight = new Date(day + DAY_MS);
    return this.database.transaction(async (tx) => {
      const target = await this.targets.visible(tx, 'case', caseId);
      await this.takeTurns(tx, actor);
      const waiting = await tx.manager.findOneBy(CaseReport, { caseId, reporterId: actor.userId, status: PENDING });
      if (waiting) return { id: waiting.id, created: false };
      await this.assertAllowed(tx, actor, CASE_REPORTS, { points: CASE_REPORTS_A_DAY, since: new Date(day), until: () => midnight });
      const id = newId();
      await tx.manager.insert(CaseReport, { id, caseId, reason, details, reporterId: actor.userId, createdAt });
      await this.enqueue(tx, CASE_REPORTS, id, target, createdAt);
      tx.audit(actor, CASE_REPORTS.audit.created, id, { caseId, reportReason: reason });
      return { id, created: true };
    });
  }

  /**
   * Reports what somebody wrote: 6 in 10 minutes. A person's report that still waits is answered again and costs nothing.
   * @throws the 404 of the owning context; RateLimited
   */
  reportContent(actor: UserActor, targetType: ContentType, targetId: string, { reason, details }: Complaint<CommunityReportReason>): Promise<Filed> {
    return this.database.transaction(async (tx) => {
      const target = await this.targets.visible(tx, targetType, targetId);
      await this.takeTurns(tx, actor);
      const waiting = await tx.manager.findOneBy(CommunityReport, { targetType, targetId, reporterId: actor.userId, status: PENDING });
      if (waiting) return { id: waiting.id, created: false };
      const createdAt = this.clock.now();
      await this.assertAllowed(tx, actor, COMMUNITY_REPORTS, {
        points: COMMUNITY_REPORTS_A_WINDOW,
        since: new Date(createdAt.getTime() - COMMUNITY_WINDOW_MS + 1),
        until: (oldest) => new Date(oldest.getTime() + COMMUNITY_WINDOW_MS),
      });
      const id = newId();
      const about = { targetOwnerId: target.ownerId, caseId: target.caseId, excerpt: target.excerpt.slice(0, EXCERPT_LENGTH) };
      await tx.manager.insert(CommunityReport, { id, targetType, targetId, ...about, reason, details, reporterId: actor.userId, createdAt });
      await this.enqueue(tx, COMMUNITY_REPORTS, id, target, createdAt);
      tx.audit(actor, COMMUNITY_REPORTS.audit.created, id, { targetType, targetId, reportReason: reason });
      return { id, created: true };
    });
  }

  /**
   * Reports a case because a rule fired. While a report of that rule waits, what it saw is added there, so that a
   * moderator decides about all of it at once.
   */
  async reportByRule(tx: Tx, caseId: string, { rule, reason, evidence }: { rule: string; reason: CaseReportReason; evidence: RuleEvidence }): Promise<Filed | null> {
    const target = await this.targets.find(tx, 'case', caseId);
    if (!target) return null;
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`report:${rule}:${caseId}`]);
    const waiting = await tx.manager.findOne(CaseReport, { where: { caseId, rule, status: PENDING }, lock: { mode: 'for_no_key_update' } });
    if (waiting) {
      await tx.manager.update(CaseReport, waiting.id, { evidence: [...(waiting.evidence ?? []), evidence] as object[] });
      tx.audit(SYSTEM, reportEvidenceAdded, waiting.id, { caseId, rule, evidence });
      return { id: waiting.id, created: false };
    }
    const [id, createdAt] = [newId(), this.clock.now()];
    await tx.manager.insert(CaseReport, { id, caseId, reason, rule, evidence: [evidence] as object[], createdAt });
    await this.enqueue(tx, CASE_REPORTS, id, { ...target, urgent: true }, createdAt);
    tx.audit(SYSTEM, CASE_REPORTS.audit.created, id, { caseId, reportReason: reason, rule, evidence });
    return { id, created: true };
  }

  /** Who reported is forgotten with the person, and so is what is kept of what they wrote. */
  async forget(tx: Tx, userId: string): Promise<void> {
    await tx.manager.update(CaseReport, { reporterId: userId }, { reporterId: null });
    await tx.manager.update(CommunityReport, { reporterId: userId }, { reporterId: null });
    await tx.manager.update(CommunityReport, { targetOwnerId: userId }, { excerpt: null });
  }

  private enqueue(tx: Tx, { kind, clocks }: ReportBook, sourceId: string, target: ModerationTarget, openedAt: Date): Promise<void> {
    return this.queue.open(tx, { kind, sourceId, target, priority: target.urgent ? REVIEW_PRIORITY.high : REVIEW_PRIORITY.normal, openedAt, ...clocks });
  }

  /** Reports of one person take turns, so that the same one twice at once costs once, and the last one of a day is one. */
  private takeTurns(tx: Tx, { userId }: UserActor): Promise<unknown> {
    return tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`reports-of:${userId}`]);
  }

  /** Counted from the reports themselves, since only the transaction that files one knows whether it is a repeat. */
  private async assertAllowed(tx: Tx, { userId: reporterId }: UserActor, { entity, scope }: ReportBook, { points, since, until }: Allowance): Promise<void> {
    const counted = await tx.manager.find<CaseReport | CommunityReport>(entity, {
      select: { createdAt: true },
      where: { reporterId, createdAt: MoreThanOrEqual(since) },
      order: { createdAt: 'DESC' },
      take: points,
    });
    if (counted.length < points) return;
    const wait = until(counted.at(-1)!.createdAt).getTime() - this.clock.now().getTime();
    throw new RateLimited({ detail: `At most ${points} reports for now; try again later`, retryAfterSeconds: wait / 1_000, extra: { scope } });
  }
}
