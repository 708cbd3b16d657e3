import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '../database/database.js';
import { PgListener } from '../database/listener.js';
import type { EventStream } from '../http/sse.js';

interface Watcher {
  stream: EventStream;
  /** Id of the last event sent; later ones are still owed. */
  after: bigint;
}

interface Row {
  id: string;
  type: string;
  data: unknown;
}

/**
 * Live channels over server-sent events. Rows are the truth and notifications only hints, so any process
 * serves any watcher and a reconnect with `Last-Event-ID` misses nothing of the last day.
 */
@Injectable()
export class LiveEvents implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(LiveEvents.name);
  private readonly channels = new Map<string, Set<Watcher>>();
  private readonly reading = new Map<string, Promise<void>>();
  private readonly owed = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly listener: PgListener,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.listener.on('live', (channel) => {
      if (channel) this.deliver(channel);
      else for (const name of this.channels.keys()) this.deliver(name);
    });
  }

  /** Open streams end with the process, so that clients reconnect to another one at once. */
  onModuleDestroy(): void {
    for (const watchers of this.channels.values()) for (const { stream } of watchers) stream.close();
    this.channels.clear();
  }

  /** Id of the newest event of a channel: where a watcher starts who has no `Last-Event-ID`. */
  async head(channel: string): Promise<bigint> {
    const row = await this.database.row<{ id: string }>(`SELECT coalesce(max(id), 0)::text AS id FROM platform.live_events WHERE channel = $1`, [channel]);
    return BigInt(row?.id ?? 0);
  }

  /** Sends every event of `channel` after `after`, and then each new one until the stream closes. */
  watch(channel: string, stream: EventStream, after: bigint): void {
    const watcher: Watcher = { stream, after };
    const watchers = this.channels.get(channel) ?? new Set();
    this.channels.set(channel, watchers.add(watcher));
    stream.onClose(() => {
      watchers.delete(watcher);
      if (watchers.size === 0 && this.channels.get(channel) === watchers) this.channels.delete(channel);
    });
    this.deliver(channel);
  }

  /** Ends every stream of a channel, when what it shows may no longer be seen. */
  closeChannel(channel: string): void {
    for (const { stream } of this.channels.get(channel) ?? []) stream.close();
  }

  /** One read at a time a channel: what comes in meanwhile is read in the next round. */
  private deliver(channel: string): void {
    if (!this.channels.has(channel)) return;
    if (this.reading.has(channel)) {
      this.owed.add(channel);
      return;
    }
    const round = this.read(channel)
      .catch((error: unknown) => this.logger.warn(`live channel ${channel}: ${error instanceof Error ? error.message : String(error)}`))
      .finally(() => {
        this.reading.delete(channel);
        if (this.owed.delete(channel)) this.deliver(channel);
      });
    this.reading.set(channel, round);
  }

  private async read(channel: string): Promise<void> {
    const watchers = [...(this.channels.get(channel) ?? [])];
    if (watchers.length === 0) return;
    const from = watchers.reduce((least, watcher) => (watcher.after < least ? watcher.after : least), watchers[0]!.after);
    const rows = await this.database.rows<Row>(
      `SELECT e.id::text AS id, e.type, e.data FROM platform.live_events e WHERE e.channel = $1 AND e.id > $2 ORDER BY e.id LIMIT 500`,
      [channel, from.toString()],
    );
    for (const row of rows) {
      const id = BigInt(row.id);
      for (const watcher of watchers) {
        if (watcher.after >= id || watcher.stream.closed) continue;
        watcher.stream.send(row);
        watcher.after = id;
      }
    }
    if (rows.length === 500) this.owed.add(channel);
  }
}
