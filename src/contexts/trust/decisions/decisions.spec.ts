import { insertCase } from '../../../../test/support/rescue.factory.js';
import { type Answer, TestApp } from '../../../../test/support/test-app.js';
import { SYSTEM } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { newId } from '../../../platform/ids.js';
import { UserErasure } from '../../identity/users/index.js';
import { AppealsService } from './appeals.service.js';
import type { AdminAppealPage, AdminAppealView, AppealView, DecisionPage, DecisionView } from './decisions.dto.js';

interface Person {
  token: string;
  id: string;
}

const DAY_MS = 86_400_000;

describe('decisions about people’s content', () => {
  let app: TestApp;
  let owner: Person;
  let reporter: Person;
  let admin: Person;
  let second: Person;
  let people = 0;
  const clock = (now: Date | null): void => void (app.app.get(Clock).now = () => now ?? new Date());

  beforeAll(async () => {
    app = await TestApp.start();
    reporter = await app.signIn('reporter@example.org');
    admin = await app.signIn('admin@example.org', 'admin');
    second = await app.signIn('second@example.org', 'admin');
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    clock(null);
    owner = await app.signIn(`owner${++people}@example.org`);
    await app.sql(`UPDATE trust.reports SET created_at = created_at - interval '1 day'`);
  });

  const aCase = (person = owner): Promise<string> => insertCase(app, { user_id: person.id });
  const decide = async (action: string, notes?: string, by = admin, caseId?: string): Promise<{ caseId: string; decision: DecisionView }> => {
    const id = caseId ?? (await aCase());
    const report = await app.post<{ id: string }>(`/v1/cases/${id}/reports`, { token: reporter.token, body: { reason: 'suspected_scam' } });
    const answer = await app.post(`/v1/admin/reports/${report.body.id}/resolution`, { token: by.token, body: { action, ...(notes ? { notes } : {}) } });
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return { caseId: id, decision: (await mine()).body.items[0]! };
  };
  const mine = (query = '', person: Person = owner): Promise<Answer<DecisionPage>> => app.get<DecisionPage>(`/v1/me/decisions${query}`, { token: person.token });
  const appeal = (id: string, person: Person | undefined = owner, text: unknown = 'The invoice is in the third update.'): Promise<Answer<AppealView>> =>
    app.post<AppealView>(`/v1/decisions/${id}/appeals`, { token: person?.token, body: { text } });
  const judge = (id: string, decision: string, person: Person = second, notes?: string): Promise<Answer<AdminAppealView>> =>
    app.post<AdminAppealView>(`/v1/admin/appeals/${id}/review`, { token: person.token, body: { decision, ...(notes ? { notes } : {}) } });
  const list = async (query = ''): Promise<AdminAppealPage> => (await app.get<AdminAppealPage>(`/v1/admin/appeals${query}`, { token: admin.token })).body;
  const events = async (type: string): Promise<Record<string, unknown>[]> => (await app.sql<{ payload: Record<string, unknown> }>(`SELECT payload FROM platform.outbox_events WHERE type = $1 AND payload->>'userId' = $2`, [type, owner.id])).map(({ payload }) => payload);

  describe('are stated with reasons', () => {
    it('to the owner only, with the moderator’s notes and the time to appeal', async () => {
      const { caseId, decision } = await decide('hide_case', 'The pictures are of another dog.');
      expect(decision).toMatchObject({ action: 'hide_case', reason: 'The pictures are of another dog.', targetType: 'case', targetId: caseId, caseId, overturnedAt: null, appeal: null });
      expect(Date.parse(String(decision.appealUntil)) - Date.parse(String(decision.decidedAt))).toBe(20 * DAY_MS);
      expect((await mine('', reporter)).body.items).toEqual([]);
      expect(await events('trust.decision.made.v1')).toEqual([{ decisionId: decision.id, userId: owner.id, action: 'hide_case', targetType: 'case', targetId: caseId, caseId }]);
      expect((await app.get('/v1/me/decisions')).status).toBe(401);
    });

    it('in words of their own where the moderator wrote nothing, never with the reporter’s', async () => {
      await decide('warn_user');
      const { body } = await mine();
      expect(body.items[0]).toMatchObject({ action: 'warn_user', reason: expect.stringContaining('warns you') });
      expect(JSON.stringify(body)).not.toContain(reporter.id);
    });

    it('newest first, page by page', async () => {
      for (const notes of ['one', 'two', 'three']) await decide('warn_user', notes);
      const first = (await mine('?limit=2')).body;
      expect(first.items.map(({ reason }) => reason)).toEqual(['three', 'two']);
      expect((await mine(`?limit=2&cursor=${first.nextCursor}`)).body).toMatchObject({ items: [{ reason: 'one' }], nextCursor: null });
      expect((await mine('?cursor=x')).status).toBe(400);
    });

    it('also when staff hide a case by themselves, and once when a report did', async () => {
      const caseId = await aCase();
      await app.put(`/v1/admin/cases/${caseId}/hidden`, { token: admin.token, body: { reason: 'Asked for by the police' } });
      await app.drain();
      expect((await mine()).body.items).toMatchObject([{ action: 'hide_case', reason: 'Asked for by the police', targetId: caseId }]);
      expect(await judge((await appeal((await mine()).body.items[0]!.id)).body.id, 'upheld', admin)).toMatchObject({ status: 403, body: { code: 'SELF_REVIEW_FORBIDDEN' } });
      await decide('hide_case', 'again');
      await app.drain();
      expect((await mine()).body.items).toHaveLength(2);
    });
  });

  describe('can be appealed', () => {
    it('once, by whom they concern', async () => {
      const { decision } = await decide('warn_user');
      expect((await app.post(`/v1/decisions/${decision.id}/appeals`, { body: { text: 'No!' } })).status).toBe(401);
      for (const person of [reporter, admin]) expect(await appeal(decision.id, person)).toMatchObject({ status: 404, body: { code: 'DECISION_NOT_FOUND' } });
      expect((await appeal(newId())).status).toBe(404);
      for (const text of ['', '  ', 'x'.repeat(2_001), undefined, 7]) expect((await appeal(decision.id, owner, text ?? null)).status).toBe(400);
      const answers = await Promise.all(Array.from({ length: 6 }, () => appeal(decision.id)));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
      const { body } = answers.find(({ status }) => status === 201)!;
      expect(body).toMatchObject({ decisionId: decision.id, status: 'pending', text: 'The invoice is in the third update.', reviewedAt: null, notes: null });
      expect((await mine()).body.items[0]!.appeal).toEqual(body);
      expect(await appeal(decision.id)).toMatchObject({ status: 409, body: { code: 'APPEAL_EXISTS' } });
      expect(await app.sql(`SELECT kind FROM trust.review_items WHERE source_id = $1`, [body.id])).toEqual([{ kind: 'appeal' }]);
      expect(await app.sql(`SELECT action, actor_id FROM platform.audit_logs WHERE entity_id = $1`, [body.id])).toEqual([{ action: 'appeal.submitted', actor_id: owner.id }]);
    });

    it('within 20 days', async () => {
      const { decision } = await decide('warn_user');
      const other = (await decide('warn_user')).decision;
      await app.sql(`UPDATE trust.decisions SET decided_at = decided_at - interval '20 days', appeal_until = appeal_until - interval '20 days' WHERE id = ANY($1)`, [[decision.id, other.id]]);
      clock(new Date(Date.parse(String(decision.decidedAt))));
      expect((await appeal(decision.id)).status).toBe(201);
      clock(new Date(Date.parse(String(other.decidedAt)) + 1));
      expect(await appeal(other.id)).toMatchObject({ status: 409, body: { code: 'APPEAL_WINDOW_CLOSED' } });
    });
  });

  describe('are looked at again', () => {
    it('by admins only, who see what it is about and how long it waits', async () => {
      const { caseId, decision } = await decide('warn_user', 'Please stay polite.');
      const { body } = await appeal(decision.id);
      for (const path of ['/v1/admin/appeals', `/v1/admin/appeals/${body.id}/review`]) {
        const call = path.endsWith('review') ? app.post : app.get;
        expect((await call(path)).status).toBe(401);
        expect(await call(path, { token: owner.token })).toMatchObject({ status: 403, body: { code: 'ADMIN_REQUIRED' } });
      }
      const { items } = await list('?limit=100');
      expect(items.find(({ id }) => id === body.id)).toMatchObject({
        status: 'pending',
        user: { id: owner.id },
        decisionId: decision.id,
        action: 'warn_user',
        reason: 'Please stay polite.',
        decidedBy: `user:${admin.id}`,
        caseId,
        targetType: 'case',
        resolutionDueAt: new Date(Date.parse(String(body.createdAt)) + 7 * DAY_MS).toISOString(),
        breached: false,
        reviewer: null,
      });
      expect(new Set(items.map(({ status }) => status))).toEqual(new Set(['pending']));
      const first = await list('?limit=1');
      expect((await list(`?limit=1&cursor=${first.nextCursor}`)).items[0]!.id).not.toBe(first.items[0]!.id);
    });

    it('by somebody else than who decided or appealed, also as linked staff', async () => {
      const { decision } = await decide('warn_user', undefined, admin, await aCase(owner));
      const { body } = await appeal(decision.id);
      expect(await judge(body.id, 'upheld', admin)).toMatchObject({ status: 403, body: { code: 'SELF_REVIEW_FORBIDDEN' } });
      const appeals = app.app.get(AppealsService, { strict: false });
      for (const userId of [admin.id, owner.id]) {
        const linked = { kind: 'staff', staffId: newId(), userId, role: 'moderator' } as const;
        await expect(appeals.review(linked, body.id, 'overturned', null)).rejects.toMatchObject({ code: 'SELF_REVIEW_FORBIDDEN' });
      }
      expect(await judge(newId(), 'upheld')).toMatchObject({ status: 404, body: { code: 'APPEAL_NOT_FOUND' } });
      expect((await judge(body.id, 'perhaps')).status).toBe(400);
      expect(await judge(body.id, 'upheld', second, 'The warning stands.')).toMatchObject({ status: 200, body: { status: 'upheld', notes: 'The warning stands.', reviewer: { id: second.id } } });
      expect((await mine()).body.items[0]).toMatchObject({ overturnedAt: null, appeal: { status: 'upheld', notes: 'The warning stands.' } });
      expect((await app.get('/v1/me', { token: owner.token })).body).toMatchObject({ warningCount: 1 });
    });

    it('once, by whichever of two comes first', async () => {
      const { decision } = await decide('warn_user');
      const { body } = await appeal(decision.id);
      const third = await app.signIn('third@example.org', 'admin');
      const answers = await Promise.all([judge(body.id, 'overturned', second), judge(body.id, 'overturned', third)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await judge(body.id, 'upheld')).toMatchObject({ status: 409, body: { code: 'APPEAL_DECIDED' } });
      expect((await app.get('/v1/me', { token: owner.token })).body).toMatchObject({ warningCount: 0 });
      expect(await app.sql(`SELECT resolved_at IS NOT NULL AS resolved FROM trust.review_items WHERE source_id = $1`, [body.id])).toEqual([{ resolved: true }]);
    });

    it('by one at a time', async () => {
      const { decision } = await decide('warn_user');
      const { body } = await appeal(decision.id);
      const appeals = app.app.get(AppealsService, { strict: false });
      const staff = { kind: 'staff', staffId: newId(), userId: null, role: 'moderator' } as const;
      await appeals.claim(staff, body.id);
      expect(await judge(body.id, 'upheld')).toMatchObject({ status: 409, body: { code: 'REVIEW_ITEM_CLAIMED' } });
      await appeals.release(staff, body.id);
      expect((await judge(body.id, 'upheld')).status).toBe(200);
    });

    it('and a case is shown again when the decision is overturned, though it stays closed', async () => {
      const { caseId, decision } = await decide('hide_case');
      const { body } = await appeal(decision.id);
      expect((await app.get(`/v1/cases/${caseId}`)).status).toBe(404);
      expect(await judge(body.id, 'overturned', second, 'The invoice is genuine.')).toMatchObject({ status: 200, body: { status: 'overturned' } });
      expect((await app.get(`/v1/cases/${caseId}`)).body).toMatchObject({ status: 'closed', lifecycleStage: 'closed_other' });
      expect((await mine()).body.items[0]).toMatchObject({ overturnedAt: expect.any(String), appeal: { status: 'overturned', notes: 'The invoice is genuine.' } });
      expect(await events('trust.appeal.decided.v1')).toEqual([{ appealId: body.id, userId: owner.id, decision: 'overturned', caseId }]);
      const audit = await app.sql<{ action: string; metadata_json: unknown }>(`SELECT action, metadata_json FROM platform.audit_logs WHERE entity_id IN ($1, $2) ORDER BY seq`, [body.id, caseId]);
      expect(audit.map(({ action }) => action)).toEqual(expect.arrayContaining(['appeal.submitted', 'case.restored', 'appeal.reviewed']));
      expect(audit.find(({ action }) => action === 'appeal.reviewed')).toMatchObject({ metadata_json: { before: { status: 'pending' }, after: { status: 'overturned' }, reason: 'The invoice is genuine.', decisionId: decision.id } });
    });
  });

  it('keep nothing of what an erased person wrote against them', async () => {
    const { decision } = await decide('warn_user');
    const { body } = await appeal(decision.id);
    const [row] = await app.sql<{ clerk_id: string }>(`SELECT clerk_id FROM identity.users WHERE id = $1`, [owner.id]);
    await app.app.get(UserErasure, { strict: false }).eraseIdentity(SYSTEM, row!.clerk_id);
    await app.drain();
    expect((await list('?limit=100')).items.find(({ id }) => id === body.id)).toMatchObject({ text: null, user: { name: 'Deleted user' } });
    expect((await judge(body.id, 'overturned')).status).toBe(200);
  });
});
