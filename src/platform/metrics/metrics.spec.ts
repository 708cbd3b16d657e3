import { TestApp } from '../../../test/support/test-app.js';
import { TcpProxy } from '../../../test/support/tcp-proxy.js';

describe('/metrics', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({ APP_ROLES: 'api' });
  });
  afterAll(() => app.stop());

  const metrics = async (on = app): Promise<string> => (await on.get<string>('/metrics')).body;
  const value = (text: string, series: string): number => Number(text.split('\n').find((line) => line.startsWith(`${series} `))?.split(' ')[1]);

  it('counts requests by route, not by path', async () => {
    const id = '0197a3de-7c11-7c4e-9f50-1f0a3f5d9b10';
    for (const path of [`/v1/files/${id}`, '/v1/files/1', '/nowhere/1', '/nowhere/2']) await app.get(path);
    const text = await metrics();
    expect(value(text, 'http_request_duration_seconds_count{method="GET",route="/v1/files/:id",status="404"}')).toBe(1);
    expect(value(text, 'http_request_duration_seconds_count{method="GET",route="/v1/files/:id",status="400"}')).toBe(1);
    expect(value(text, 'http_request_duration_seconds_count{method="GET",route="unmatched",status="404"}')).toBe(2);
    expect(text).not.toContain(id);
  });

  it('shows what waits in the outbox and in each queue', async () => {
    await app.sql(`INSERT INTO platform.outbox_events (id, type, payload, occurred_at) VALUES (gen_random_uuid(), 'platform.test.waiting.v1', '{}', now())`);
    const text = await metrics();
    expect(value(text, 'outbox_waiting_events')).toBe(1);
    expect(value(text, 'queue_jobs{queue="platform",state="failed"}')).toBe(0);
    expect(value(text, 'process_cpu_user_seconds_total')).toBeGreaterThan(0);
  });

  it('still tells of the process when the database is gone', async () => {
    const proxy = await TcpProxy.before(app.databaseUrl);
    const cutOff = await app.sibling({ APP_ROLES: 'api' }, [], proxy.through(app.databaseUrl));
    try {
      await proxy.cut();
      const text = await metrics(cutOff);
      expect(value(text, 'process_cpu_user_seconds_total')).toBeGreaterThan(0);
      expect(text).not.toMatch(/^outbox_waiting_events /m);
    } finally {
      await proxy.restore();
      await cutOff.stop();
      await proxy.cut();
    }
  });
});
