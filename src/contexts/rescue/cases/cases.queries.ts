import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import type { CaseStatus, LifecycleStage } from './case.entity.js';

export type DonationBlockReason = 'CASE_CLOSED' | 'CASE_HIGH_RISK';

/** A case as somebody who wants to give to it needs it. */
export interface DonationTarget {
  id: string;
  ownerId: string;
  title: string;
  currency: string;
  /** Minor units. */
  goal: number;
  /** Minor units. */
  current: number;
  status: CaseStatus;
  lifecycleStage: LifecycleStage;
  /** Hidden by a moderator: for everybody but owner and staff it does not exist. */
  hidden: boolean;
  isDonationAllowed: boolean;
  /** Why not, when the gate is closed; null for a hidden case that would otherwise pass. */
  donationBlockReason: DonationBlockReason | null;
}

const DONATION_TARGET = `
  SELECT c.id, c.user_id AS "ownerId", c.title, c.fundraising_currency AS currency, c.fundraising_goal::float8 AS goal,
         c.fundraising_current::float8 AS current, c.status, c.lifecycle_stage AS "lifecycleStage",
         c.hidden_at IS NOT NULL AS hidden, c.hidden_at IS NULL AND g.reason IS NULL AS "isDonationAllowed", g.reason AS "donationBlockReason"
    FROM rescue.cases c,
         LATERAL (SELECT rescue.donation_block_reason(c.status, c.lifecycle_stage, c.verification_status, c.risk_level) AS reason) g
   WHERE c.id = $1`;

/** Reads of cases. Hot ones are one statement each. */
@Injectable()
export class CasesQueries {
  constructor(private readonly database: Database) {}

  donationTarget(caseId: string): Promise<DonationTarget | null> {
    return this.database.row<DonationTarget>(DONATION_TARGET, [caseId]);
  }

  async lockDonationTarget(tx: Tx, caseId: string): Promise<DonationTarget | null> {
    return (await tx.query<DonationTarget>(`${DONATION_TARGET} FOR SHARE OF c`, [caseId]))[0] ?? null;
  }
}
