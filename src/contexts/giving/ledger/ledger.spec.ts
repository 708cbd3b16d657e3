import { insertDonation } from '../../../../test/support/giving.factory.js';
import { insertCase, insertUser } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import { CasesFacade } from '../../rescue/cases/index.js';
import { LedgerFacade, type LedgerStatement, type PostingDraft, runLedgerVerification } from './index.js';
import { LedgerWorker } from './ledger.worker.js';

describe('the ledger', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());

  /** Books an entry of a case; the key is new unless given. */
  const book = (caseId: string, kind: 'donation' | 'processor_fee' | 'refund' | 'payout', postings: PostingDraft[], key: string = newId()): Promise<string | null> =>
    app.app.get(Database).transaction((tx) => app.app.get(LedgerFacade).book(tx, { key, kind, currency: 'EUR', postings, description: 'A test', caseId, reference: 'PT-TEST0001' }));
  const given = (caseId: string, amount: number, key?: string): Promise<string | null> =>
    book(caseId, 'donation', [{ account: 'stripe_balance', amount }, { account: 'case_funds', ownerId: caseId, amount: -amount }], key);
  const spent = (caseId: string, kind: 'processor_fee' | 'refund' | 'payout', amount: number): Promise<string | null> =>
    book(caseId, kind, [{ account: 'case_funds', ownerId: caseId, amount }, { account: 'stripe_balance', amount: -amount }]);
  const read = async (caseId: string, query = ''): Promise<LedgerStatement> => (await app.get<LedgerStatement>(`/v1/cases/${caseId}/ledger${query}`)).body;

  it('states what came and went, signed by its effect on the case', async () => {
    const caseId = await insertCase(app);
    await given(caseId, 10_000);
    await spent(caseId, 'processor_fee', 175);
    await spent(caseId, 'refund', 2_000);
    await spent(caseId, 'payout', 5_000);
    const statement = await read(caseId);
    expect(statement).toMatchObject({ currency: 'EUR', nextCursor: null });
    expect(statement.totals).toEqual({ raised: 10_000, refunded: 2_000, disputed: 0, processorFees: 175, platformFees: 0, paidOut: 5_000, held: 2_825, receivable: 0 });
    expect(statement.items.map(({ kind, amount }) => `${kind} ${amount}`)).toEqual(['payout -5000', 'refund -2000', 'processor_fee -175', 'donation 10000']);
  });

  it('is empty for a case that nobody gave to', async () => {
    const statement = await read(await insertCase(app, { fundraising_currency: 'JPY' }));
    expect(statement).toEqual({ currency: 'JPY', totals: { raised: 0, refunded: 0, disputed: 0, processorFees: 0, platformFees: 0, paidOut: 0, held: 0, receivable: 0 }, items: [], nextCursor: null });
  });

  it('pages newest first without repeats or gaps', async () => {
    const caseId = await insertCase(app);
    for (let i = 1; i <= 7; i++) await given(caseId, i * 100);
    const seen: number[] = [];
    for (let cursor = ''; ; ) {
      const page = await read(caseId, `?limit=3${cursor}`);
      seen.push(...page.items.map(({ amount }) => amount));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(seen).toEqual([700, 600, 500, 400, 300, 200, 100]);
  });

  it('is not there for hidden and unknown cases, and refuses ids and cursors that are none', async () => {
    const hidden = await insertCase(app, { hidden_at: new Date() });
    for (const id of [hidden, newId()]) await expect(app.get(`/v1/cases/${id}/ledger`)).resolves.toMatchObject({ status: 404, body: { code: 'CASE_NOT_FOUND' } });
    await expect(app.get('/v1/cases/rex/ledger')).resolves.toMatchObject({ status: 400 });
    await expect(app.get(`/v1/cases/${await insertCase(app)}/ledger?cursor=x`)).resolves.toMatchObject({ status: 400, body: { code: 'CURSOR_INVALID' } });
  });

  it('books a key once, also from many at the same time', async () => {
    const caseId = await insertCase(app);
    const key = newId();
    const booked = await Promise.all(Array.from({ length: 6 }, () => given(caseId, 500, key)));
    expect(booked.filter((id) => id !== null)).toHaveLength(1);
    expect((await read(caseId)).totals.raised).toBe(500);
  });

  it.each([
    ['postings that do not sum to zero', [['stripe_balance', 500], ['platform_revenue', -499]]],
    ['a single posting', [['stripe_balance', 500]]],
    ['no posting', []],
    ['a posting of zero', [['stripe_balance', 0], ['platform_revenue', 0]]],
  ])('refuses %s', async (_, sides) => {
    const postings = sides.map(([account, amount]) => ({ account, amount }) as PostingDraft);
    await expect(book(await insertCase(app), 'donation', postings)).rejects.toThrow(/does not balance|ck_ledger_postings_amount/);
  });

  it('refuses change, deletion and later additions', async () => {
    const entry = await given(await insertCase(app), 500);
    for (const sql of [
      `UPDATE giving.ledger_entries SET description = 'x'`,
      `DELETE FROM giving.ledger_entries`,
      `UPDATE giving.ledger_postings SET amount = amount * 2`,
      `DELETE FROM giving.ledger_postings`,
      `UPDATE giving.ledger_accounts SET currency = 'USD'`,
      `TRUNCATE giving.ledger_postings`,
    ]) {
      await expect(app.sql(sql)).rejects.toThrow(/append-only/);
    }
    await expect(
      app.sql(
        `INSERT INTO giving.ledger_postings (id, entry_id, account_id, amount, currency)
         SELECT gen_random_uuid(), $1, a.id, s.amount, a.currency FROM (VALUES ('stripe_balance', 5), ('platform_revenue', -5)) AS s(kind, amount)
           JOIN giving.ledger_accounts a ON a.kind = s.kind`,
        [entry],
      ),
    ).rejects.toThrow(/is closed/);
  });

  it('refuses a posting in another currency than its account', async () => {
    await given(await insertCase(app), 500);
    await expect(
      app.sql(`WITH e AS (INSERT INTO giving.ledger_entries (id, key, kind, occurred_at, description) VALUES (gen_random_uuid(), 'x', 'donation', now(), 'x') RETURNING id)
               INSERT INTO giving.ledger_postings (id, entry_id, account_id, amount, currency) SELECT gen_random_uuid(), e.id, a.id, 1, 'USD' FROM e, giving.ledger_accounts a LIMIT 1`),
    ).rejects.toThrow(/fk_ledger_postings_account_id_currency|violates/);
  });

  it('finds totals and donations that differ from the books', async () => {
    const verify = async (): Promise<{ code: number; lines: string[] }> => {
      const lines: string[] = [];
      return { code: await runLedgerVerification(app.databaseUrl, (line) => lines.push(line)), lines };
    };
    // Until here cases got entries without their totals.
    const before = await verify();
    expect(before.code).toBe(1);

    const caseId = await insertCase(app);
    await app.app.get(Database).transaction((tx) => app.app.get(CasesFacade).addFunding(tx, { caseId, amount: 700 }));
    const donation = await insertDonation(app, { user_id: await insertUser(app), case_id: caseId, status: 'completed', completed_at: new Date(), receipt_id: 'PT-UNBOOKED' });
    const found = (await verify()).lines.filter((line) => !before.lines.includes(line));
    expect(found).toEqual(expect.arrayContaining([expect.stringContaining(`case total equals the books: ${caseId} books 0 EUR, found 700`), expect.stringContaining(`donation equals its entry: ${donation}`)]));
  });

  it('raises an alert each night where a total differs from the books, until it agrees again', async () => {
    const caseId = await insertCase(app, { fundraising_current: 700 });
    const alerts = (): Promise<unknown[]> => app.sql(`SELECT details, resolved_at, resolution FROM platform.alerts WHERE kind = 'giving.books_differ' AND subject = $1`, [`case total equals the books: ${caseId}`]);
    const verify = (): Promise<unknown> => app.app.get(LedgerWorker, { strict: false }).verify();
    await verify();
    await verify();
    expect(await alerts()).toEqual([{ details: { currency: 'EUR', expected: 0, found: 700 }, resolved_at: null, resolution: null }]);
    await app.sql(`UPDATE rescue.cases SET fundraising_current = 0 WHERE id = $1`, [caseId]);
    await verify();
    expect(await alerts()).toMatchObject([{ resolved_at: expect.any(Date), resolution: 'No longer found' }]);
  });
});
