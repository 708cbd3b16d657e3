import { insertCase, insertClinic, uploadPicture } from '../../test/support/rescue.factory.js';
import { PASSWORD, StaffClient } from '../../test/support/staff-client.js';
import { TestApp } from '../../test/support/test-app.js';
import { Database } from '../platform/database/database.js';
import { newId } from '../platform/ids.js';
import type { StaffRole } from '../platform/backoffice/index.js';
import { LedgerFacade } from '../contexts/giving/ledger/index.js';
import { StaffAccountsService } from './staff/staff-accounts.service.js';

/** Campaigns, partners and invoices as staff keep them: the same commands and rules as the API. */
describe('giving at the desk', () => {
  let app: TestApp;
  let staff: Record<'support' | 'finance' | 'second' | 'linked', StaffClient>;
  let admin: { token: string; id: string };

  beforeAll(async () => {
    app = await TestApp.start({ TRUST_PROXY: '1' });
    admin = await app.signIn('admin@example.org', 'admin');
    const signedIn = async (name: string, role: StaffRole, userId?: string): Promise<StaffClient> => {
      await app.app.get(StaffAccountsService, { strict: false }).create({ id: newId(), email: `${name}@example.org`, name, password: PASSWORD, role, userId: userId ?? null });
      const client = new StaffClient(`${app.url}/admin`);
      expect((await client.signIn(`${name}@example.org`)).status).toBe(303);
      return client;
    };
    staff = {
      support: await signedIn('support', 'support'),
      finance: await signedIn('finance', 'finance'),
      second: await signedIn('second', 'finance'),
      linked: await signedIn('linked', 'finance', admin.id),
    };
  });
  afterAll(() => app.stop());

  const add = (client: StaffClient, resource: string, form: Record<string, string>): ReturnType<StaffClient['json']> => client.json(`/api/resources/${resource}/actions/new`, form);
  const act = (client: StaffClient, resource: string, id: string, action: string, form: Record<string, string> = {}): ReturnType<StaffClient['json']> =>
    client.json(`/api/resources/${resource}/records/${id}/${action}`, form);
  const one = async (sql: string): Promise<Record<string, unknown>> => (await app.sql<Record<string, unknown>>(sql))[0]!;

  it('starts, changes, counts and closes an initiative, by the rules of the API', async () => {
    const form = { title: 'Thirty homes', description: 'For the old ones.', campaignType: 'initiative', initiativeCategory: 'safehouse', initiativeKey: 'homes', unit: 'homes', goal: '30', endDate: '', featuredInitiative: 'true' };
    expect((await add(staff.finance, 'giving_campaigns', form)).body.notice.type).toBe('error');
    const refused = await add(staff.support, 'giving_campaigns', { ...form, goal: '-1', unit: 'hugs' });
    expect(refused.body.record.errors).toMatchObject({ goal: { message: expect.stringContaining('1') }, unit: { message: expect.stringContaining('surgeries') } });

    expect((await add(staff.support, 'giving_campaigns', form)).body.notice.type).toBe('success');
    const { id } = (await one(`SELECT id FROM giving.campaigns WHERE initiative_key = 'homes'`)) as { id: string };
    await expect(app.get(`/v1/campaigns/${id}`)).resolves.toMatchObject({ body: { title: 'Thirty homes', featuredInitiative: true, creatorId: null, creator: null, endDate: null } });
    expect((await add(staff.support, 'giving_campaigns', form)).body.notice.message).toContain('key');

    const edit = { title: 'Forty homes', description: 'For the old ones.', goal: '40', endDate: '2031-12-31', featuredInitiative: 'false' };
    expect((await act(staff.support, 'giving_campaigns', id, 'edit', edit)).body.notice.type).toBe('success');
    expect((await act(staff.support, 'giving_campaigns', id, 'setCount', { current: '12' })).body.notice.type).toBe('success');
    await expect(app.get(`/v1/campaigns/${id}`)).resolves.toMatchObject({ body: { title: 'Forty homes', goal: 40, current: 12, endDate: '2031-12-31', featuredInitiative: false } });

    expect((await act(staff.support, 'giving_campaigns', id, 'close', { outcome: 'cancelled' })).body.notice.type).toBe('error');
    expect((await act(staff.support, 'giving_campaigns', id, 'close', { outcome: 'cancelled', reason: 'No ground' })).body.notice.type).toBe('success');
    expect(await one(`SELECT actor_kind, metadata_json->>'reason' AS reason FROM platform.audit_logs WHERE action = 'campaign.closed'`)).toEqual({ actor_kind: 'staff', reason: 'No ground' });
  });

  it('adds and changes a partner, and takes it from the public', async () => {
    const form = { name: 'Happy Bowl', logo: 'https://example.org/logo.png', type: 'food-brand', contribution: 'Food', description: 'A shop.', website: '', since: '2024', animalsHelped: '3', totalContributed: '125050', featured: 'false' };
    expect((await add(staff.support, 'giving_partners', { ...form, logo: 'javascript:alert(1)' })).body.record.errors).toHaveProperty('logo');
    expect((await add(staff.support, 'giving_partners', form)).body.notice.type).toBe('success');
    const { id } = (await one(`SELECT id FROM giving.partners`)) as { id: string };
    expect((await act(staff.support, 'giving_partners', id, 'edit', { ...form, featured: 'true' })).body.notice.type).toBe('success');
    await expect(app.get('/v1/partners?featured=true')).resolves.toMatchObject({ body: { items: [{ id, totalContributed: 125_050 }] } });
    expect((await act(staff.support, 'giving_partners', id, 'setActive', { active: 'false', reason: 'Ended' })).body.notice.type).toBe('success');
    await expect(app.get(`/v1/partners/${id}`)).resolves.toMatchObject({ status: 404 });
  });

  it('approves an invoice by two people, pays it once, and rejects another, finance staff alone', async () => {
    const owner = await app.signIn('owner@example.org');
    const caseId = await insertCase(app, { user_id: owner.id, fundraising_current: 5_000 });
    const clinicId = await insertClinic(app);
    await app.app.get(Database).transaction((tx) =>
      app.app.get(LedgerFacade, { strict: false }).book(tx, {
        key: 'donation:test', kind: 'donation', currency: 'EUR', caseId, description: 'Donation received',
        postings: [{ account: 'stripe_balance', amount: 5_000 }, { account: 'case_funds', ownerId: caseId, amount: -5_000 }],
      }),
    );
    const file = async (): Promise<string> => {
      const body = { amount: 3_000, currency: 'EUR', clinicId, fileId: await uploadPicture(app, owner.token) };
      return (await app.post<{ id: string }>(`/v1/cases/${caseId}/invoices`, { token: owner.token, body })).body.id;
    };
    const [paid, rejected] = [await file(), await file()];

    const list = await staff.finance.json(`/api/resources/giving_clinic_invoices/actions/list`);
    expect(list.body.records).toHaveLength(2);
    expect(JSON.stringify((await staff.support.json(`/api/resources/giving_clinic_invoices/actions/list`)).body)).not.toContain(paid);
    expect((await act(staff.support, 'giving_clinic_invoices', paid, 'approve')).body.notice?.type).not.toBe('success');

    await app.post(`/v1/admin/invoices/${paid}/approvals`, { token: admin.token });
    const { body: page } = await staff.finance.json(`/api/resources/giving_clinic_invoices/records/${paid}/sections`);
    const [{ file_id: fileId }] = (await app.sql<{ file_id: string }>(`SELECT file_id FROM giving.clinic_invoices WHERE id = $1`, [paid])) as [{ file_id: string }];
    expect(page).toMatchObject({
      sections: [
        { title: 'The invoice', content: { rows: [{ figures: [{ fileId }] }] } },
        { title: 'Fund of the case', content: { rows: [[{ amount: 5_000 }, { amount: 0 }, { amount: 5_000 }]] } },
        { title: 'Approvals', content: { rows: [[`user:${admin.id}`, {}]] } },
      ],
    });
    expect((await staff.finance.send(`/files/${fileId}`)).status).toBe(200);
    expect((await act(staff.linked, 'giving_clinic_invoices', paid, 'approve')).body.notice).toMatchObject({ type: 'error', message: expect.stringContaining('another person') });
    expect((await act(staff.finance, 'giving_clinic_invoices', paid, 'approve')).body.notice.type).toBe('success');
    expect((await act(staff.finance, 'giving_clinic_invoices', paid, 'payOut', { reference: 'SEPA-1' })).body.notice.type).toBe('success');
    await expect(app.get(`/v1/cases/${caseId}/ledger`)).resolves.toMatchObject({ body: { totals: { paidOut: 3_000, held: 2_000 } } });

    expect((await act(staff.finance, 'giving_clinic_invoices', rejected, 'approve')).body.notice.type).toBe('success');
    expect((await act(staff.second, 'giving_clinic_invoices', rejected, 'approve')).body.notice).toMatchObject({ type: 'error', message: expect.stringContaining('hold') });
    expect((await act(staff.second, 'giving_clinic_invoices', rejected, 'reject')).body.notice.type).toBe('error');
    expect((await act(staff.second, 'giving_clinic_invoices', rejected, 'reject', { reason: 'Not itemised' })).body.notice.type).toBe('success');
    expect(await one(`SELECT status FROM giving.clinic_invoices WHERE id = '${rejected}'`)).toEqual({ status: 'rejected' });
  });
});
