import { randomBytes } from 'node:crypto';
import { getDataSourceToken } from '@nestjs/typeorm';
import sharp from 'sharp';
import type { DataSource } from 'typeorm';
import { type DeskRows, fillEveryTable } from '../../test/support/desk-rows.js';
import { publishCase, uploadPicture } from '../../test/support/rescue.factory.js';
import { StaffClient } from '../../test/support/staff-client.js';
import { TestApp } from '../../test/support/test-app.js';
import { newId } from '../platform/ids.js';
import { BackofficeRegistry, STAFF_ROLES, type StaffRole } from '../platform/backoffice/index.js';

/** Secrets are nobody's to see. */
const NOT_SHOWN = ['InstallationSecret'];

const HOSTILE = [`%'"\\`, '🐾', 'three', '-1', '99999999999999999999999', '1e400', '0190-not-a-uuid', '2026-13-45', `'; DROP TABLE rescue.cases; --`, '{"a":', '__proto__', '\u0000', 'NaN', 'true'];

interface AuditRow {
  action: string;
  actor_kind: string;
  entity_id: string;
  metadata_json: Record<string, unknown>;
}

/** The back office over the real application, with rows in every table. */
describe('the desk', () => {
  let app: TestApp;
  let rows: DeskRows;
  let staff: Record<StaffRole, StaffClient>;
  let resources: { id: string; entity: string; properties: string[] }[];

  beforeAll(async () => {
    app = await TestApp.start({ TRUST_PROXY: '1' });
    rows = await fillEveryTable(app);
    const dataSource = app.app.get<DataSource>(getDataSourceToken());
    resources = app.app.get(BackofficeRegistry, { strict: false }).all().map(({ entity }) => {
      const { schema, tableName, columns } = dataSource.getMetadata(entity);
      return { id: `${schema}_${tableName}`, entity: entity.name, properties: columns.map((column) => column.propertyPath) };
    });
    staff = Object.fromEntries(await Promise.all(STAFF_ROLES.map(async (role) => [role, await signedIn(role)] as const))) as Record<StaffRole, StaffClient>;
  });
  afterAll(() => app.stop());

  const signedIn = async (role: StaffRole): Promise<StaffClient> => {
    const client = new StaffClient(`${app.url}/admin`);
    expect((await client.signIn(`${role}@example.org`)).status).toBe(303);
    return client;
  };
  const list = (id: string, query = ''): string => `/api/resources/${id}/actions/list${query}`;
  const act = (client: StaffClient, resource: string, id: string, action: string, form: Record<string, string>): ReturnType<StaffClient['json']> =>
    client.json(`/api/resources/${resource}/records/${id}/${action}`, form);
  const audited = (action: string): Promise<AuditRow[]> => app.sql<AuditRow>(`SELECT action, actor_kind, entity_id, metadata_json FROM platform.audit_logs WHERE action = $1 ORDER BY seq`, [action]);

  it('shows every table', () => {
    const shown = new Set(resources.map(({ entity }) => entity));
    const missing = app.app.get<DataSource>(getDataSourceToken()).entityMetadatas.map(({ name }) => name).filter((name) => !shown.has(name));
    expect(missing).toEqual(NOT_SHOWN);
  });

  it('lists, sorts, shows and finds the rows of each', async () => {
    for (const { id, properties } of resources) {
      const { body } = await staff.superadmin.json(list(id));
      expect({ id, empty: body.records.length === 0 }).toEqual({ id, empty: false });
      const first = body.records[0]!;
      const shown = await staff.superadmin.json(`/api/resources/${id}/records/${first.id}/show`);
      expect({ id, status: shown.status, params: shown.body.record.params }).toMatchObject({ id, status: 200, params: first.params });
      const found = await staff.superadmin.json(`/api/resources/${id}/actions/search/${encodeURIComponent(first.id)}`);
      expect({ id, found: found.body.records.map((record) => record.id) }).toEqual({ id, found: [first.id] });
      for (const property of properties) {
        const sorted = await staff.superadmin.json(list(id, `?sortBy=${property}&direction=asc`));
        expect({ id, property, status: sorted.status, total: sorted.body.meta.total }).toEqual({ id, property, status: 200, total: body.meta.total });
      }
    }
  });

  it.each(HOSTILE)('bears %j in every filter and search', async (value) => {
    const term = encodeURIComponent(value);
    for (const { id, properties } of resources) {
      const queries = [
        properties.map((property) => `filters.${property}=${term}`).join('&'),
        properties.map((property) => `filters.${property}~~from=${term}&filters.${property}~~to=${term}`).join('&'),
      ];
      for (const query of queries) {
        const answer = await staff.superadmin.json(list(id, `?${query}`));
        expect({ id, query, status: answer.status, type: answer.body.notice?.type }).toEqual({ id, query, status: 200, type: undefined });
      }
      const search = await staff.superadmin.send(`/api/resources/${id}/actions/search/${term}`);
      expect({ id, status: search.status }).toEqual({ id, status: 200 });
      const show = await staff.superadmin.send(`/api/resources/${id}/records/${term}/show`);
      expect({ id, server: show.status >= 500 }).toEqual({ id, server: false });
    }
  });

  it('tells nobody but finance staff which gifts there are', async () => {
    const hits = async (client: StaffClient): Promise<string[]> => {
      const found: string[] = [];
      for (const { id } of resources) {
        const { body } = await client.json(list(id));
        if (JSON.stringify(body).includes(rows.donationId)) found.push(id);
      }
      return found;
    };
    expect(await hits(staff.moderator)).toEqual([]);
    expect(await hits(staff.support)).toEqual([]);
    expect(await hits(staff.finance)).toEqual(expect.arrayContaining(['giving_donations', 'giving_ledger_entries', 'giving_stripe_events', 'platform_audit_logs']));
    const shown = await staff.moderator.json(`/api/resources/giving_donations/records/${rows.donationId}/show`);
    expect(JSON.stringify(shown.body)).not.toContain(rows.donorId);
  });

  it('says on its start page what waits and what is wrong, to those who may see it', async () => {
    await app.sql(`INSERT INTO platform.alerts (id, kind, subject, raised_at, last_seen_at) VALUES ($1, 'giving.books_differ', 'desk', now(), now())`, [newId()]);
    const panels = async (role: StaffRole): Promise<Record<string, string>> => {
      const start = (await (await staff[role].send('/api/dashboard')).json()) as { panels: { title: string; content: { rows: unknown[][] } }[] };
      return Object.fromEntries(start.panels.map(({ title, content }) => [title, JSON.stringify(content.rows)]));
    };
    const shown = await panels('superadmin');
    expect(shown['What waits for a decision']).toMatch(/"Reports of cases",1,.*"Claims of clinics",1,/);
    expect(shown['Open alerts']).toContain('giving.books_differ: desk');
    expect(Object.keys(await panels('moderator'))).toEqual(['What waits for a decision']);
  });

  describe('what waits for a decision', () => {
    const sections = async (resource: string, id: string): Promise<string> => (await staff.moderator.send(`/api/resources/${resource}/records/${id}/sections`)).text();

    it('shows the pictures of a duplicate side by side on the page of its report', async () => {
      const picture = await sharp(randomBytes(8 * 8 * 3), { raw: { width: 8, height: 8, channels: 3 } }).resize(64, 64).png().toBuffer();
      const [first, second] = await Promise.all(['first', 'second'].map((name) => app.signIn(`${name}-copy@example.org`)));
      const original = await publishCase<{ id: string; images: string[] }>(app, first!.token, { images: [await uploadPicture(app, first!.token, picture)] });
      const copy = await publishCase<{ id: string; images: string[]; riskLevel: string }>(app, second!.token, { images: [await uploadPicture(app, second!.token, picture)] });
      expect(copy.riskLevel).toBe('high');
      await app.drain();
      const [report] = await app.sql<{ id: string }>(`SELECT id FROM trust.reports WHERE case_id = $1 AND reason = 'duplicate_case'`, [copy.id]);
      const page = await sections('trust_reports', report!.id);
      for (const id of [original.id, original.images[0]!, copy.images[0]!]) expect(page).toContain(id);
    });

    it('is taken, given back and decided by moderators', async () => {
      const report = (action: string, form: Record<string, string> = {}): ReturnType<StaffClient['json']> => act(staff.moderator, 'trust_reports', rows.reportId, action, form);
      expect((await report('claim')).body.notice.type).toBe('success');
      expect(await sections('trust_reports', rows.reportId)).toContain('staff:');
      expect(await sections('rescue_cases', rows.caseId)).toContain(rows.reportId);
      const other = await act(staff.superadmin, 'trust_reports', rows.reportId, 'resolve', { resolutionAction: 'dismiss' });
      expect(other.body.notice).toMatchObject({ type: 'error', message: expect.stringContaining('Somebody else is at this') });
      expect((await report('release')).body.notice.type).toBe('success');
      expect((await report('resolve', { resolutionAction: 'no_action', resolutionNotes: 'All is well.' })).body.notice.type).toBe('success');
      expect(await audited('report_resolved')).toMatchObject([{ actor_kind: 'user' }, { actor_kind: 'staff', entity_id: rows.reportId, metadata_json: { reason: 'All is well.' } }]);
      expect((await report('resolve', { resolutionAction: 'dismiss' })).body.notice.type).toBe('error');
    });

    it('is an appeal too, with its outcome', async () => {
      const judged = await act(staff.moderator, 'trust_appeals', rows.appealId, 'review', { decision: 'overturned', notes: 'You are right.' });
      expect(judged.body.notice.type).toBe('success');
      expect(await audited('appeal.reviewed')).toMatchObject([{ actor_kind: 'staff', entity_id: rows.appealId, metadata_json: { reason: 'You are right.' } }]);
    });
  });

  it('lets moderators rate volunteers, write down what they did, and remove a listing, each in the audit log', async () => {
    const [volunteer] = await app.sql<{ id: string }>(`SELECT id FROM directory.volunteers`);
    const [listing] = await app.sql<{ id: string }>(`SELECT id FROM rescue.adoptions`);
    const on = async (client: StaffClient, resource: string, id: string, action: string, form: Record<string, string> = {}): Promise<string> => (await act(client, resource, id, action, form)).body.notice.type;
    expect(await on(staff.moderator, 'directory_volunteers', volunteer!.id, 'markTop')).toBe('success');
    expect(await on(staff.moderator, 'directory_volunteers', volunteer!.id, 'rate', { rating: '4' })).toBe('success');
    expect(await on(staff.moderator, 'directory_volunteers', volunteer!.id, 'logActivity', { kind: 'fostering', hours: '2.5' })).toBe('success');
    expect(await on(staff.moderator, 'directory_volunteers', volunteer!.id, 'logActivity', { kind: 'fostering', hours: '-1' })).toBe('error');
    expect(await on(staff.finance, 'directory_volunteers', volunteer!.id, 'rate', { rating: '1' })).toBe('error');
    expect((await app.get(`/v1/volunteers/${volunteer!.id}`)).body).toMatchObject({ isTopVolunteer: true, rating: 4, stats: { animalsHelped: 2, hoursVolunteered: 4 } });
    expect(await on(staff.moderator, 'rescue_adoptions', listing!.id, 'remove')).toBe('error');
    expect(await on(staff.support, 'rescue_adoptions', listing!.id, 'remove', { reason: 'x' })).toBe('error');
    expect(await on(staff.moderator, 'rescue_adoptions', listing!.id, 'remove', { reason: 'For sale' })).toBe('success');
    expect((await app.get(`/v1/adoptions/${listing!.id}`)).status).toBe(404);
    expect(await audited('adoption.removed')).toMatchObject([{ actor_kind: 'staff', entity_id: listing!.id, metadata_json: { reason: 'For sale' } }]);
    for (const action of ['volunteer.top_changed', 'volunteer.rated']) expect(await audited(action)).toMatchObject([{ actor_kind: 'staff', entity_id: volunteer!.id }]);
  });

  describe('a case', () => {
    const caseIs = async (): Promise<Record<string, unknown>> =>
      (await app.sql<Record<string, unknown>>(`SELECT risk_level, verification_status, hidden_at IS NOT NULL AS hidden, lifecycle_stage, status FROM rescue.cases WHERE id = $1`, [rows.caseId]))[0]!;

    it('is assessed, verified, hidden and shown again by moderators, each with a reason in the audit log', async () => {
      const moderate = async (action: string, form: Record<string, string>): Promise<void> => {
        const { body } = await act(staff.moderator, 'rescue_cases', rows.caseId, action, { ...form, reason: `because of ${action}` });
        expect({ action, notice: body.notice }).toMatchObject({ action, notice: { type: 'success' } });
      };
      await moderate('setRisk', { riskLevel: 'high' });
      await moderate('setVerification', { verificationStatus: 'community' });
      await moderate('hide', {});
      expect(await caseIs()).toMatchObject({ risk_level: 'high', verification_status: 'community', hidden: true });
      await moderate('restore', {});
      expect(await caseIs()).toMatchObject({ hidden: false });
      for (const [action, name] of [['setRisk', 'case.risk_changed'], ['setVerification', 'case.verification_set'], ['hide', 'case.hidden'], ['restore', 'case.restored']] as const) {
        expect(await audited(name)).toMatchObject([{ actor_kind: 'staff', entity_id: rows.caseId, metadata_json: { reason: `because of ${action}` } }]);
      }
    });

    it('moves along its life, with a milestone, and never back', async () => {
      const move = (stage: string): ReturnType<StaffClient['json']> => act(staff.moderator, 'rescue_cases', rows.caseId, 'moveCase', { lifecycleStage: stage, notes: 'She has a home.' });
      expect((await move('closed_success')).body.notice.type).toBe('success');
      expect(await caseIs()).toMatchObject({ lifecycle_stage: 'closed_success', status: 'closed' });
      const [milestone] = await app.sql(`SELECT author_id, author_role, text FROM rescue.case_updates WHERE case_id = $1 AND type = 'milestone'`, [rows.caseId]);
      expect(milestone).toEqual({ author_id: null, author_role: 'moderator', text: 'Closed with a happy ending. She has a home.' });
      expect((await move('seeking_adoption')).body.notice.type).toBe('error');
      expect(await caseIs()).toMatchObject({ lifecycle_stage: 'closed_success' });
    });

    it.each(['finance', 'support'] as const)('is left alone by %s staff', async (role) => {
      const before = await caseIs();
      for (const action of ['setRisk', 'setVerification', 'hide', 'moveCase']) {
        const { body } = await act(staff[role], 'rescue_cases', rows.caseId, action, { riskLevel: 'low', verificationStatus: 'clinic', reason: 'x' });
        expect({ action, type: body.notice.type }).toEqual({ action, type: 'error' });
      }
      expect(await caseIs()).toEqual(before);
    });
  });

  it('shows a donation with its whole trail on one page', async () => {
    const page = (await (await staff.finance.send(`/api/resources/giving_donations/records/${rows.donationId}/sections`)).json()) as { sections: { title: string; content: { rows: unknown[][] } }[] };
    const trail = Object.fromEntries(page.sections.map(({ title, content }) => [title, JSON.stringify(content.rows)]));
    expect(trail['Audit trail']).toMatch(/donation\.checkout_created.*donation\.completed/);
    expect(trail['Told by the payment provider']).toContain('checkout.session.completed');
    expect(trail['In the books']).toMatch(/donation: Donation received.*stripe_balance.*2550.*platform_revenue.*128/);
    expect(trail['Issued to the donor']).toMatch(/"label":"PT-[A-Z0-9]{8}".*2550/);
    const refused = await staff.moderator.send(`/api/resources/giving_donations/records/${rows.donationId}/sections`);
    expect(await refused.text()).not.toContain('checkout_created');
  });

  it('hands the books to finance staff as a file, by day and case, and to nobody else', async () => {
    const path = '/downloads/giving_ledger_entries/csv';
    const file = await staff.finance.send(`${path}?from=2026-01-01&caseId=${rows.caseId}`);
    expect([file.status, file.headers.get('content-type'), file.headers.get('content-disposition')]).toEqual([200, 'text/csv; charset=utf-8', expect.stringMatching(/^attachment; filename=ledger-2026-01-01-[\d-]+\.csv$/)]);
    const lines = (await file.text()).trim().split('\r\n');
    expect(lines[0]).toContain('entry_id,occurred_at,kind,account');
    // Of the gift: what came, our share and the provider's fee, two postings each. The payout has an invoice and no donation.
    expect(lines.slice(1).filter((line) => line.includes(rows.donationId))).toHaveLength(6);
    expect(lines.slice(1).every((line) => line.includes(rows.caseId))).toBe(true);
    expect(lines.filter((line) => line.includes(',payout,')).length).toBe(2);
    expect(await audited('ledger.exported')).toMatchObject([{ actor_kind: 'staff', entity_id: rows.caseId }]);

    for (const query of ['?from=2026-13-45', '?caseId=rex', '?from=2026-02-01&to=2026-01-01']) expect((await staff.finance.send(path + query)).status).toBe(400);
    expect((await staff.moderator.send(path)).status).toBe(403);
    expect((await new StaffClient(`${app.url}/admin`).send(path)).status).toBe(302);
    for (const other of ['/downloads/giving_ledger_entries/pdf', '/downloads/rescue_cases/csv', '/downloads/x/csv']) expect((await staff.finance.send(other)).status).toBe(404);
    expect((await staff.finance.send('/resources/giving_ledger_entries/actions/csv')).status).toBe(200);
  });

  it('takes an entry of the evidence trail back', async () => {
    const { body } = await act(staff.moderator, 'rescue_case_updates', rows.updateId, 'retract', { reason: 'Shows a person’s address' });
    expect(body.notice.type).toBe('success');
    const [row] = await app.sql<{ retracted: boolean }>(`SELECT retracted_at IS NOT NULL AS retracted FROM rescue.case_updates WHERE id = $1`, [rows.updateId]);
    expect(row).toEqual({ retracted: true });
  });

  it('removes a comment, with what it said kept beside it', async () => {
    expect((await act(staff.finance, 'rescue_comments', rows.commentId, 'remove', { reason: 'x' })).body.notice.type).toBe('error');
    expect((await act(staff.moderator, 'rescue_comments', rows.commentId, 'remove', { reason: 'An insult' })).body.notice.type).toBe('success');
    const [row] = await app.sql(`SELECT content, evidence FROM rescue.comments WHERE id = $1`, [rows.commentId]);
    expect(row).toEqual({ content: 'This comment was deleted.', evidence: 'Get well!' });
    const [audit] = await app.sql(`SELECT actor_kind, metadata_json FROM platform.audit_logs WHERE entity_id = $1 AND action = 'case.comment_deleted'`, [rows.commentId]);
    expect(audit).toMatchObject({ actor_kind: 'staff', metadata_json: { by: 'moderator', reason: 'An insult' } });
  });

  it('has a payment event processed again, without effect on the money', async () => {
    const [event] = await app.sql<{ id: string }>(`SELECT id FROM giving.stripe_events WHERE donation_id = $1 AND outcome = 'completed'`, [rows.donationId]);
    const books = (): Promise<unknown[]> => app.sql(`SELECT kind, count(*)::int AS n FROM giving.ledger_entries GROUP BY kind ORDER BY kind`);
    const before = await books();
    expect((await act(staff.moderator, 'giving_stripe_events', event!.id, 'resend', { reason: 'x' })).body.notice.type).toBe('error');
    expect((await act(staff.finance, 'giving_stripe_events', event!.id, 'resend', { reason: 'The donor asked' })).body.notice.type).toBe('success');
    await app.drain();
    const [again] = await app.sql(`SELECT processed_at IS NOT NULL AS processed, outcome FROM giving.stripe_events WHERE id = $1`, [event!.id]);
    expect(again).toEqual({ processed: true, outcome: 'already_completed' });
    expect(await books()).toEqual(before);
    expect(await audited('stripe_event.resent')).toMatchObject([{ actor_kind: 'staff', entity_id: event!.id, metadata_json: { reason: 'The donor asked' } }]);
  });
});
