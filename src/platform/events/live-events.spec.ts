import { Controller, Get, Headers, Module, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventSourceReader } from '../../../test/support/event-source.js';
import { TestApp } from '../../../test/support/test-app.js';
import { Public } from '../auth/access.js';
import { Database } from '../database/database.js';
import { EventStream } from '../http/sse.js';
import { LiveEvents } from './live-events.js';

@Controller('test/live')
@Public()
class LiveController {
  constructor(private readonly live: LiveEvents) {}

  @Get(':channel')
  async watch(@Param('channel') channel: string, @Headers('last-event-id') last: string | undefined, @Res() reply: FastifyReply): Promise<void> {
    const after = last === undefined ? await this.live.head(channel) : BigInt(last);
    if (channel === 'slow') await sleep(200);
    this.live.watch(channel, new EventStream(reply), after);
  }
}

@Module({ controllers: [LiveController] })
class LiveModule {}

describe('live events', () => {
  let app: TestApp;
  const open: EventSourceReader[] = [];

  beforeAll(async () => {
    app = await TestApp.start({}, [LiveModule]);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((reader) => reader.close()));
  });
  afterAll(() => app.stop());

  const signal = (channel: string, n: number, on = app): Promise<void> => on.app.get(Database).transaction(async (tx) => tx.signal(channel, 'counted', { n }));
  const watch = async (channel: string, lastEventId?: string, on = app): Promise<EventSourceReader> => {
    const reader = await EventSourceReader.open(`${on.url}/test/live/${channel}`, { lastEventId });
    open.push(reader);
    return reader;
  };
  const numbers = (reader: EventSourceReader): unknown[] => reader.events.map((event) => (event.data as { n: number }).n);
  const watchers = (channel: string, on = app): number => (on.app.get(LiveEvents)['channels'] as Map<string, Set<unknown>>).get(channel)?.size ?? 0;

  it('reach a watcher within a second, as a stream that no proxy should keep back', async () => {
    const reader = await watch('prompt');
    expect(reader.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(reader.response.headers.get('cache-control')).toBe('no-store');
    expect(reader.response.headers.get('x-accel-buffering')).toBe('no');
    await signal('prompt', 1);
    const [event] = await reader.received(1, 1_000);
    expect(event).toEqual({ id: expect.stringMatching(/^\d+$/), type: 'counted', data: { n: 1 } });
  });

  it('begin with now for a watcher that names no event, and stay in their channel', async () => {
    await signal('quiet', 1);
    const reader = await watch('quiet');
    await signal('loud', 2);
    await signal('quiet', 3);
    await reader.received(1);
    await sleep(100);
    expect(numbers(reader)).toEqual([3]);
  });

  it('come in the order of their ids from 30 writers at once, none missing', async () => {
    const reader = await watch('busy');
    await Promise.all(Array.from({ length: 30 }, (_, n) => signal('busy', n)));
    const ids = (await reader.received(30)).map((event) => Number(event.id));
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(new Set(numbers(reader)).size).toBe(30);
  });

  it('are caught up after the last one a watcher had, also while new ones arrive', async () => {
    const first = await watch('resumed');
    for (let n = 1; n <= 5; n++) await signal('resumed', n);
    const { id } = (await first.received(5))[1]!;
    await first.close();
    const writing = Promise.all([6, 7, 8].map((n) => signal('resumed', n)));
    const second = await watch('resumed', id);
    await writing;
    await second.received(6);
    expect(numbers(second).slice(0, 3)).toEqual([3, 4, 5]);
    expect(numbers(second).slice(3).sort()).toEqual([6, 7, 8]);
  });

  it('are caught up in full when more were missed than one read takes', async () => {
    await app.sql(`INSERT INTO platform.live_events (channel, type, data, created_at) SELECT 'long', 'counted', jsonb_build_object('n', n), now() FROM generate_series(1, 1234) n`);
    const reader = await watch('long', '0');
    await reader.received(1_234);
    expect(numbers(reader)).toEqual(Array.from({ length: 1_234 }, (_, n) => n + 1));
  });

  it('are not sent when the transaction is rolled back', async () => {
    const reader = await watch('undone');
    await app.app.get(Database).transaction(async (tx) => {
      tx.signal('undone', 'counted', { n: 1 });
      throw new Error('changed my mind');
    }).catch(() => undefined);
    await signal('undone', 2);
    await reader.received(1);
    expect(numbers(reader)).toEqual([2]);
  });

  it('reach watchers of every process, whichever wrote them', async () => {
    const other = await app.sibling({}, [LiveModule]);
    try {
      const readers = [await watch('shared'), await watch('shared', undefined, other)];
      await signal('shared', 1);
      await signal('shared', 2, other);
      for (const reader of readers) {
        await reader.received(2);
        expect(numbers(reader)).toEqual([1, 2]);
      }
    } finally {
      await other.stop();
    }
  });

  it('go on after the listening connection was lost, with what was missed meanwhile', async () => {
    const reader = await watch('cut');
    await signal('cut', 1);
    await reader.received(1);
    await app.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'pawtreon-listen' AND datname = current_database()`);
    await signal('cut', 2);
    await reader.received(2);
    await signal('cut', 3);
    await reader.received(3);
    expect(numbers(reader)).toEqual([1, 2, 3]);
  });

  it('end with the process, at once, so that clients go to another', async () => {
    const other = await app.sibling({}, [LiveModule]);
    const reader = await watch('ending', undefined, other);
    const began = Date.now();
    await Promise.all([other.stop(), reader.ended]);
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  it('leave nothing behind when a watcher goes, even before its stream was open', async () => {
    const reader = await watch('left');
    expect(watchers('left')).toBe(1);
    await reader.close();
    const { hostname, port } = new URL(app.url);
    const impatient = connect(Number(port), hostname);
    impatient.write('GET /test/live/slow HTTP/1.1\r\nHost: x\r\n\r\n', () => setTimeout(() => impatient.destroy(), 50));
    await sleep(500);
    expect([watchers('left'), watchers('slow')]).toEqual([0, 0]);
  });
});
