import { Injectable, Module } from '@nestjs/common';
import { TestApp } from '../../../test/support/test-app.js';
import { Database } from '../database/database.js';
import type { Tx } from '../database/tx.js';
import { JobDispatcher } from '../queue/job-dispatcher.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from './consumer.js';
import { defineEvent } from './event.js';
import { OutboxRelay } from './outbox.relay.js';

const counted = defineEvent<{ name: string }>('platform.test.counted.v1');

/** Adds to a counter in the same transaction as its receipt; may be told to fail. */
@Injectable()
@Consumes(counted, 'platform.test-count')
class CountConsumer implements EventConsumer<{ name: string }> {
  failures = 0;
  prepared = 0;

  async prepare(): Promise<void> {
    this.prepared += 1;
  }

  async handle(event: ConsumedEvent<{ name: string }>, tx: Tx): Promise<string> {
    await tx.query(`INSERT INTO platform.test_counts (name, n) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET n = platform.test_counts.n + 1`, [event.payload.name]);
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('told to fail');
    }
    return 'counted';
  }
}

@Module({ providers: [CountConsumer] })
class CountModule {}

const publish = (app: TestApp, name: string): Promise<void> => app.app.get(Database).transaction(async (tx) => tx.publish(counted({ name })));
const countOf = async (app: TestApp, name: string): Promise<number> =>
  Number((await app.sql<{ n: string }>(`SELECT n FROM platform.test_counts WHERE name = $1`, [name]))[0]?.n ?? 0);
const createTable = (app: TestApp): Promise<void> => app.createTable('platform.test_counts', 'name text PRIMARY KEY, n integer NOT NULL');

describe.each([
  ['Postgres', undefined],
  ['Redis', process.env['TEST_REDIS_URL']],
])('the outbox with queues in %s', (name, redisUrl) => {
  if (name === 'Redis' && !redisUrl) {
    it('is not tested: no redis-server on this machine', () => {
      process.stderr.write('\n!!! SKIPPED: queues on Redis, because redis-server is not installed\n\n');
    });
    return;
  }
  const env: Record<string, string> = redisUrl ? { REDIS_URL: redisUrl } : {};
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start(env, [CountModule]);
    await createTable(app);
  });
  afterAll(() => app.stop());

  it('delivers what was committed, once', async () => {
    await Promise.all(Array.from({ length: 50 }, () => publish(app, 'plain')));
    await app.drain();
    expect(await countOf(app, 'plain')).toBe(50);
  });

  it('delivers nothing of a transaction that was rolled back', async () => {
    await expect(
      app.app.get(Database).transaction(async (tx) => {
        tx.publish(counted({ name: 'rolled-back' }));
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    await app.drain();
    expect(await countOf(app, 'rolled-back')).toBe(0);
  });

  it('repeats a failed effect, and what the failed try did is undone', async () => {
    app.app.get(CountConsumer, { strict: false }).failures = 1;
    await publish(app, 'retried');
    await app.drainRetries();
    expect(await countOf(app, 'retried')).toBe(1);
  });

  it('does nothing twice when a crash between effect and acknowledgement repeats the job', async () => {
    await publish(app, 'repeated');
    await app.drain();
    const [event] = await app.sql<{ id: string }>(`SELECT id FROM platform.outbox_events WHERE payload->>'name' = 'repeated'`);
    const again = await app.app.get(JobDispatcher).run({ id: '1', name: 'platform.test-count', data: { eventId: event!.id } } as never);
    expect(again).toBe('handled before');
    expect(await countOf(app, 'repeated')).toBe(1);
  });

  it('enqueues again what a queue lost', async () => {
    await publish(app, 'lost');
    await app.drain();
    await app.sql(`DELETE FROM platform.test_counts WHERE name = 'lost'`);
    await app.sql(`DELETE FROM platform.inbox_receipts WHERE event_id IN (SELECT id FROM platform.outbox_events WHERE payload->>'name' = 'lost')`);
    await app.sql(`UPDATE platform.outbox_events SET published_at = published_at - interval '1 hour' WHERE payload->>'name' = 'lost'`);
    await app.forgetJobs('platform');
    expect(await app.app.get(OutboxRelay).redeliverLost()).toBe(1);
    await app.drain();
    expect(await countOf(app, 'lost')).toBe(1);
  });

  it('delivers after a crash between commit and enqueue: another process relays what it finds', async () => {
    // A Redis database of its own: the worker of the tests above would take the jobs, and not find their events.
    const own: Record<string, string> = redisUrl ? { REDIS_URL: `${redisUrl}/1` } : {};
    const api = await TestApp.start({ ...own, APP_ROLES: 'api' }, [CountModule]);
    let worker: TestApp | null = null;
    try {
      await createTable(api);
      await publish(api, 'orphaned');
      worker = await api.sibling({ ...own, APP_ROLES: 'worker' }, [CountModule]);
      await worker.drain();
      expect(await countOf(api, 'orphaned')).toBe(1);
    } finally {
      await worker?.stop();
      await api.stop();
    }
  });
});
