import { insertCase, insertClinic, uploadPicture } from '../../../../test/support/rescue.factory.js';
import { type Answer, TestApp } from '../../../../test/support/test-app.js';
import type { StaffActor } from '../../../platform/auth/actor.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import { CasesFacade } from '../../rescue/cases/index.js';
import { LedgerFacade, type LedgerStatement, runLedgerVerification } from '../ledger/index.js';
import type { AdminInvoicePage, AdminInvoiceView, InvoicePage } from './invoices.dto.js';
import { InvoicesService } from './invoices.service.js';

interface Person {
  token: string;
  id: string;
}

type InvoiceAnswer = Answer<AdminInvoiceView & { code: string; errors: { path: string }[]; held: number; reserved: number; available: number }>;

describe('invoices of clinics', () => {
  let app: TestApp;
  let owner: Person;
  let vet: Person;
  let stranger: Person;
  let ann: Person;
  let bob: Person;
  let clinicId: string;
  let caseId: string;

  beforeAll(async () => {
    app = await TestApp.start();
    [owner, vet, stranger] = await Promise.all(['owner', 'vet', 'stranger'].map((name) => app.signIn(`${name}@example.org`))) as [Person, Person, Person];
    [ann, bob] = await Promise.all(['ann', 'bob'].map((name) => app.signIn(`${name}@example.org`, 'admin'))) as [Person, Person];
    clinicId = await insertClinic(app, { name: 'Good Paws', ownerId: vet.id });
  });
  beforeEach(async () => {
    caseId = await insertCase(app, { user_id: owner.id, clinic_id: clinicId });
  });
  afterAll(() => app.stop());

  /** Money in the fund of a case, as a donation leaves it. */
  const fund = (amount: number, id = caseId, currency = 'EUR'): Promise<void> =>
    app.app.get(Database).transaction(async (tx) => {
      const key = newId();
      await app.app.get(LedgerFacade, { strict: false }).book(tx, {
        key: `donation:${key}`, kind: 'donation', currency, caseId: id, description: 'Donation received',
        postings: [{ account: 'stripe_balance', amount }, { account: 'case_funds', ownerId: id, amount: -amount }],
      });
      await app.app.get(CasesFacade, { strict: false }).addFunding(tx, { caseId: id, amount });
    });
  /** A picture in the database, since uploads are limited. */
  const picture = async (ownerId: string): Promise<string> => {
    const id = newId();
    await app.sql(
      `INSERT INTO platform.files (id, owner_id, content_type, size, width, height, sha256, source_sha256, phash, dhash, storage_key, thumbnail_key, created_at, stored_at)
       VALUES ($1::uuid, $2, 'image/png', 1, 1, 1, '', '', '', '', $1::text, $1::text, now(), now())`,
      [id, ownerId],
    );
    return id;
  };
  const file = async (person: Person, rest: Record<string, unknown> = {}, id = caseId): Promise<InvoiceAnswer> =>
    app.post(`/v1/cases/${id}/invoices`, { token: person.token, body: { amount: 3_000, currency: 'EUR', clinicId, fileId: await picture(person.id), ...rest } });
  const filed = async (amount = 3_000): Promise<string> => {
    const answer = await file(owner, { amount });
    expect(answer).toMatchObject({ status: 201 });
    return answer.body.id;
  };
  const approve = (person: Person | null, id: string): Promise<InvoiceAnswer> => app.post(`/v1/admin/invoices/${id}/approvals`, { token: person?.token });
  const reject = (person: Person | null, id: string, reason: unknown = 'Send the itemised bill'): Promise<InvoiceAnswer> => app.post(`/v1/admin/invoices/${id}/rejection`, { token: person?.token, body: { reason } });
  const payOut = (person: Person | null, id: string, reference: unknown = `SEPA ${id}`, headers: Record<string, string> = {}): Promise<InvoiceAnswer> =>
    app.post(`/v1/admin/invoices/${id}/payout`, { token: person?.token, body: { reference }, headers });
  const approved = async (amount = 3_000): Promise<string> => {
    const id = await filed(amount);
    await approve(ann, id);
    await expect(approve(bob, id)).resolves.toMatchObject({ status: 200, body: { status: 'approved' } });
    return id;
  };
  const statement = async (id = caseId): Promise<LedgerStatement> => (await app.get<LedgerStatement>(`/v1/cases/${id}/ledger`)).body;
  const events = (id: string): Promise<{ type: string; payload: unknown }[]> => app.sql(`SELECT type, payload FROM platform.outbox_events WHERE payload->>'invoiceId' = $1 ORDER BY id`, [id]);
  const audited = (id: string): Promise<{ action: string; metadata_json: unknown }[]> => app.sql(`SELECT action, actor_id, metadata_json FROM platform.audit_logs WHERE entity_type = 'clinic_invoice' AND entity_id = $1 ORDER BY seq`, [id]);
  const statuses = (answers: Answer<unknown>[]): Record<number, number> => Object.fromEntries([...Map.groupBy(answers, ({ status }) => status)].map(([status, all]) => [status, all.length]));

  it('go from the picture over two approvals to the payout, which everybody sees in the statement', async () => {
    await fund(10_000);
    const fileId = await uploadPicture(app, owner.token);
    const { body: invoice, status } = await file(owner, { amount: 4_000, fileId });
    expect(status).toBe(201);
    expect(invoice).toMatchObject({ caseId, clinicId, clinicName: 'Good Paws', amount: 4_000, currency: 'EUR', status: 'pending', filedBy: owner.id, approvalsCount: 0, fileUrl: `/v1/files/${fileId}`, paidAt: null, reference: null });
    expect(invoice).not.toHaveProperty('approvals');

    await expect(approve(ann, invoice.id)).resolves.toMatchObject({ status: 200, body: { status: 'pending', approvals: [{ person: `user:${ann.id}` }], approvedAt: null } });
    expect((await statement()).totals).toMatchObject({ held: 10_000, paidOut: 0 });
    await expect(approve(bob, invoice.id)).resolves.toMatchObject({ status: 200, body: { status: 'approved', approvalsCount: 2, approvedAt: expect.any(String) } });
    await expect(payOut(ann, invoice.id, 'SEPA-2026-0042')).resolves.toMatchObject({ status: 200, body: { status: 'paid', reference: 'SEPA-2026-0042', paidAt: expect.any(String) } });

    const { totals, items } = await statement();
    expect(totals).toMatchObject({ raised: 10_000, paidOut: 4_000, held: 6_000 });
    expect(items[0]).toEqual({ id: expect.any(String), at: expect.any(String), kind: 'payout', amount: -4_000, currency: 'EUR', reference: 'SEPA-2026-0042' });
    await expect(app.get(`/v1/cases/${caseId}`)).resolves.toMatchObject({ body: { fundraising: { current: 10_000 } } });

    const facts = { invoiceId: invoice.id, caseId, clinicId, amount: 4_000, currency: 'EUR', filedBy: owner.id, caseOwnerId: owner.id, clinicOwnerId: vet.id };
    await expect(events(invoice.id)).resolves.toEqual([
      { type: 'giving.invoice.filed.v1', payload: facts },
      { type: 'giving.invoice.approved.v1', payload: facts },
      { type: 'giving.invoice.paid.v1', payload: { ...facts, reference: 'SEPA-2026-0042' } },
    ]);
    await expect(audited(invoice.id)).resolves.toMatchObject([
      { action: 'invoice.filed', actor_id: owner.id },
      { action: 'invoice.approved', actor_id: ann.id, metadata_json: { after: { status: 'pending' }, approvals: 1 } },
      { action: 'invoice.approved', actor_id: bob.id, metadata_json: { after: { status: 'approved' }, approvals: 2 } },
      { action: 'invoice.paid', actor_id: ann.id, metadata_json: { amount: 4_000, reference: 'SEPA-2026-0042' } },
    ]);
  });

  describe('are filed', () => {
    it('by the owner, the clinic and admins, and by nobody else', async () => {
      for (const person of [owner, vet, ann]) await expect(file(person)).resolves.toMatchObject({ status: 201, body: { filedBy: person.id } });
      await expect(file(stranger)).resolves.toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
      await expect(app.post(`/v1/cases/${caseId}/invoices`, { body: {} })).resolves.toMatchObject({ status: 401 });
      await expect(file(owner, {}, newId())).resolves.toMatchObject({ status: 404, body: { code: 'CASE_NOT_FOUND' } });
      await expect(file(vet, {}, await insertCase(app, { clinic_id: clinicId, hidden_at: new Date() }))).resolves.toMatchObject({ status: 404 });
    });

    it('by a clinic for itself only', async () => {
      await expect(file(vet, { clinicId: await insertClinic(app, { name: 'Elsewhere' }) })).resolves.toMatchObject({ status: 403 });
      await expect(file(owner, { clinicId: await insertClinic(app, { name: 'Elsewhere' }) })).resolves.toMatchObject({ status: 201, body: { clinicName: 'Elsewhere' } });
    });

    it('in the currency of the case', async () => {
      await expect(file(owner, { currency: 'USD' })).resolves.toMatchObject({ status: 409, body: { code: 'CURRENCY_MISMATCH' } });
      const yen = await insertCase(app, { user_id: owner.id, fundraising_currency: 'JPY' });
      await expect(file(owner, { currency: 'jpy' }, yen)).resolves.toMatchObject({ status: 201, body: { currency: 'JPY' } });
    });

    it.each<[string, Record<string, unknown>, string]>([
      ['nothing to pay', { amount: 0 }, 'amount'],
      ['a negative amount', { amount: -100 }, 'amount'],
      ['a fraction of a cent', { amount: 10.5 }, 'amount'],
      ['more than a million', { amount: 100_000_001 }, 'amount'],
      ['no currency of this world', { currency: 'XXX' }, 'currency'],
      ['a clinic that nobody knows', { clinicId: newId() }, 'clinicId'],
      ['a picture of nobody', { fileId: newId() }, 'fileId'],
      ['no picture', { fileId: undefined }, 'fileId'],
      ['a state of its own', { status: 'paid' }, 'status'],
    ])('not with %s', async (_, rest, path) => {
      await expect(file(owner, rest)).resolves.toMatchObject({ status: 400, body: { code: 'VALIDATION', errors: [{ path }] } });
    });

    it('with a picture that is used for nothing else and that only its uploader and staff can read', async () => {
      const fileId = await uploadPicture(app, owner.token);
      await expect(app.get(`/v1/files/${fileId}`)).resolves.toMatchObject({ status: 200 });
      const twins = await Promise.all([file(owner, { fileId }), file(owner, { fileId })]);
      expect(statuses(twins)).toEqual({ 201: 1, 400: 1 });
      for (const path of [`/v1/files/${fileId}`, `/v1/files/${fileId}/thumbnail`]) {
        for (const token of [undefined, stranger.token, vet.token]) await expect(app.get(path, { token })).resolves.toMatchObject({ status: 404 });
        for (const { token } of [owner, ann]) await expect(app.get(path, { token })).resolves.toMatchObject({ status: 200 });
      }
      const shown = await uploadPicture(app, owner.token);
      await app.post(`/v1/cases/${caseId}/updates`, { token: owner.token, body: { text: 'The bill', images: [shown] } });
      await expect(file(owner, { fileId: shown })).resolves.toMatchObject({ status: 400, body: { errors: [{ path: 'fileId' }] } });
      await expect(file(owner, { fileId: await uploadPicture(app, stranger.token) })).resolves.toMatchObject({ status: 400 });
    });

    it('once under one Idempotency-Key', async () => {
      const body = { amount: 3_000, currency: 'EUR', clinicId, fileId: await picture(owner.id) };
      const once = (): Promise<InvoiceAnswer> => app.post(`/v1/cases/${caseId}/invoices`, { token: owner.token, body, headers: { 'Idempotency-Key': body.fileId } });
      const [first, second] = [await once(), await once()];
      expect(second).toMatchObject({ status: 201, body: first.body });
    });
  });

  it('are listed for the managers of their case, without who approved', async () => {
    const [one, two] = [await filed(), await filed()];
    await approve(ann, one);
    for (const person of [owner, vet, ann]) {
      const { body } = await app.get<InvoicePage>(`/v1/cases/${caseId}/invoices`, { token: person.token });
      expect(body.items).toMatchObject([{ id: two, approvalsCount: 0 }, { id: one, approvalsCount: 1 }]);
      expect(JSON.stringify(body)).not.toContain(`user:${ann.id}`);
    }
    await expect(app.get(`/v1/cases/${caseId}/invoices`)).resolves.toMatchObject({ status: 401 });
    await expect(app.get(`/v1/cases/${caseId}/invoices`, { token: stranger.token })).resolves.toMatchObject({ status: 403 });
  });

  it('are listed for admins by state and case, in pages', async () => {
    const [one, two, three] = [await filed(), await filed(), await filed()];
    await reject(ann, two);
    const list = async (query: string): Promise<AdminInvoicePage> => (await app.get<AdminInvoicePage>(`/v1/admin/invoices?caseId=${caseId}${query}`, { token: ann.token })).body;
    expect((await list('')).items.map(({ id }) => id)).toEqual([three, two, one]);
    expect((await list('&status=rejected')).items).toMatchObject([{ id: two, approvals: [] }]);
    const page = await list('&limit=2');
    expect((await list(`&limit=2&cursor=${page.nextCursor}`)).items.map(({ id }) => id)).toEqual([one]);
    for (const query of ['?status=open', '?caseId=rex', '?cursor=x']) await expect(app.get(`/v1/admin/invoices${query}`, { token: ann.token })).resolves.toMatchObject({ status: 400 });
    await expect(app.get('/v1/admin/invoices')).resolves.toMatchObject({ status: 401 });
    await expect(app.get('/v1/admin/invoices', { token: owner.token })).resolves.toMatchObject({ status: 403, body: { code: 'ADMIN_REQUIRED' } });
  });

  describe('are approved', () => {
    it('by admins only', async () => {
      const id = await filed();
      for (const act of [approve, reject, payOut]) {
        await expect(act(null, id)).resolves.toMatchObject({ status: 401 });
        await expect(act(owner, id)).resolves.toMatchObject({ status: 403, body: { code: 'ADMIN_REQUIRED' } });
        await expect(act(ann, newId())).resolves.toMatchObject({ status: 404, body: { code: 'INVOICE_NOT_FOUND' } });
      }
    });

    it('by two different people, however often one of them tries', async () => {
      await fund(10_000);
      const id = await filed();
      const answers = await Promise.all(Array.from({ length: 6 }, () => approve(ann, id)));
      expect(statuses(answers)).toEqual({ 200: 1, 409: 5 });
      expect(answers.find(({ status }) => status === 409)!.body.code).toBe('INVOICE_APPROVED_BY_YOU');
      await expect(payOut(ann, id)).resolves.toMatchObject({ status: 409, body: { code: 'ILLEGAL_TRANSITION' } });
      await approve(bob, id);
      await expect(approve(await app.signIn('cleo@example.org', 'admin'), id)).resolves.toMatchObject({ status: 409, body: { code: 'ILLEGAL_TRANSITION' } });
    });

    it('by nobody who filed them, owns the case, or runs the clinic', async () => {
      const refused = { status: 403, body: { code: 'SELF_REVIEW_FORBIDDEN' } };
      await expect(approve(ann, (await file(ann)).body.id)).resolves.toMatchObject(refused);
      const annsCase = await insertCase(app, { user_id: ann.id });
      await expect(approve(ann, (await file(bob, {}, annsCase)).body.id)).resolves.toMatchObject(refused);
      const annsClinic = await insertClinic(app, { name: 'Ann’s', ownerId: ann.id });
      await expect(approve(ann, (await file(owner, { clinicId: annsClinic })).body.id)).resolves.toMatchObject(refused);
    });

    it('by one person once, whether as a user or as the staff account that belongs to it', async () => {
      await fund(10_000);
      const service = app.app.get(InvoicesService, { strict: false });
      const staff = (userId: string | null): StaffActor => ({ kind: 'staff', staffId: newId(), userId, role: 'finance' });
      const id = await filed();
      await approve(ann, id);
      await expect(service.approve(staff(ann.id), id)).rejects.toMatchObject({ code: 'INVOICE_APPROVED_BY_YOU' });
      await expect(service.approve(staff(owner.id), id)).rejects.toMatchObject({ code: 'SELF_REVIEW_FORBIDDEN' });
      const unlinked = staff(null);
      await expect(service.approve(unlinked, id)).resolves.toMatchObject({ status: 'approved', approvals: [{ person: `user:${ann.id}` }, { person: `staff:${unlinked.staffId}` }] });
    });

    it('up to what the case holds and nothing else has reserved', async () => {
      await expect(approve(ann, await filed(1))).resolves.toMatchObject({ status: 200 });
      const empty = await filed(1);
      await approve(ann, empty);
      await expect(approve(bob, empty)).resolves.toMatchObject({ status: 409, body: { code: 'FUND_INSUFFICIENT', held: 0, reserved: 0, available: 0, currency: 'EUR' } });

      await fund(5_000);
      await approved(3_000);
      const more = await filed(2_001);
      await approve(ann, more);
      await expect(approve(bob, more)).resolves.toMatchObject({ status: 409, body: { code: 'FUND_INSUFFICIENT', held: 5_000, reserved: 3_000, available: 2_000 } });
      await fund(1);
      await expect(approve(bob, more)).resolves.toMatchObject({ status: 200, body: { status: 'approved' } });
    });
  });

  describe('are rejected', () => {
    it('with a reason that the managers read, before and after the release, and never once paid', async () => {
      await fund(5_000);
      const id = await approved(5_000);
      await expect(reject(ann, id, '')).resolves.toMatchObject({ status: 400 });
      await expect(reject(ann, id)).resolves.toMatchObject({ status: 200, body: { status: 'rejected', rejectionReason: 'Send the itemised bill', rejectedAt: expect.any(String) } });
      await expect(app.get<InvoicePage>(`/v1/cases/${caseId}/invoices`, { token: owner.token })).resolves.toMatchObject({ body: { items: [{ rejectionReason: 'Send the itemised bill' }] } });
      for (const act of [approve, payOut]) await expect(act(bob, id)).resolves.toMatchObject({ status: 409, body: { code: 'ILLEGAL_TRANSITION' } });
      expect((await events(id)).at(-1)).toMatchObject({ type: 'giving.invoice.rejected.v1' });
      expect((await audited(id)).at(-1)).toMatchObject({ action: 'invoice.rejected', metadata_json: { before: { status: 'approved' }, reason: 'Send the itemised bill' } });

      const paid = await approved(5_000);
      await payOut(ann, paid);
      await expect(reject(ann, paid)).resolves.toMatchObject({ status: 409 });
    });
  });

  describe('are paid', () => {
    it('once, however often it is recorded', async () => {
      await fund(10_000);
      const id = await approved(4_000);
      const key = { 'Idempotency-Key': newId() };
      const first = await payOut(ann, id, 'ONCE-1', key);
      await expect(payOut(ann, id, 'ONCE-1', key)).resolves.toMatchObject({ status: 200, body: first.body });
      await expect(payOut(bob, id, 'ONCE-1')).resolves.toMatchObject({ status: 200, body: first.body });
      await expect(payOut(ann, id, 'ONCE-2')).resolves.toMatchObject({ status: 409, body: { code: 'INVOICE_PAID' } });
      await expect(payOut(ann, id, 'ONCE-2', key)).resolves.toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
      expect((await statement()).totals).toMatchObject({ paidOut: 4_000, held: 6_000 });
    });

    it('by a transfer that pays nothing else', async () => {
      await fund(10_000);
      const [one, two] = [await approved(1_000), await approved(1_000)];
      const answers = await Promise.all([one, two].map((id) => payOut(ann, id, 'SHARED')));
      expect(statuses(answers)).toEqual({ 200: 1, 409: 1 });
      expect(answers.find(({ status }) => status === 409)!.body.code).toBe('PAYOUT_REFERENCE_USED');
      for (const reference of ['', ' ', 'x'.repeat(141), 7]) await expect(payOut(ann, two, reference)).resolves.toMatchObject({ status: 400 });
    });

    it('not from money that has gone back to donors since', async () => {
      await fund(5_000);
      const id = await approved(4_000);
      await app.app.get(Database).transaction((tx) =>
        app.app.get(LedgerFacade, { strict: false }).book(tx, {
          key: `refund:${newId()}`, kind: 'refund', currency: 'EUR', caseId, description: 'Refund',
          postings: [{ account: 'case_funds', ownerId: caseId, amount: 2_000 }, { account: 'stripe_balance', amount: -2_000 }],
        }).then(() => app.app.get(CasesFacade, { strict: false }).addFunding(tx, { caseId, amount: -2_000 })),
      );
      await expect(payOut(ann, id)).resolves.toMatchObject({ status: 409, body: { code: 'FUND_INSUFFICIENT', held: 3_000 } });
      await expect(app.sql(`SELECT 1 FROM giving.payouts WHERE invoice_id = $1`, [id])).resolves.toEqual([]);
    });

    it('never beyond what is there, with fifty approvals and payouts at once', async () => {
      await fund(10_000);
      const ids = await Promise.all(Array.from({ length: 10 }, () => filed(2_500)));
      await Promise.all(ids.map((id) => approve(ann, id)));
      const releases = await Promise.all(Array.from({ length: 50 }, (_, i) => approve(bob, ids[i % 10]!)));
      expect(releases.filter(({ status }) => status === 200)).toHaveLength(4);
      expect(releases.filter(({ body }) => body.code === 'FUND_INSUFFICIENT').length).toBeGreaterThanOrEqual(6);
      const released = releases.filter(({ status }) => status === 200).map(({ body }) => body.id);

      const [payouts] = await Promise.all([Promise.all(Array.from({ length: 50 }, (_, i) => payOut(ann, released[i % 4]!, `RACE-${i}`))), fund(1_000), fund(1_000)]);
      expect(statuses(payouts)).toEqual({ 200: 4, 409: 46 });
      const { totals } = await statement();
      expect(totals).toMatchObject({ raised: 12_000, paidOut: 10_000, held: 2_000 });
      const [lowest] = await app.sql<{ held: string }>(
        `SELECT min(held) AS held FROM (SELECT -sum(p.amount) OVER (ORDER BY e.occurred_at, e.id) AS held
           FROM giving.ledger_entries e JOIN giving.ledger_postings p ON p.entry_id = e.id JOIN giving.ledger_accounts a ON a.id = p.account_id AND a.kind = 'case_funds'
          WHERE e.case_id = $1) h`,
        [caseId],
      );
      expect(Number(lowest!.held)).toBeGreaterThanOrEqual(0);
    });
  });

  it('and their history cannot be rewritten', async () => {
    for (const table of ['invoice_approvals', 'payouts']) {
      await expect(app.sql(`DELETE FROM giving.${table}`)).rejects.toThrow();
      await expect(app.sql(`UPDATE giving.${table} SET invoice_id = invoice_id`)).rejects.toThrow();
    }
  });

  it('leave books in which every total agrees', async () => {
    const lines: string[] = [];
    await expect(runLedgerVerification(app.databaseUrl, (line) => lines.push(line))).resolves.toBe(0);
  });
});
