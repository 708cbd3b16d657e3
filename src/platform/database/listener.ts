import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { DATABASE_URL } from './database-url.js';

type Handler = (payload: string) => void;

/**
 * One dedicated connection for LISTEN. Notifications are hints only: after a reconnect every handler is
 * called once, so that whoever listens looks at its table again.
 */
@Injectable()
export class PgListener implements OnApplicationShutdown {
  private readonly logger = new Logger(PgListener.name);
  private readonly handlers = new Map<string, Set<Handler>>();
  private client: pg.Client | null = null;
  private connecting: Promise<void> | null = null;
  private closed = false;

  constructor(@Inject(DATABASE_URL) private readonly url: string) {}

  /** Calls `handler` for every notification on `channel`; answers how to stop. */
  async on(channel: string, handler: Handler): Promise<() => void> {
    const existing = this.handlers.get(channel);
    if (existing) existing.add(handler);
    else this.handlers.set(channel, new Set([handler]));
    await this.connect();
    if (!existing) await this.client?.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    return () => this.handlers.get(channel)?.delete(handler);
  }

  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    await this.client?.end().catch(() => undefined);
  }

  private connect(): Promise<void> {
    this.connecting ??= this.open();
    return this.connecting;
  }

  private async open(): Promise<void> {
    const client = new pg.Client({ connectionString: this.url, application_name: 'pawtreon-listen', keepAlive: true });
    client.on('notification', (message) => {
      for (const handler of this.handlers.get(message.channel) ?? []) handler(message.payload ?? '');
    });
    client.on('error', (error) => this.reconnect(client, error));
    client.on('end', () => this.reconnect(client));
    try {
      await client.connect();
      for (const channel of this.handlers.keys()) await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      this.client = client;
    } catch (error) {
      this.client = client;
      this.reconnect(client, error);
    }
  }

  private reconnect(client: pg.Client, error?: unknown): void {
    if (this.closed || this.client !== client) return;
    this.client = null;
    this.connecting = null;
    if (error) this.logger.warn(`listening connection lost: ${error instanceof Error ? error.message : String(error)}`);
    setTimeout(() => {
      if (this.closed) return;
      void this.connect().then(() => {
        if (!this.client) return;
        for (const handlers of this.handlers.values()) for (const handler of handlers) handler('');
      });
    }, 500).unref();
  }
}
