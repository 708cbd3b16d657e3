import { insertCase, insertClinic } from '../../../../test/support/rescue.factory.js';
import { type Answer, TestApp } from '../../../../test/support/test-app.js';
import { SYSTEM } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import { UserErasure } from '../../identity/users/index.js';
import { caseRiskRaised, type CaseView } from '../../rescue/cases/index.js';
import type { SlaView } from '../review-queue/review-queue.dto.js';
import { CASE_REPORTS } from './report-books.js';
import { ReportReviewService } from './report-review.service.js';
import type { AdminCaseReportPage, AdminCaseReportView, OwnReportPage, OwnReportView } from './reports.dto.js';

interface Person {
  token: string;
  id: string;
}

const MINUTE = 60_000;

describe('reports about cases', () => {
  let app: TestApp;
  let owner: Person;
  let reporter: Person;
  let admin: Person;
  let second: Person;
  let people = 0;
  const clock = (now: Date | null): void => void (app.app.get(Clock).now = () => now ?? new Date());

  beforeAll(async () => {
    app = await TestApp.start();
    owner = await app.signIn('owner@example.org');
    admin = await app.signIn('admin@example.org', 'admin');
    second = await app.signIn('second@example.org', 'admin');
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    clock(null);
    reporter = await app.signIn(`reporter${++people}@example.org`);
  });

  const aCase = (columns: Record<string, unknown> = {}): Promise<string> => insertCase(app, { user_id: owner.id, ...columns });
  const report = (id: string, person: Person | undefined, body: unknown = { reason: 'suspected_scam' }): Promise<Answer<OwnReportView>> => app.post<OwnReportView>(`/v1/cases/${id}/reports`, { token: person?.token, body });
  const reported = async (columns: Record<string, unknown> = {}, person = reporter): Promise<{ caseId: string; id: string }> => {
    const caseId = await aCase(columns);
    return { caseId, id: (await report(caseId, person)).body.id };
  };
  const review = (id: string, person: Person = admin): Promise<Answer<AdminCaseReportView>> => app.post<AdminCaseReportView>(`/v1/admin/reports/${id}/reviewing`, { token: person.token });
  const resolve = (id: string, action: string, person: Person = admin, notes?: string): Promise<Answer<AdminCaseReportView>> =>
    app.post<AdminCaseReportView>(`/v1/admin/reports/${id}/resolution`, { token: person.token, body: { action, ...(notes ? { notes } : {}) } });
  const list = async (query = ''): Promise<AdminCaseReportPage> => (await app.get<AdminCaseReportPage>(`/v1/admin/reports${query}`, { token: admin.token })).body;
  const own = async (person: Person, query = ''): Promise<OwnReportPage> => (await app.get<OwnReportPage>(`/v1/me/reports${query}`, { token: person.token })).body;
  const caseRow = async (id: string): Promise<Record<string, unknown>> =>
    (await app.sql<Record<string, unknown>>(`SELECT status, lifecycle_stage, closed_at, closed_reason, hidden_at FROM rescue.cases WHERE id = $1`, [id]))[0]!;
  const audits = (entityId: string): Promise<{ action: string; actor_id: string | null; metadata_json: Record<string, unknown> }[]> =>
    app.sql(`SELECT action, actor_id, metadata_json FROM platform.audit_logs WHERE entity_id = $1 ORDER BY seq`, [entityId]);

  describe('by people', () => {
    it('wait for staff, and their author sees that they do', async () => {
      const caseId = await aCase();
      const answer = await report(caseId, reporter, { reason: 'incorrect_information', details: 'He was never\nat that clinic. <b>Look</b>' });
      expect(answer).toMatchObject({
        status: 201,
        body: { id: expect.any(String), targetType: 'case', targetId: caseId, reason: 'incorrect_information', details: 'He was never\nat that clinic. Look', status: 'open', createdAt: expect.any(String) },
      });
      expect(await own(reporter)).toEqual({ items: [answer.body], nextCursor: null });
      expect(await audits(answer.body.id)).toMatchObject([{ action: 'report_created', actor_id: reporter.id, metadata_json: { caseId, reportReason: 'incorrect_information' } }]);
    });

    it('need a session, a reason of the list and a case that is shown', async () => {
      const caseId = await aCase();
      expect((await report(caseId, undefined)).status).toBe(401);
      for (const body of [{}, { reason: 'dull' }, { reason: 'other', details: 'x'.repeat(2_001) }, { reason: 'other', reporterId: owner.id }]) {
        expect(await report(caseId, reporter, body)).toMatchObject({ status: 400, body: { code: 'VALIDATION' } });
      }
      expect((await report(caseId, reporter, { reason: 'other', details: 'x'.repeat(2_000) })).status).toBe(201);
      for (const id of [newId(), await aCase({ hidden_at: new Date() })]) expect(await report(id, reporter)).toMatchObject({ status: 404, body: { code: 'CASE_NOT_FOUND' } });
      expect((await report('rubbish', reporter)).status).toBe(400);
      expect((await app.get('/v1/me/reports')).status).toBe(401);
    });

    it('are one for each person and case while they wait, also of ten sent at once', async () => {
      const caseId = await aCase();
      const answers = await Promise.all(Array.from({ length: 10 }, () => report(caseId, reporter)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 200, 201]);
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
      expect((await own(reporter)).items).toHaveLength(1);
      const other = await app.signIn(`other${people}@example.org`);
      expect((await report(caseId, other)).status).toBe(201);
      expect((await list(`?caseId=${caseId}`)).pending).toEqual({ count: 2, status: 'open' });
      await resolve(answers[0]!.body.id, 'dismiss');
      expect((await report(caseId, reporter)).status).toBe(201);
    });

    it('are at most ten in a UTC day; a repeat costs nothing, and midnight starts anew', async () => {
      const other = await app.signIn(`unlimited${people}@example.org`);
      const day = new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000 - 86_400_000);
      clock(new Date(day.getTime() + 23 * 3_600_000));
      const cases = await Promise.all(Array.from({ length: 12 }, () => aCase()));
      const answers = await Promise.all(cases.map((id) => report(id, reporter)));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused).toHaveLength(2);
      expect(refused[0]).toMatchObject({ body: { code: 'RATE_LIMITED', scope: 'case.report' } });
      expect(refused[0]!.headers.get('retry-after')).toBe('3600');
      expect((await report(cases[answers.findIndex(({ status }) => status === 201)]!, reporter)).status).toBe(200);
      expect((await report(await aCase(), other)).status).toBe(201);
      clock(new Date(day.getTime() + 86_400_000));
      expect((await report(cases[answers.indexOf(refused[0]!)]!, reporter)).status).toBe(201);
    });

    it('never tell their author who decides, nor anybody else who reported', async () => {
      const { id, caseId } = await reported();
      await review(id);
      expect((await own(reporter)).items[0]).toMatchObject({ id, status: 'reviewing' });
      await resolve(id, 'warn_user', admin, 'Please show the invoice.');
      const seen = await own(reporter);
      expect(seen.items[0]).toMatchObject({ id, status: 'closed' });
      expect(JSON.stringify(seen)).not.toMatch(new RegExp(`${admin.id}|invoice|warn_user`));
      expect((await own(owner)).items).toEqual([]);
      const decisions = await app.get('/v1/me/decisions', { token: owner.token });
      const events = await app.sql<{ payload: unknown }>(`SELECT payload FROM platform.outbox_events`);
      const signals = await app.sql<{ data: unknown }>(`SELECT data FROM platform.live_events`);
      expect(JSON.stringify([decisions.body, (await app.get(`/v1/cases/${caseId}`, { token: owner.token })).body, events, signals])).not.toContain(reporter.id);
    });

    it('are listed to their author page by page', async () => {
      for (let i = 0; i < 3; i++) await reported();
      const first = await own(reporter, '?limit=2');
      const rest = await own(reporter, `?limit=2&cursor=${first.nextCursor}`);
      expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([2, 1, null]);
      expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(3);
    });

    it('stay without their author’s name when that person is erased', async () => {
      const { id } = await reported();
      const [row] = await app.sql<{ clerk_id: string }>(`SELECT clerk_id FROM identity.users WHERE id = $1`, [reporter.id]);
      await app.app.get(UserErasure, { strict: false }).eraseIdentity(SYSTEM, row!.clerk_id);
      await app.drain();
      expect(await resolve(id, 'no_action')).toMatchObject({ status: 200, body: { reporter: null, rule: null } });
    });
  });

  describe('by rules', () => {
    const raise = async (caseId: string, evidence: Record<string, unknown> = { distance: 3 }, reportReason: 'duplicate_case' | null = 'duplicate_case'): Promise<void> => {
      const payload = { caseId, ownerId: owner.id, riskPointId: newId(), rule: 'duplicate_images', reportReason, evidence } as const;
      await app.app.get(Database).transaction((tx) => Promise.resolve(tx.publish(caseRiskRaised(payload))));
      await app.drain();
    };

    it('carry what the rule saw, come first and count against nobody', async () => {
      const caseId = await aCase({ risk_level: 'high' });
      await raise(caseId);
      const { items, pending } = await list(`?caseId=${caseId}`);
      expect(pending).toEqual({ count: 1, status: 'open' });
      expect(items).toMatchObject([{ reason: 'duplicate_case', status: 'open', reporter: null, rule: 'duplicate_images', evidence: [{ distance: 3, riskPointId: expect.any(String), at: expect.any(String) }], case: { id: caseId, riskLevel: 'high' } }]);
      expect((await list()).items[0]!.id).toBe(items[0]!.id);
      const queue = (await app.get<{ items: { sourceId: string; priority: string }[] }>('/v1/admin/review-queue?limit=100', { token: admin.token })).body;
      expect(queue.items.find(({ sourceId }) => sourceId === items[0]!.id)).toMatchObject({ priority: 'high' });
      expect(await audits(items[0]!.id)).toMatchObject([{ action: 'report_created', actor_id: null, metadata_json: { rule: 'duplicate_images' } }]);
    });

    it('gather what a rule sees again in the report that waits; after it was decided there is a new one', async () => {
      const caseId = await aCase();
      await raise(caseId, { distance: 1 });
      await raise(caseId, { distance: 2 });
      const [waiting] = (await list(`?caseId=${caseId}`)).items;
      expect(waiting!.evidence).toMatchObject([{ distance: 1 }, { distance: 2 }]);
      await resolve(waiting!.id, 'dismiss');
      await raise(caseId);
      expect((await list(`?caseId=${caseId}`)).items).toMatchObject([{ evidence: [{ distance: 3 }] }]);
    });

    it('are not made where the rule asks for none', async () => {
      const caseId = await aCase();
      await raise(caseId, {}, null);
      expect((await list(`?caseId=${caseId}`)).pending).toEqual({ count: 0, status: 'none' });
    });
  });

  describe('for staff', () => {
    it.each(['get /v1/admin/reports', 'get /v1/admin/community-reports', `post /v1/admin/reports/${newId()}/reviewing`, `post /v1/admin/reports/${newId()}/resolution`, `post /v1/admin/community-reports/${newId()}/reviewing`, `post /v1/admin/community-reports/${newId()}/resolution`])(
      '%s is for admins only',
      async (route) => {
        const [method, path] = route.split(' ') as ['get' | 'post', string];
        expect((await app[method](path)).status).toBe(401);
        expect(await app[method](path, { token: reporter.token })).toMatchObject({ status: 403, body: { code: 'ADMIN_REQUIRED' } });
      },
    );

    it('show case, people and clocks; high risk first, then the newest, page by page', async () => {
      const [old, risky, recent] = [await reported(), await reported({ title: 'Rita' }), await reported()];
      await app.put(`/v1/admin/cases/${risky.caseId}/risk`, { token: admin.token, body: { level: 'high' } });
      const shown: AdminCaseReportView[] = [];
      let cursor = '';
      do {
        const page = await list(`?limit=2${cursor}`);
        shown.push(...page.items);
        cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : '';
      } while (cursor);
      expect(new Set(shown.map(({ id }) => id)).size).toBe(shown.length);
      const place = (id: string): number => shown.findIndex((one) => one.id === id);
      expect(place(risky.id)).toBeLessThan(place(recent.id));
      expect(place(recent.id)).toBeLessThan(place(old.id));
      expect(shown.map((one) => one.case.riskLevel === 'high')).toEqual([...shown].map((one) => one.case.riskLevel === 'high').sort((a, b) => Number(b) - Number(a)));
      const created = Date.parse(String(shown[place(risky.id)]!.createdAt));
      expect(shown[place(risky.id)]).toMatchObject({
        case: { id: risky.caseId, title: 'Rita', owner: { id: owner.id, name: 'owner' }, status: 'active', verificationStatus: 'unverified', lifecycleStage: 'active_treatment', riskLevel: 'high', hidden: false },
        reporter: { id: reporter.id, name: expect.any(String) },
        reviewer: null,
        firstResponseDueAt: new Date(created + 24 * 60 * MINUTE).toISOString(),
        resolutionDueAt: new Date(created + 48 * 60 * MINUTE).toISOString(),
        breached: false,
        claimedBy: null,
        claimedUntil: null,
      });
      await app.drain();
      const queue = (await app.get<{ items: { sourceId: string; priority: string }[] }>('/v1/admin/review-queue?limit=100', { token: admin.token })).body.items;
      expect(queue.find(({ sourceId }) => sourceId === risky.id)).toMatchObject({ priority: 'high' });
      await app.put(`/v1/admin/cases/${risky.caseId}/risk`, { token: admin.token, body: { level: 'low', note: 'Invoice seen' } });
    });

    it('filter by state', async () => {
      const { id } = await reported();
      await resolve(id, 'no_action');
      expect((await list('?limit=100')).items.map((one) => one.id)).not.toContain(id);
      expect((await list('?status=closed&limit=100')).items.map((one) => one.id)).toContain(id);
      expect((await app.get('/v1/admin/reports?status=dismissed', { token: admin.token })).status).toBe(400);
    });

    it('are looked at by one at a time; after half an hour somebody else may take over', async () => {
      const { id } = await reported();
      const now = Date.now();
      clock(new Date(now));
      expect(await review(id)).toMatchObject({ status: 200, body: { status: 'reviewing', reviewer: { id: admin.id }, reviewedAt: new Date(now).toISOString(), firstRespondedAt: new Date(now).toISOString(), claimedBy: `user:${admin.id}`, claimedUntil: new Date(now + 30 * MINUTE).toISOString() } });
      for (const refused of [await review(id, second), await resolve(id, 'dismiss', second)]) {
        expect(refused).toMatchObject({ status: 409, body: { code: 'REVIEW_ITEM_CLAIMED', claimedUntil: new Date(now + 30 * MINUTE).toISOString() } });
      }
      expect((await review(id)).status).toBe(200);
      clock(new Date(now + 30 * MINUTE));
      expect(await review(id, second)).toMatchObject({ status: 200, body: { reviewer: { id: second.id } } });
      expect(await resolve(id, 'dismiss', admin)).toMatchObject({ status: 409, body: { code: 'REVIEW_ITEM_CLAIMED' } });
      expect(await resolve(id, 'dismiss', second)).toMatchObject({ status: 200, body: { status: 'closed', claimedBy: null } });
      expect((await audits(id)).map(({ action }) => action)).toEqual(['report_created', 'report_reviewing', 'report_reviewing', 'report_reviewing', 'report_resolved']);
    });

    it('can be given back', async () => {
      const { id } = await reported();
      await review(id);
      await app.app.get(ReportReviewService, { strict: false }).release({ kind: 'user', userId: admin.id, role: 'admin', createdAt: new Date() }, CASE_REPORTS, id);
      expect((await review(id, second)).status).toBe(200);
    });

    it('are decided once, by whichever of ten comes first', async () => {
      const { id } = await reported();
      const admins = await Promise.all(Array.from({ length: 10 }, (_, i) => app.signIn(`judge${i}@example.org`, 'admin')));
      const answers = await Promise.all(admins.map((one) => resolve(id, 'warn_user', one)));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.filter(({ status, body }) => status === 409 && (body as unknown as { code: string }).code === 'REPORT_CLOSED')).toHaveLength(9);
      expect(await app.sql(`SELECT 1 FROM trust.decisions WHERE report_id = $1`, [id])).toHaveLength(1);
      for (const late of [await resolve(id, 'dismiss'), await review(id)]) expect(late).toMatchObject({ status: 409, body: { code: 'REPORT_CLOSED' } });
    });

    it('refuse unknown reports, actions and long notes', async () => {
      expect(await resolve(newId(), 'dismiss')).toMatchObject({ status: 404, body: { code: 'REPORT_NOT_FOUND' } });
      expect(await review(newId())).toMatchObject({ status: 404, body: { code: 'REPORT_NOT_FOUND' } });
      const { id } = await reported();
      for (const action of ['hide_content', 'lock_thread', 'ban']) expect((await resolve(id, action)).status).toBe(400);
      expect((await resolve(id, 'dismiss', admin, 'x'.repeat(2_001))).status).toBe(400);
    });

    it('are not for who owns the case or its clinic, or reported it, also as staff', async () => {
      const clinicId = await insertClinic(app, { ownerId: second.id });
      const involved = [
        { id: (await reported({ user_id: admin.id })).id, person: admin },
        { id: (await reported({ clinic_id: clinicId })).id, person: second },
        { id: (await reported({}, admin)).id, person: admin },
      ];
      for (const { id, person } of involved) {
        for (const refused of [await review(id, person), await resolve(id, 'dismiss', person)]) {
          expect(refused).toMatchObject({ status: 403, body: { code: 'SELF_REVIEW_FORBIDDEN' } });
        }
        const linked = { kind: 'staff', staffId: newId(), userId: person.id, role: 'moderator' } as const;
        await expect(app.app.get(ReportReviewService, { strict: false }).resolve(linked, CASE_REPORTS, id, 'dismiss', null)).rejects.toMatchObject({ code: 'SELF_REVIEW_FORBIDDEN' });
        expect((await resolve(id, 'dismiss', person === admin ? second : admin)).status).toBe(200);
      }
    });

    it('are also decided by staff of the back office, who are nobody’s reviewer in the API unless linked', async () => {
      const { id } = await reported();
      const staffId = newId();
      await app.app.get(ReportReviewService, { strict: false }).resolve({ kind: 'staff', staffId, userId: null, role: 'moderator' }, CASE_REPORTS, id, 'no_action', 'fine');
      expect(await app.sql(`SELECT status, reviewed_by, reviewed_by_staff, resolution_action, resolution_notes FROM trust.reports WHERE id = $1`, [id])).toEqual([
        { status: 'closed', reviewed_by: null, reviewed_by_staff: staffId, resolution_action: 'no_action', resolution_notes: 'fine' },
      ]);
    });
  });

  describe('resolved by', () => {
    it('hide_case close the case and take it from the public in one go', async () => {
      const { id, caseId } = await reported();
      const events = await app.sql<{ id: string }>(`SELECT coalesce(max(id), 0) AS id FROM platform.live_events`);
      expect(await resolve(id, 'hide_case', admin, 'The pictures are of another dog.')).toMatchObject({
        status: 200,
        body: { status: 'closed', resolutionAction: 'hide_case', resolutionNotes: 'The pictures are of another dog.', reviewer: { id: admin.id }, case: { status: 'closed', lifecycleStage: 'closed_other', hidden: true } },
      });
      const row = await caseRow(caseId);
      expect(row).toMatchObject({ status: 'closed', lifecycle_stage: 'closed_other', closed_reason: 'other', closed_at: expect.any(Date), hidden_at: expect.any(Date) });
      expect((await app.get(`/v1/cases/${caseId}`)).status).toBe(404);
      expect((await app.get<CaseView>(`/v1/cases/${caseId}`, { token: owner.token })).body).toMatchObject({ isDonationAllowed: false, closedNotes: null, updates: [{ type: 'milestone', authorRole: 'moderator', text: 'Closed.' }] });
      const signals = await app.sql<{ type: string }>(`SELECT type FROM platform.live_events WHERE channel = $1 AND id > $2`, [`case:${caseId}`, events[0]!.id]);
      expect(signals.map(({ type }) => type)).toContain('case.hidden');
      const published = await app.sql<{ type: string }>(`SELECT type FROM platform.outbox_events WHERE payload->>'caseId' = $1`, [caseId]);
      expect(published.map(({ type }) => type).sort()).toEqual(expect.arrayContaining(['rescue.case.closed.v1', 'rescue.case.hidden.v1', 'rescue.case.lifecycle_changed.v1', 'trust.decision.made.v1']));
      expect((await audits(caseId)).map(({ action, metadata_json: { reason } }) => [action, reason])).toEqual([
        ['case.hidden', 'The pictures are of another dog.'],
        ['lifecycle_transition', undefined],
      ]);
      expect((await audits(id)).at(-1)).toMatchObject({
        action: 'report_resolved',
        actor_id: admin.id,
        metadata_json: { before: { status: 'open' }, after: { status: 'closed', resolutionAction: 'hide_case' }, reason: 'The pictures are of another dog.', target: { type: 'case', id: caseId } },
      });
    });

    it('hide_case only hide what is closed already, and change nothing of what is hidden', async () => {
      const { id, caseId } = await reported();
      const other = await report(caseId, await app.signIn(`again${people}@example.org`));
      await app.sql(`UPDATE rescue.cases SET status = 'closed', lifecycle_stage = 'closed_success', closed_reason = 'success', closed_at = now() WHERE id = $1`, [caseId]);
      expect((await resolve(id, 'hide_case')).status).toBe(200);
      expect(await caseRow(caseId)).toMatchObject({ lifecycle_stage: 'closed_success', closed_reason: 'success', hidden_at: expect.any(Date) });
      expect((await list(`?caseId=${caseId}`)).items).toMatchObject([{ id: other.body.id, status: 'open' }]);
      expect((await resolve(other.body.id, 'hide_case')).status).toBe(200);
      expect(await app.sql(`SELECT 1 FROM trust.decisions WHERE target_id = $1`, [caseId])).toHaveLength(1);
    });

    it('hide_case twice at once, of two reports, are both right and state the reasons once', async () => {
      const { id, caseId } = await reported();
      const other = await report(caseId, await app.signIn(`twin${people}@example.org`));
      expect((await Promise.all([resolve(id, 'hide_case'), resolve(other.body.id, 'hide_case', second)])).map(({ status }) => status)).toEqual([200, 200]);
      expect(await app.sql(`SELECT 1 FROM trust.decisions WHERE target_id = $1`, [caseId])).toHaveLength(1);
    });

    it('warn_user count a warning and leave the case alone', async () => {
      const warned = await app.signIn(`warned${people}@example.org`);
      const { id, caseId } = await reported({ user_id: warned.id });
      expect((await resolve(id, 'warn_user', admin, 'Please show the invoice.')).status).toBe(200);
      expect((await app.get('/v1/me', { token: warned.token })).body).toMatchObject({ warningCount: 1 });
      expect(await caseRow(caseId)).toMatchObject({ status: 'active', hidden_at: null });
      expect(await audits(warned.id)).toMatchObject([{ action: 'user.warned', actor_id: admin.id, metadata_json: { before: { warningCount: 0 }, after: { warningCount: 1 }, reason: 'Please show the invoice.' } }]);
      expect(await app.sql(`SELECT payload FROM platform.outbox_events WHERE type = 'identity.user.warned.v1' AND payload->>'userId' = $1`, [warned.id])).toEqual([{ payload: { userId: warned.id, warningCount: 1 } }]);
    });

    it('warn_user wait for another answer when the owner has left', async () => {
      const gone = await app.signIn(`gone${people}@example.org`);
      const { id } = await reported({ user_id: gone.id });
      await app.sql(`UPDATE identity.users SET deleted_at = now() WHERE id = $1`, [gone.id]);
      expect(await resolve(id, 'warn_user')).toMatchObject({ status: 409, body: { code: 'SANCTION_UNAVAILABLE' } });
      expect((await resolve(id, 'no_action')).status).toBe(200);
    });

    it.each(['dismiss', 'no_action'])('%s do nothing else', async (action) => {
      const { id, caseId } = await reported();
      expect(await resolve(id, action)).toMatchObject({ status: 200, body: { status: 'closed', resolutionAction: action } });
      expect(await caseRow(caseId)).toMatchObject({ status: 'active', lifecycle_stage: 'active_treatment', hidden_at: null });
      expect(await app.sql(`SELECT 1 FROM trust.decisions WHERE target_id = $1`, [caseId])).toEqual([]);
      expect(await audits(caseId)).toEqual([]);
    });
  });

  it('are counted in the promises', async () => {
    const before = (await app.get<SlaView>('/v1/admin/sla', { token: admin.token })).body.reports;
    const { id } = await reported();
    const after = (await app.get<SlaView>('/v1/admin/sla', { token: admin.token })).body.reports;
    expect(after).toMatchObject({ open: before.open + 1, dueWithin24h: before.dueWithin24h + 1 });
    await resolve(id, 'dismiss');
    expect((await app.get<SlaView>('/v1/admin/sla', { token: admin.token })).body.reports).toMatchObject({ open: before.open, resolution: { p50Seconds: expect.any(Number), p90Seconds: expect.any(Number) } });
  });
});
