import { Inject, Injectable } from '@nestjs/common';
import { type Actor, SYSTEM, type UserActor } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { type Quota, Quotas } from '../../../platform/limits/quotas.js';
import { type Case, CaseClosed, CaseNotFound, CasesFacade } from '../cases/index.js';
import { endorsementBrigadingFlagged } from './case-endorsements.audit.js';
import type { EndorsementView } from './case-endorsements.dto.js';
import { SelfEndorse } from './case-endorsements.errors.js';
import { BRIGADING_FLAG, earnsCommunity, isBurst } from './case-endorsements.policy.js';
import { CaseEndorsementsQueries } from './case-endorsements.queries.js';

/** People vouch for cases; enough of them verify one, and a burst of new accounts raises its risk (behaviour 1.4). */
@Injectable()
export class CaseEndorsementsService {
  private readonly rules: Config['endorsements'];
  private readonly quota: Quota;

  constructor(
    @Inject(CONFIG) { endorsements }: Config,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly quotas: Quotas,
    private readonly cases: CasesFacade,
    private readonly queries: CaseEndorsementsQueries,
  ) {
    this.rules = endorsements;
    this.quota = { scope: 'case.endorse', points: endorsements.perDay, window: 'utc-day' };
  }

  /**
   * Vouches for a case. All that follows is decided while the case is locked, so that of several parallel
   * endorsements one promotes it and one reports the burst.
   * @throws CaseNotFound, SelfEndorse, CaseClosed
   * @throws RateLimited after the quota of a UTC day; a repeat and a refusal cost nothing
   */
  async endorse(actor: UserActor, caseId: string): Promise<EndorsementView> {
    const repeated = await this.queries.exists(actor.userId, caseId);
    // Before the transaction: the quota needs a connection of its own, and whoever waits for the lock holds one.
    if (!repeated) await this.quotas.spend(this.quota, actor.userId);
    let added = false;
    try {
      return await this.database.transaction(async (tx) => {
        const row = await this.lockPublic(tx, actor, caseId);
        if (row.userId === actor.userId) throw new SelfEndorse();
        if (row.closed && !repeated) throw new CaseClosed('This case is closed; it needs no endorsements any more');
        added = !row.closed && (await this.queries.add(tx, caseId, actor.userId, this.clock.now()));
        if (added) await this.lookForBrigading(tx, row);
        return { endorsed: true, ...(await this.countAndPromote(tx, row)) };
      });
    } finally {
      if (!repeated && !added) await this.quotas.refund(this.quota, actor.userId);
    }
  }

  /**
   * Vouches for a case no longer. A verification that it led to stays: staff lower it, with a reason.
   * @throws CaseNotFound
   */
  withdraw(actor: UserActor, caseId: string): Promise<EndorsementView> {
    return this.database.transaction(async (tx) => {
      const { verificationStatus } = await this.lockPublic(tx, actor, caseId);
      await this.queries.remove(tx, actor.userId, caseId);
      const counts = await this.queries.recount(tx, caseId, this.clock.now(), this.rules);
      return { endorsed: false, ...counts, required: this.rules.required, verificationStatus };
    });
  }

  /**
   * Counts again where an endorser became trusted or old enough since, or the suspicion was lifted.
   * @returns how many cases were counted
   */
  async recountDue(): Promise<number> {
    const due = await this.queries.dueForRecount(this.clock.now(), this.rules);
    for (const id of due) {
      await this.database.transaction(async (tx) => {
        const row = await this.cases.lockVisible(tx, SYSTEM, id);
        if (!row.hiddenAt) await this.countAndPromote(tx, row);
      });
    }
    return due.length;
  }

  /** Marks on a hidden case are nobody's business, its owner's included. */
  private async lockPublic(tx: Tx, actor: Actor, caseId: string): Promise<Case> {
    const row = await this.cases.lockVisible(tx, actor, caseId);
    if (row.hiddenAt) throw new CaseNotFound();
    return row;
  }

  private async countAndPromote(tx: Tx, row: Case): Promise<Omit<EndorsementView, 'endorsed'>> {
    const { required } = this.rules;
    const { count, qualified } = await this.queries.recount(tx, row.id, this.clock.now(), this.rules);
    if (earnsCommunity(row, qualified, required)) await this.cases.verifyByCommunity(tx, row, { endorsements: count, qualified, required });
    return { count, qualified, required, verificationStatus: row.verificationStatus };
  }

  private async lookForBrigading(tx: Tx, row: Case): Promise<void> {
    const { burst } = this.rules;
    const recent = await this.queries.recent(tx, row.id, this.clock.now(), burst);
    if (!recent || !isBurst(recent, burst)) return;
    await this.cases.raiseRisk(
      tx,
      row,
      {
        rule: 'endorsement_brigading',
        level: 'high',
        flags: [BRIGADING_FLAG],
        evidence: { endorsements: recent.total, fromNewAccounts: recent.fromNewAccounts, ...burst },
        reportReason: 'suspected_scam',
      },
      endorsementBrigadingFlagged,
    );
  }
}
