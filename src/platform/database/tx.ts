import type { EntityManager, EntityTarget, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import { type Actor, userIdOf } from '../auth/actor.js';
import type { AuditAction, AuditDetails } from '../audit/audit-entry.js';
import { newId } from '../ids.js';
import type { EventMessage } from '../outbox/event.js';

interface PendingAudit {
  actor: Actor;
  action: AuditAction;
  entityId: string;
  details: AuditDetails;
}

interface PendingSignal {
  channel: string;
  type: string;
  data: unknown;
}

/**
 * One open transaction, as a service command sees it. Audit rows, outbox events and live signals are
 * kept back and written just before the commit, because the audit chain and each live channel have one
 * lock that should be held as briefly as possible.
 */
export class Tx {
  private readonly audits: PendingAudit[] = [];
  private readonly events: EventMessage[] = [];
  private readonly signals: PendingSignal[] = [];

  constructor(
    readonly manager: EntityManager,
    private readonly now: Date,
    private readonly requestId: string | null,
  ) {}

  /** Reads one row for change, or null. `FOR NO KEY UPDATE`, so that rows that refer to it can still be written. */
  lock<E extends ObjectLiteral>(entity: EntityTarget<E>, where: FindOptionsWhere<E>): Promise<E | null> {
    return this.manager.findOne(entity, { where, lock: { mode: 'for_no_key_update' } });
  }

  /** Runs parameterised SQL inside the transaction. */
  query<R>(sql: string, parameters: unknown[] = []): Promise<R[]> {
    return this.manager.query(sql, parameters);
  }

  /** Writes an audit row with the commit. */
  audit(actor: Actor, action: AuditAction, entityId: string, details: AuditDetails = {}): void {
    this.audits.push({ actor, action, entityId, details });
  }

  /** Publishes a fact with the commit: the relay hands it to every consumer, at least once. */
  publish(event: EventMessage): void {
    this.events.push(event);
  }

  /** Tells everyone who watches `channel` live, with the commit, in commit order. */
  signal(channel: string, type: string, data: unknown): void {
    this.signals.push({ channel, type, data });
  }

  /** Called by the transaction boundary, last before the commit. */
  async flush(): Promise<void> {
    await this.writeEvents();
    await this.writeSignals();
    await this.writeAudits();
  }

  private async writeEvents(): Promise<void> {
    if (this.events.length === 0) return;
    await this.query(
      `INSERT INTO platform.outbox_events (id, type, payload, request_id, occurred_at)
       SELECT id, type, payload, $4, $5 FROM unnest($1::uuid[], $2::text[], $3::jsonb[]) AS e(id, type, payload)`,
      [
        this.events.map(() => newId()),
        this.events.map((event) => event.type),
        this.events.map((event) => JSON.stringify(event.payload)),
        this.requestId,
        this.now,
      ],
    );
    await this.query(`SELECT pg_notify('outbox', '')`);
  }

  /** The lock per channel makes ids of one channel commit in order, so that a resume misses nothing. */
  private async writeSignals(): Promise<void> {
    const channels = [...new Set(this.signals.map((signal) => signal.channel))].sort();
    for (const channel of channels) {
      await this.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`live:${channel}`]);
      const ofChannel = this.signals.filter((signal) => signal.channel === channel);
      await this.query(
        `INSERT INTO platform.live_events (channel, type, data, created_at)
         SELECT $1, type, data, $4 FROM unnest($2::text[], $3::jsonb[]) AS s(type, data)`,
        [channel, ofChannel.map((signal) => signal.type), ofChannel.map((signal) => JSON.stringify(signal.data)), this.now],
      );
      await this.query(`SELECT pg_notify('live', $1)`, [channel]);
    }
  }

  private async writeAudits(): Promise<void> {
    for (const { actor, action, entityId, details } of this.audits) {
      const { details: sentence, ...metadata } = details;
      await this.query(
        `INSERT INTO platform.audit_logs
           (id, actor_kind, actor_id, staff_id, entity_type, entity_id, action, details, metadata_json, request_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11)`,
        [
          newId(),
          actor.kind,
          userIdOf(actor),
          actor.kind === 'staff' ? actor.staffId : null,
          action.entityType,
          entityId,
          action.action,
          sentence ?? null,
          Object.keys(metadata).length > 0 ? JSON.stringify(metadata) : null,
          this.requestId,
          this.now,
        ],
      );
    }
  }
}
