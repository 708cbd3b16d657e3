import { Injectable } from '@nestjs/common';
import type { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { newId } from '../../../platform/ids.js';
import type { RecentEndorsements } from './case-endorsements.policy.js';

type Rules = Config['endorsements'];

/**
 * Every endorsement with what it is worth now: the endorser is trusted, and the account has some age
 * (behaviour 1.4). $1 now, $2 age in days, $3 donations, $4 own cases that ended well.
 */
const JUDGED = `
  SELECT e.id, e.case_id, e.qualified AS counted,
         u.created_at <= $1::timestamptz - $2::int * interval '1 day'
         AND (u.role IN ('clinic', 'admin') OR u.verification_level <> 'unverified'
              OR (SELECT coalesce(sum(d.donations), 0) FROM giving.donor_totals d WHERE d.user_id = e.user_id) >= $3::int
              OR (SELECT count(*) FROM rescue.cases own WHERE own.user_id = e.user_id AND own.lifecycle_stage = 'closed_success' AND own.hidden_at IS NULL) >= $4::int) AS qualified
    FROM rescue.case_endorsements e JOIN identity.public_users u ON u.id = e.user_id`;

const parametersOf = (now: Date, { accountDays, donations, successes }: Rules): unknown[] => [now, accountDays, donations, successes];

@Injectable()
export class CaseEndorsementsQueries {
  constructor(private readonly database: Database) {}

  async exists(userId: string, caseId: string): Promise<boolean> {
    return (await this.database.row(`SELECT 1 FROM rescue.case_endorsements WHERE user_id = $1 AND case_id = $2`, [userId, caseId])) !== null;
  }

  /** Puts an endorsement on a locked case; answers false when it was there. */
  async add(tx: Tx, caseId: string, userId: string, now: Date): Promise<boolean> {
    const added = await tx.query(
      `WITH added AS (INSERT INTO rescue.case_endorsements (id, user_id, case_id, created_at) VALUES ($1, $2, $3, $4)
                      ON CONFLICT (user_id, case_id) DO NOTHING RETURNING case_id),
            counted AS (UPDATE rescue.cases c SET endorsements_count = c.endorsements_count + 1 FROM added WHERE c.id = added.case_id)
       SELECT 1 FROM added`,
      [newId(), userId, caseId, now],
    );
    return added.length > 0;
  }

  /** Takes a person's endorsement off one case, or off all of them. */
  async remove(tx: Tx, userId: string, caseId: string | null): Promise<void> {
    await tx.query(
      `WITH removed AS (DELETE FROM rescue.case_endorsements WHERE user_id = $1 AND ($2::uuid IS NULL OR case_id = $2) RETURNING case_id)
       UPDATE rescue.cases c SET endorsements_count = c.endorsements_count - 1 FROM removed WHERE c.id = removed.case_id`,
      [userId, caseId],
    );
  }

  /** Judges each endorsement of a locked case anew, keeps the verdicts, and counts. */
  async recount(tx: Tx, caseId: string, now: Date, rules: Rules): Promise<{ count: number; qualified: number }> {
    const [row] = await tx.query<{ count: number; qualified: number }>(
      `WITH judged AS (${JUDGED} WHERE e.case_id = $5),
            changed AS (UPDATE rescue.case_endorsements e SET qualified = j.qualified FROM judged j WHERE e.id = j.id AND j.qualified <> j.counted)
       SELECT count(*)::int AS count, (count(*) FILTER (WHERE qualified))::int AS qualified FROM judged`,
      [...parametersOf(now, rules), caseId],
    );
    return row!;
  }

  /** Endorsements of a case within the burst window; null when one that reaches into it was flagged already. */
  async recent(tx: Tx, caseId: string, now: Date, { minutes, newAccountDays }: Rules['burst']): Promise<RecentEndorsements | null> {
    const [row] = await tx.query<RecentEndorsements & { flagged: boolean }>(
      `SELECT count(*)::int AS total, (count(*) FILTER (WHERE u.created_at > e.created_at - $4::int * interval '1 day'))::int AS "fromNewAccounts",
              EXISTS (SELECT FROM rescue.case_risk_points p WHERE p.case_id = $1 AND p.rule = 'endorsement_brigading' AND p.created_at > $2::timestamptz - $3::int * interval '1 minute') AS flagged
         FROM rescue.case_endorsements e JOIN identity.public_users u ON u.id = e.user_id
        WHERE e.case_id = $1 AND e.created_at > $2::timestamptz - $3::int * interval '1 minute'`,
      [caseId, now, minutes, newAccountDays],
    );
    return row!.flagged ? null : row!;
  }

  /** Unverified open cases where time or trust has changed what an endorsement is worth, or where enough of them count. */
  async dueForRecount(now: Date, rules: Rules): Promise<string[]> {
    const rows = await this.database.rows<{ id: string }>(
      `SELECT j.case_id AS id FROM (${JUDGED}) j JOIN rescue.cases c ON c.id = j.case_id
        WHERE c.verification_status = 'unverified' AND c.status <> 'closed' AND c.hidden_at IS NULL
        GROUP BY j.case_id
       HAVING bool_or(j.qualified <> j.counted) OR count(*) FILTER (WHERE j.qualified) >= $5
        ORDER BY j.case_id`,
      [...parametersOf(now, rules), rules.required],
    );
    return rows.map(({ id }) => id);
  }
}
