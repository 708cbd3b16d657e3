import { insertCase } from '../../../../test/support/rescue.factory.js';
import { type Answer, TestApp } from '../../../../test/support/test-app.js';
import { SYSTEM } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { newId } from '../../../platform/ids.js';
import { UserErasure } from '../../identity/users/index.js';
import type { AdminCommunityReportPage, AdminCommunityReportView, OwnReportPage, OwnReportView } from './reports.dto.js';
import { ReportsWorker } from './reports.worker.js';

interface Person {
  token: string;
  id: string;
}

describe('reports about comments', () => {
  let app: TestApp;
  let author: Person;
  let reporter: Person;
  let admin: Person;
  let second: Person;
  let people = 0;
  const clock = (now: Date | null): void => void (app.app.get(Clock).now = () => now ?? new Date());

  beforeAll(async () => {
    app = await TestApp.start();
    admin = await app.signIn('admin@example.org', 'admin');
    second = await app.signIn('second@example.org', 'admin');
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    clock(null);
    author = await app.signIn(`author${++people}@example.org`);
    reporter = await app.signIn(`reporter${people}@example.org`);
  });

  const comment = async (content = 'You are all fools.', caseId?: string): Promise<{ caseId: string; commentId: string }> => {
    const id = caseId ?? (await insertCase(app));
    const { body } = await app.post<{ id: string }>(`/v1/cases/${id}/comments`, { token: author.token, body: { content } });
    return { caseId: id, commentId: body.id };
  };
  const report = (id: string, person: Person | undefined = reporter, body: unknown = { reason: 'harassment' }): Promise<Answer<OwnReportView>> =>
    app.post<OwnReportView>(`/v1/comments/${id}/reports`, { token: person?.token, body });
  const resolve = (id: string, action: string, person: Person = admin, notes?: string): Promise<Answer<AdminCommunityReportView>> =>
    app.post<AdminCommunityReportView>(`/v1/admin/community-reports/${id}/resolution`, { token: person.token, body: { action, ...(notes ? { notes } : {}) } });
  const list = async (query = '?limit=100'): Promise<AdminCommunityReportPage> => (await app.get<AdminCommunityReportPage>(`/v1/admin/community-reports${query}`, { token: admin.token })).body;
  const comments = async (caseId: string): Promise<string[]> => (await app.get<{ items: { content: string }[] }>(`/v1/cases/${caseId}/comments`)).body.items.map(({ content }) => content);
  const countOf = async (caseId: string): Promise<unknown> => (await app.get(`/v1/cases/${caseId}`)).body['commentsCount'];

  it('wait for staff with what was said, and are audited', async () => {
    const { commentId, caseId } = await comment();
    const answer = await report(commentId, reporter, { reason: 'harassment', details: 'Every day.' });
    expect(answer).toMatchObject({ status: 201, body: { targetType: 'case_comment', targetId: commentId, reason: 'harassment', details: 'Every day.', status: 'open' } });
    expect((await app.get<OwnReportPage>('/v1/me/reports', { token: reporter.token })).body.items).toEqual([answer.body]);
    const shown = (await list()).items[0]!;
    expect(shown).toMatchObject({ id: answer.body.id, targetType: 'case_comment', targetId: commentId, targetOwner: { id: author.id }, caseId, excerpt: 'You are all fools.', reporter: { id: reporter.id }, breached: false });
    expect(Date.parse(String(shown.resolutionDueAt)) - Date.parse(String(shown.createdAt))).toBe(86_400_000);
    expect(await app.sql(`SELECT action, entity_type FROM platform.audit_logs WHERE entity_id = $1`, [answer.body.id])).toEqual([{ action: 'community.report.created', entity_type: 'community_report' }]);
  });

  it('need a session, a reason of the list and a comment that is shown', async () => {
    const { commentId, caseId } = await comment();
    expect((await report(commentId, { token: '', id: '' })).status).toBe(401);
    for (const body of [{}, { reason: 'suspected_scam' }, { reason: 'spam', details: 'x'.repeat(2_001) }]) expect((await report(commentId, reporter, body)).status).toBe(400);
    expect(await report(newId())).toMatchObject({ status: 404, body: { code: 'COMMENT_NOT_FOUND' } });
    await app.sql(`UPDATE rescue.cases SET hidden_at = now() WHERE id = $1`, [caseId]);
    expect(await report(commentId)).toMatchObject({ status: 404, body: { code: 'COMMENT_NOT_FOUND' } });
    const deleted = await comment();
    await app.delete(`/v1/comments/${deleted.commentId}`, { token: author.token });
    expect((await report(deleted.commentId)).status).toBe(404);
  });

  it('are one for each person and comment, and at most six in ten minutes', async () => {
    const { commentId } = await comment();
    const answers = await Promise.all(Array.from({ length: 10 }, () => report(commentId)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const now = Date.now();
    const more = await Promise.all(Array.from({ length: 6 }, () => comment('Fools!')));
    const statuses = (await Promise.all(more.map(({ commentId: id }) => report(id)))).map(({ status }) => status);
    expect(statuses.sort()).toEqual([201, 201, 201, 201, 201, 429]);
    expect((await report(commentId)).status).toBe(200);
    const refused = await report((await comment()).commentId);
    expect(refused).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED', scope: 'community.report' } });
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(600);
    clock(new Date(now + 600_000));
    expect((await report((await comment()).commentId)).status).toBe(201);
  });

  it('hide_content take the comment away and tell its author why; an appeal brings it back', async () => {
    const { commentId, caseId } = await comment();
    const { body } = await report(commentId);
    expect(await resolve(body.id, 'hide_content', admin, 'Please stay polite.')).toMatchObject({ status: 200, body: { status: 'closed', resolutionAction: 'hide_content' } });
    expect(await comments(caseId)).not.toContain('You are all fools.');
    expect(await countOf(caseId)).toBe(0);
    const decisions = (await app.get<{ items: { id: string }[] }>('/v1/me/decisions', { token: author.token })).body;
    expect(decisions.items).toMatchObject([{ action: 'hide_content', reason: 'Please stay polite.', targetType: 'case_comment', targetId: commentId, caseId }]);
    expect(JSON.stringify(decisions)).not.toContain(reporter.id);
    const appeal = await app.post<{ id: string }>(`/v1/decisions/${decisions.items[0]!.id}/appeals`, { token: author.token, body: { text: 'It was a quote.' } });
    expect((await app.post(`/v1/admin/appeals/${appeal.body.id}/review`, { token: second.token, body: { decision: 'overturned' } })).status).toBe(200);
    expect(await comments(caseId)).toEqual(['You are all fools.']);
    expect(await countOf(caseId)).toBe(1);
    expect(await app.sql(`SELECT action FROM platform.audit_logs WHERE entity_id = $1 ORDER BY seq`, [commentId])).toEqual([{ action: 'case.comment_deleted' }, { action: 'case.comment_restored' }]);
  });

  it('hide_content state no reasons for what its author has deleted meanwhile', async () => {
    const { commentId } = await comment();
    const { body } = await report(commentId);
    await app.delete(`/v1/comments/${commentId}`, { token: author.token });
    expect((await resolve(body.id, 'hide_content')).status).toBe(200);
    expect((await app.get('/v1/me/decisions', { token: author.token })).body).toMatchObject({ items: [] });
  });

  it('are dismissed, closed or refused as what they are', async () => {
    const { commentId } = await comment();
    const first = (await report(commentId)).body.id;
    expect(await resolve(first, 'dismiss')).toMatchObject({ status: 200, body: { status: 'dismissed', resolutionAction: 'dismiss' } });
    expect(await resolve(first, 'no_action')).toMatchObject({ status: 409, body: { code: 'REPORT_CLOSED' } });
    expect((await list('?status=dismissed')).items.map(({ id }) => id)).toContain(first);
    const again = (await report(commentId)).body.id;
    expect(await resolve(again, 'lock_thread')).toMatchObject({ status: 409, body: { code: 'SANCTION_UNAVAILABLE' } });
    expect((await resolve(again, 'hide_case')).status).toBe(400);
    expect(await resolve(again, 'warn_user')).toMatchObject({ status: 200, body: { status: 'closed' } });
    expect((await app.get('/v1/me', { token: author.token })).body).toMatchObject({ warningCount: 1 });
  });

  it('are looked at by one at a time, never by who wrote or reported it, and decided once', async () => {
    const { commentId } = await comment();
    const { id } = (await report(commentId, second)).body;
    expect(await resolve(id, 'dismiss', second)).toMatchObject({ status: 403, body: { code: 'SELF_REVIEW_FORBIDDEN' } });
    const reviewing = (person: Person): Promise<Answer> => app.post(`/v1/admin/community-reports/${id}/reviewing`, { token: person.token });
    expect(await reviewing(admin)).toMatchObject({ status: 200, body: { status: 'reviewing', claimedBy: `user:${admin.id}` } });
    const third = await app.signIn('third@example.org', 'admin');
    expect(await reviewing(third)).toMatchObject({ status: 409, body: { code: 'REVIEW_ITEM_CLAIMED' } });
    const answers = await Promise.all(Array.from({ length: 5 }, () => resolve(id, 'hide_content')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
    expect((await app.sql<{ action: string }>(`SELECT action FROM platform.audit_logs WHERE entity_id = $1 ORDER BY seq`, [id])).map(({ action }) => action)).toEqual(['community.report.created', 'community.report.reviewing', 'community.report.resolved']);
  });

  it('forget what was said 90 days after the decision, and with its author', async () => {
    const [old, young] = [await comment(), await comment()];
    const ids = [(await report(old.commentId)).body.id, (await report(young.commentId)).body.id];
    await resolve(ids[0]!, 'dismiss');
    await app.sql(`UPDATE trust.community_reports SET reviewed_at = reviewed_at - interval '91 days' WHERE id = $1`, [ids[0]]);
    await app.app.get(ReportsWorker, { strict: false }).purgeExcerpts();
    const excerpts = async (): Promise<unknown[]> => (await app.sql<{ excerpt: string | null }>(`SELECT excerpt FROM trust.community_reports WHERE id = ANY($1) ORDER BY array_position($1, id)`, [ids])).map(({ excerpt }) => excerpt);
    expect(await excerpts()).toEqual([null, 'You are all fools.']);
    const [row] = await app.sql<{ clerk_id: string }>(`SELECT clerk_id FROM identity.users WHERE id = $1`, [author.id]);
    await app.app.get(UserErasure, { strict: false }).eraseIdentity(SYSTEM, row!.clerk_id);
    await app.drain();
    expect(await excerpts()).toEqual([null, null]);
  });
});
