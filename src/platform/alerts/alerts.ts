import { Injectable } from '@nestjs/common';
import { defineAuditAction } from '../audit/audit-entry.js';
import type { Actor } from '../auth/actor.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import type { Tx } from '../database/tx.js';
import { newId } from '../ids.js';
import type { Alert } from './alert.entity.js';

/** What is wrong, and with what. */
export interface AlertDraft {
  /** `<context>.<what>`. */
  kind: string;
  subject: string;
  /** No personal data. */
  details?: Record<string, unknown>;
}

const alertResolved = defineAuditAction('alert.resolved', 'alert');

const GONE = 'No longer found';

/** What somebody has to look at, kept until it is gone or staff have closed it. */
@Injectable()
export class Alerts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Raises an alert in the caller's transaction; one that is open already is only seen again. */
  async raise(tx: Tx, { kind, subject, details = {} }: AlertDraft): Promise<void> {
    await tx.query(
      `INSERT INTO platform.alerts (id, kind, subject, details, raised_at, last_seen_at) VALUES ($1, $2, $3, $4, $5, $5)
       ON CONFLICT (kind, subject) WHERE resolved_at IS NULL DO UPDATE SET details = excluded.details, last_seen_at = excluded.last_seen_at`,
      [newId(), kind, subject, JSON.stringify(details), this.clock.now()],
    );
  }

  /** Makes the open alerts of a kind what a check found: raises what is new and resolves what is gone. */
  async replace(tx: Tx, kind: string, found: Omit<AlertDraft, 'kind'>[]): Promise<void> {
    for (const one of found) await this.raise(tx, { ...one, kind });
    await tx.query(`UPDATE platform.alerts SET resolved_at = $3, resolution = $4 WHERE kind = $1 AND resolved_at IS NULL AND NOT subject = ANY($2)`, [
      kind,
      found.map(({ subject }) => subject),
      this.clock.now(),
      GONE,
    ]);
  }

  /** What is open, newest first. */
  open(limit: number): Promise<Pick<Alert, 'id' | 'kind' | 'subject' | 'raisedAt' | 'lastSeenAt'>[]> {
    return this.database.rows(
      `SELECT id, kind, subject, raised_at AS "raisedAt", last_seen_at AS "lastSeenAt" FROM platform.alerts WHERE resolved_at IS NULL ORDER BY raised_at DESC, id DESC LIMIT $1`,
      [limit],
    );
  }

  /** Closes an open alert on behalf of staff. */
  async resolve(actor: Actor, id: string, reason: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [closed] = await tx.query<{ kind: string; subject: string }>(
        `WITH closed AS (UPDATE platform.alerts SET resolved_at = $2, resolution = $3 WHERE id = $1 AND resolved_at IS NULL RETURNING kind, subject)
         SELECT kind, subject FROM closed`,
        [id, this.clock.now(), reason],
      );
      if (closed) tx.audit(actor, alertResolved, id, { ...closed, reason });
    });
  }
}
