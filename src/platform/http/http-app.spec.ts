import { Controller, Module, Post } from '@nestjs/common';
import { TestApp } from '../../../test/support/test-app.js';
import { defineAuditAction } from '../audit/audit-entry.js';
import { Public } from '../auth/access.js';
import { SYSTEM } from '../auth/actor.js';
import { Database } from '../database/database.js';

const traced = defineAuditAction('test.traced', 'thing');

@Controller('test/traced')
@Public()
class TracedController {
  constructor(private readonly database: Database) {}

  @Post()
  async act(): Promise<{ done: true }> {
    await this.database.transaction(async (tx) => tx.audit(SYSTEM, traced, 'thing-1'));
    return { done: true };
  }
}

@Module({ controllers: [TracedController] })
class TracedModule {}

describe('every answer', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({}, [TracedModule]);
  });
  afterAll(() => app.stop());

  const auditedIds = async (): Promise<string[]> => (await app.sql<{ request_id: string }>(`SELECT request_id FROM platform.audit_logs WHERE action = 'test.traced' ORDER BY seq`)).map((row) => row.request_id);

  it('carries the request id that the client gave, and so does the audit row', async () => {
    const answer = await app.post('/test/traced', { headers: { 'X-Request-Id': 'client-7.b:1' } });
    expect(answer.headers.get('x-request-id')).toBe('client-7.b:1');
    expect((await auditedIds()).at(-1)).toBe('client-7.b:1');
  });

  it.each([undefined, 'x'.repeat(129), 'two words', '<script>', ''])('carries one of ours instead of %j', async (given) => {
    const answer = await app.post('/test/traced', { headers: given === undefined ? {} : { 'X-Request-Id': given } });
    const id = answer.headers.get('x-request-id');
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect((await auditedIds()).at(-1)).toBe(id);
  });

  it('keeps the ids of requests that run at once apart', async () => {
    const ids = Array.from({ length: 20 }, (_, n) => `parallel-${n}`);
    await Promise.all(ids.map((id) => app.post('/test/traced', { headers: { 'X-Request-Id': id } })));
    expect((await auditedIds()).filter((id) => id.startsWith('parallel-')).sort()).toEqual([...ids].sort());
  });

  it('carries the headers that keep browsers from guessing, framing and telling', async () => {
    for (const path of ['/health/live', '/nowhere', '/docs']) {
      const { headers } = await app.get(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
    }
  });

  it('does not name the software', async () => {
    expect((await app.get('/health/live')).headers.has('x-powered-by')).toBe(false);
  });
});

describe('a process', () => {
  it.each([
    ['worker', { '/health/live': 200, '/metrics': 200, '/.well-known/jwks.json': 404, '/openapi.json': 404, '/admin/login': 404 }],
    ['api', { '/health/live': 200, '/metrics': 200, '/.well-known/jwks.json': 200, '/openapi.json': 200, '/admin/login': 404 }],
    ['admin', { '/health/live': 200, '/metrics': 200, '/.well-known/jwks.json': 404, '/openapi.json': 404, '/admin/login': 200 }],
  ])('of the role %s serves its part and nothing else', async (role, expected) => {
    const app = await TestApp.start({ APP_ROLES: role });
    try {
      for (const [path, status] of Object.entries(expected)) expect([path, (await app.get(path)).status]).toEqual([path, status]);
      const refused = Object.entries(expected).find(([, status]) => status === 404)![0];
      const answer = await app.get(refused);
      expect(answer.body).toMatchObject({ code: 'NOT_FOUND', status: 404 });
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    } finally {
      await app.stop();
    }
  });
});
