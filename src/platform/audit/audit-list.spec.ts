import { type Answer, TestApp } from '../../../test/support/test-app.js';
import { type Actor, SYSTEM } from '../auth/actor.js';
import { Database } from '../database/database.js';
import { newId } from '../ids.js';
import { defineAuditAction } from './audit-entry.js';

const opened = defineAuditAction('test.opened', 'box');
const closed = defineAuditAction('test.closed', 'box');

interface Row {
  seq: number;
  action: string;
  entityId: string;
  actorId: string | null;
  requestId: string | null;
  metadata: Record<string, unknown> | null;
}

describe('GET /v1/admin/audit-logs', () => {
  let app: TestApp;
  let admin: { token: string; id: string };
  const [box, other] = [newId(), newId()];

  beforeAll(async () => {
    app = await TestApp.start({ APP_ROLES: 'api' });
    admin = await app.signIn('admin@example.org', 'admin');
    const actor = { kind: 'user', userId: admin.id } as unknown as Actor;
    for (const [who, action, id] of [[actor, opened, box], [SYSTEM, closed, box], [actor, opened, other], [SYSTEM, opened, box]] as const) {
      await app.app.get(Database).transaction(async (tx) => tx.audit(who, action, id, { before: { lid: 1 }, after: { lid: 2 }, reason: 'asked' }));
    }
  });
  afterAll(() => app.stop());

  const list = (query: string, token: string | undefined = admin.token): Promise<Answer<{ items: Row[]; nextCursor: string | null }>> => app.get(`/v1/admin/audit-logs?${query}`, { token });
  const found = async (query: string): Promise<string[]> => (await list(query)).body.items.map(({ action, entityId }) => `${action} ${entityId === box ? 'box' : 'other'}`);

  it('filters by each field and by all together', async () => {
    expect(await found(`entityType=box`)).toEqual(['test.opened box', 'test.opened other', 'test.closed box', 'test.opened box']);
    expect(await found(`entityId=${other}`)).toEqual(['test.opened other']);
    expect(await found(`entityType=box&actorId=${admin.id}`)).toEqual(['test.opened other', 'test.opened box']);
    expect(await found(`action=test.closed`)).toEqual(['test.closed box']);
    expect(await found(`entityType=box&entityId=${box}&actorId=${admin.id}&action=test.opened&from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z`)).toEqual(['test.opened box']);
    expect(await found(`entityType=box&to=2020-01-01T00:00:00Z`)).toEqual([]);
    expect(await found(`entityType=box&from=2100-01-01T00:00:00Z`)).toEqual([]);
  });

  it('tells before, after, reason, request and actor', async () => {
    const person = await app.signIn('person@example.org');
    await app.put(`/v1/admin/users/${person.id}/role`, { token: admin.token, body: { role: 'volunteer' }, headers: { 'X-Request-Id': 'client-7' } });
    const [row] = (await list(`entityId=${person.id}&action=user.role_changed`)).body.items;
    expect(row).toMatchObject({ actorId: admin.id, requestId: 'client-7', metadata: { before: expect.anything(), after: expect.anything() } });
    expect((await list(`entityId=${other}`)).body.items[0]?.metadata).toEqual({ before: { lid: 1 }, after: { lid: 2 }, reason: 'asked' });
  });

  it('pages without a gap or a repeat while rows come in', async () => {
    const first = (await list('entityType=box&limit=2')).body;
    await app.app.get(Database).transaction(async (tx) => tx.audit(SYSTEM, opened, newId()));
    const second = (await list(`entityType=box&limit=2&cursor=${first.nextCursor}`)).body;
    const seqs = [...first.items, ...second.items].map(({ seq }) => seq);
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => b - a));
    expect([seqs.length, second.nextCursor]).toEqual([4, null]);
    expect((await list('cursor=rubbish')).status).toBe(400);
  });

  it('is for admins', async () => {
    const person = await app.signIn('curious@example.org');
    expect((await app.get('/v1/admin/audit-logs')).status).toBe(401);
    expect((await list('', person.token)).status).toBe(403);
    expect((await app.get('/v1/admin/audit-logs/verification', { token: person.token })).status).toBe(403);
  });
});
