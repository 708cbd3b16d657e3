import { insertCase } from '../../../../test/support/rescue.factory.js';
import { type Answer, TestApp } from '../../../../test/support/test-app.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import { LedgerFacade } from './index.js';

type Row = Record<string, string>;

/** Reads RFC 4180, as a spreadsheet would. */
function parse(csv: string): Row[] {
  const lines = csv.split('\r\n').filter((line) => line !== '');
  const cells = (line: string): string[] => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!);
  const [names, ...rows] = lines.map(cells);
  return rows.map((row) => Object.fromEntries(names!.map((name, index) => [name, row[index]!])));
}

describe('the export of the books', () => {
  let app: TestApp;
  let admin: { token: string };
  let [rex, luna] = ['', ''];
  beforeAll(async () => {
    app = await TestApp.start();
    admin = await app.signIn('admin@example.org', 'admin');
    [rex, luna] = [await insertCase(app), await insertCase(app, { fundraising_currency: 'JPY' })];
    await at('2026-01-31T23:59:59.999Z', [rex, 10_000, 'EUR', 'donation']);
    await at('2026-02-01T00:00:00.000Z', [rex, 2_050, 'EUR', 'donation'], [rex, -175, 'EUR', 'processor_fee'], [luna, 5_000, 'JPY', 'donation']);
    await at('2026-03-01T00:00:00.000Z', [rex, -1, 'EUR', 'payout', `=HYPERLINK("http://evil.example")`]);
    app.app.get(Clock).pretend(null);
  });
  afterAll(() => app.stop());

  /** Books entries at a time, as gifts to a case's funds or spendings out of them. */
  async function at(time: string, ...entries: [caseId: string, amount: number, currency: string, kind: 'donation' | 'processor_fee' | 'payout', reference?: string][]): Promise<void> {
    app.app.get(Clock).pretend(new Date(time), 0);
    await app.app.get(Database).transaction(async (tx) => {
      for (const [caseId, amount, currency, kind, reference] of entries) {
        const postings = [{ account: 'stripe_balance', amount }, { account: 'case_funds', ownerId: caseId, amount: -amount }] as const;
        await app.app.get(LedgerFacade).book(tx, { key: newId(), kind, currency, postings: [...postings], description: 'A test, "quoted"', caseId, reference: reference ?? 'PT-TEST0001' });
      }
    });
  }
  const read = (query = '', token: string | undefined = admin.token): Promise<Answer<string>> => app.get<string>(`/v1/admin/ledger/export${query}`, { token });
  const rows = async (query = ''): Promise<Row[]> => parse((await read(query)).body);
  const sums = (list: Row[]): Record<string, number> => {
    const totals: Record<string, number> = {};
    for (const { account, currency, amount_minor: minor } of list) totals[`${account} ${currency}`] = (totals[`${account} ${currency}`] ?? 0) + Number(minor);
    return totals;
  };

  it('sums up to the ledger', async () => {
    const answer = await read();
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([200, 'text/csv; charset=utf-8; header=present', expect.stringMatching(/^attachment; filename="ledger-1970-01-01-\d{4}-\d\d-\d\d\.csv"$/)]);
    const list = parse(answer.body);
    const books = await app.sql<{ account: string; amount: string }>(
      `SELECT a.kind || ' ' || a.currency AS account, sum(p.amount) AS amount FROM giving.ledger_postings p JOIN giving.ledger_accounts a ON a.id = p.account_id GROUP BY 1`,
    );
    expect(sums(list)).toEqual(Object.fromEntries(books.map(({ account, amount }) => [account, Number(amount)])));
    for (const entry of Map.groupBy(list, ({ entry_id: id }) => id).values()) expect(entry.reduce((sum, { amount_minor: minor }) => sum + Number(minor), 0)).toBe(0);
  });

  it('cuts by time, from the first moment up to the last without it', async () => {
    const february = await rows('?from=2026-02-01&to=2026-03-01');
    expect(sums(february)).toEqual({ 'stripe_balance EUR': 1_875, 'case_funds EUR': -1_875, 'stripe_balance JPY': 5_000, 'case_funds JPY': -5_000 });
    expect(await rows('?from=2026-02-01T01:00:00%2B01:00&to=2026-02-28T23:59:59Z')).toEqual(february);
    expect(await rows('?from=2026-02-02&to=2026-02-02')).toEqual([]);
  });

  it('cuts by case', async () => {
    expect(await rows(`?caseId=${luna}`)).toMatchObject([
      { kind: 'donation', account: 'stripe_balance', case_id: luna, currency: 'JPY', amount_minor: '5000', amount: '5000', occurred_at: '2026-02-01T00:00:00.000Z' },
      { account: 'case_funds', amount_minor: '-5000', amount: '-5000' },
    ]);
    expect((await rows(`?caseId=${rex}`)).map(({ amount }) => amount)).toEqual(['100.00', '-100.00', '20.50', '-20.50', '1.75', '-1.75', '0.01', '-0.01']);
    expect(await rows(`?caseId=${newId()}`)).toEqual([]);
  });

  it('keeps texts texts: no formula, no broken line', async () => {
    const [payout] = await rows('?from=2026-03-01');
    expect(payout).toMatchObject({ reference: `'=HYPERLINK("http://evil.example")`, description: 'A test, "quoted"', account: 'case_funds', amount: '0.01' });
  });

  it('goes on over many pages without repeats or gaps', async () => {
    const caseId = await insertCase(app);
    await at('2026-04-01T00:00:00.000Z', ...Array.from({ length: 600 }, (_, i) => [caseId, i + 1, 'EUR', 'donation'] as [string, number, string, 'donation']));
    app.app.get(Clock).pretend(null);
    const list = await rows(`?caseId=${caseId}`);
    expect(list).toHaveLength(1_200);
    expect(new Set(list.map(({ entry_id: id }) => id)).size).toBe(600);
    expect(sums(list)['case_funds EUR']).toBe((-600 * 601) / 2);
  });

  it.each([
    ['?from=yesterday', 'from'],
    ['?from=2026-02-30', 'from'],
    ['?to=2026-13-01', 'to'],
    ['?to=2026-01-01T00:00:00', 'to'],
    ['?caseId=rex', 'caseId'],
    ['?from=2026-02-01&to=2026-01-01', 'to'],
  ])('refuses %s', async (query, path) => {
    await expect(read(query)).resolves.toMatchObject({ status: 400, body: { code: 'VALIDATION', errors: [{ path }] } });
  });

  it('is for admins, and leaves a trace', async () => {
    await expect(app.get('/v1/admin/ledger/export')).resolves.toMatchObject({ status: 401 });
    const { token } = await app.signIn('somebody@example.org');
    await expect(read('', token)).resolves.toMatchObject({ status: 403, body: { code: 'ADMIN_REQUIRED' } });
    await read(`?caseId=${luna}&to=2026-05-01`);
    const [trace] = await app.sql(`SELECT entity_type, metadata_json FROM platform.audit_logs WHERE action = 'ledger.exported' AND entity_id = $1 ORDER BY seq DESC LIMIT 1`, [luna]);
    expect(trace).toEqual({ entity_type: 'ledger', metadata_json: { from: '1970-01-01T00:00:00.000Z', to: '2026-05-01T00:00:00.000Z' } });
  });
});
