import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { newId } from '../../../platform/ids.js';
import { CaseNotFound } from '../cases/index.js';

/** What a person may put on a case, and the column of `rescue.cases` that counts it. */
const MARKS = {
  like: marking('likes', 'likes_count'),
  save: marking('saved_cases', 'saves_count'),
} as const;
export type Mark = keyof typeof MARKS;

/**
 * Likes and saves: each one statement, and therefore one transaction, that changes the row and the count
 * together. The unique index lets one of several parallel calls win; the counter is changed relative to its
 * committed value, so that both are exact.
 */
@Injectable()
export class CaseSocialQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Puts a mark on a public case; it stays when it is there already.
   * @returns how many people have put it
   * @throws CaseNotFound
   */
  async put(mark: Mark, userId: string, caseId: string): Promise<number> {
    return count(await this.database.row(MARKS[mark].put, [caseId, userId, newId(), this.clock.now()]));
  }

  /**
   * Takes a mark off a public case.
   * @returns how many people still have put it
   * @throws CaseNotFound
   */
  async remove(mark: Mark, userId: string, caseId: string): Promise<number> {
    return count(await this.database.row(MARKS[mark].remove, [caseId, userId]));
  }

  /** Takes every mark of a person off, on hidden cases too. */
  async forget(tx: Tx, userId: string): Promise<void> {
    for (const mark of Object.values(MARKS)) await tx.query(mark.forget, [userId]);
  }
}

function marking(table: string, counter: string): { put: string; remove: string; forget: string } {
  const target = `target AS (SELECT id, ${counter} AS count FROM rescue.cases WHERE id = $1 AND hidden_at IS NULL)`;
  const changed = (source: string, by: string): string =>
    `counted AS (UPDATE rescue.cases c SET ${counter} = c.${counter} ${by} FROM ${source} WHERE c.id = ${source}.case_id RETURNING c.${counter} AS count)`;
  const answer = `SELECT coalesce((SELECT count FROM counted), count) AS count FROM target`;
  return {
    put: `WITH ${target},
      added AS (INSERT INTO rescue.${table} (id, user_id, case_id, created_at) SELECT $3, $2, id, $4 FROM target
                ON CONFLICT (user_id, case_id) DO NOTHING RETURNING case_id),
      ${changed('added', '+ 1')} ${answer}`,
    remove: `WITH ${target},
      removed AS (DELETE FROM rescue.${table} m USING target WHERE m.user_id = $2 AND m.case_id = target.id RETURNING m.case_id),
      ${changed('removed', '- 1')} ${answer}`,
    forget: `WITH removed AS (DELETE FROM rescue.${table} WHERE user_id = $1 RETURNING case_id)
      UPDATE rescue.cases c SET ${counter} = c.${counter} - 1 FROM removed WHERE c.id = removed.case_id`,
  };
}

function count(row: { count: number } | null): number {
  if (!row) throw new CaseNotFound();
  return row.count;
}
