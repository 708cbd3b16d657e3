import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type pg from 'pg';
import { createApp } from '../../src/app.js';
import { loadConfig } from '../../src/platform/config/config.js';
import { Queues } from '../../src/platform/queue/queues.js';
import { APPLICATION_ROLE, freshDatabase, type TestDatabase, testPool } from './postgres.js';

/** An answer of the API, read whole. */
export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: T;
}

export interface CallOptions {
  token?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** The whole application on its own database and port, and what a test needs to talk to it. */
export class TestApp {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly url: string,
    /** Superuser's address of the database. */
    readonly databaseUrl: string,
    /** The application's own address of it. */
    readonly applicationUrl: string,
    readonly pool: pg.Pool,
    private readonly cleanUp: () => Promise<void>,
  ) {}

  /**
   * @param env environment on top of the defaults of a test
   * @param additions modules of the test's own, such as consumers
   */
  static async start(env: Record<string, string> = {}, additions: Type[] = []): Promise<TestApp> {
    return TestApp.on(await freshDatabase(), env, additions);
  }

  /**
   * A second process on the same database; stopping it leaves the database alone.
   * @param databaseUrl another way to the same database, such as through a proxy
   */
  sibling(env: Record<string, string> = {}, additions: Type[] = [], databaseUrl = this.applicationUrl): Promise<TestApp> {
    return TestApp.on({ url: this.databaseUrl, applicationUrl: databaseUrl, drop: () => Promise.resolve() }, env, additions);
  }

  private static async on(database: TestDatabase, env: Record<string, string>, additions: Type[]): Promise<TestApp> {
    const dataDir = await mkdtemp(join(tmpdir(), 'pawtreon-test-'));
    const config = loadConfig({ NODE_ENV: 'test', PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, SEED_DEMO: 'false', DATABASE_POOL_SIZE: '10', ...env });
    const app = await createApp(config, database.applicationUrl, additions);
    try {
      await app.listen(0, '127.0.0.1');
    } catch (error) {
      await app.close();
      throw error;
    }
    const pool = testPool(database.url);
    const address = app.getHttpServer().address() as { port: number };
    return new TestApp(app, `http://127.0.0.1:${address.port}`, database.url, database.applicationUrl, pool, async () => {
      await app.close();
      await pool.end();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    });
  }

  stop(): Promise<void> {
    return this.cleanUp();
  }

  async call<T = Record<string, unknown>>(method: string, path: string, { token, body, headers = {} }: CallOptions = {}): Promise<Answer<T>> {
    const raw = body instanceof FormData || typeof body === 'string';
    const response = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(body !== undefined && !raw ? { 'Content-Type': 'application/json' } : {}),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
      body: body === undefined ? undefined : raw ? (body) : JSON.stringify(body),
    });
    const text = await response.text();
    const json = (response.headers.get('content-type') ?? '').includes('json');
    return { status: response.status, headers: response.headers, body: (json && text ? JSON.parse(text) : text) as T };
  }

  get = <T = Record<string, unknown>>(path: string, options?: CallOptions): Promise<Answer<T>> => this.call<T>('GET', path, options);
  post = <T = Record<string, unknown>>(path: string, options?: CallOptions): Promise<Answer<T>> => this.call<T>('POST', path, options);
  put = <T = Record<string, unknown>>(path: string, options?: CallOptions): Promise<Answer<T>> => this.call<T>('PUT', path, options);
  patch = <T = Record<string, unknown>>(path: string, options?: CallOptions): Promise<Answer<T>> => this.call<T>('PATCH', path, options);
  delete = <T = Record<string, unknown>>(path: string, options?: CallOptions): Promise<Answer<T>> => this.call<T>('DELETE', path, options);

  /** Signs a person in through the local issuer. */
  async signIn(email: string, role?: string): Promise<{ token: string; id: string }> {
    const answer = await this.post<{ accessToken: string; user: { id: string } }>('/v1/auth/dev-token', { body: { email, name: email.split('@')[0], ...(role ? { role } : {}) } });
    if (answer.status >= 300) throw new Error(`dev-token answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return { token: answer.body.accessToken, id: answer.body.user.id };
  }

  async sql<R>(text: string, values: unknown[] = []): Promise<R[]> {
    return (await this.pool.query(text, values)).rows as R[];
  }

  /** A table of the test's own, which the application may use. */
  async createTable(name: string, columns: string): Promise<void> {
    await this.sql(`CREATE TABLE ${name} (${columns})`);
    await this.sql(`GRANT ALL ON ${name} TO ${APPLICATION_ROLE}`);
  }

  /** Like {@link drain}, and waits for the retries of failed jobs as well. */
  async drainRetries(timeoutMs = 15_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      await this.drain(timeoutMs);
      const missing = await this.sql(`SELECT 1 FROM platform.outbox_events e WHERE NOT EXISTS (SELECT 1 FROM platform.inbox_receipts r WHERE r.event_id = e.id)`);
      if (missing.length === 0) return;
      if (Date.now() > deadline) throw new Error('a retry never succeeded');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Makes a queue lose everything, as a store without a disk may. */
  async forgetJobs(queue: string): Promise<void> {
    await this.app.get(Queues).get(queue).obliterate({ force: true });
  }

  /** Waits until no event waits for the relay and no job waits or runs. */
  async drain(timeoutMs = 15_000): Promise<void> {
    const queues = this.app.get(Queues);
    const deadline = Date.now() + timeoutMs;
    let quiet = 0;
    while (quiet < 2) {
      if (Date.now() > deadline) throw new Error(`queues did not drain: ${JSON.stringify(await queues.counts())}`);
      const [row] = await this.sql<{ n: string }>(`SELECT count(*) AS n FROM platform.outbox_events WHERE published_at IS NULL`);
      const busy = Object.values(await queues.counts()).reduce((sum, counts) => sum + (counts['waiting'] ?? 0) + (counts['active'] ?? 0), Number(row!.n));
      quiet = busy === 0 ? quiet + 1 : 0;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }
}
