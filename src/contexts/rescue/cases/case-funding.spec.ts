import { insertCase } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import { CaseNotFound, CasesFacade, CasesReader, type FundingState } from './index.js';

describe('the funding of a case', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());

  const add = (caseId: string, amount: number): Promise<FundingState> =>
    app.app.get(Database).transaction((tx) => app.app.get(CasesFacade).addFunding(tx, { caseId, amount }));
  const target = (caseId: string): ReturnType<CasesReader['donationTarget']> => app.app.get(CasesReader).donationTarget(caseId);

  it('funds at the goal, falls back below it, and remembers the first donation', async () => {
    const id = await insertCase(app, { fundraising_goal: 5_000 });
    await expect(add(id, 4_999)).resolves.toEqual({ current: 4_999, goal: 5_000, currency: 'EUR', status: 'active' });
    await expect(add(id, 1)).resolves.toMatchObject({ current: 5_000, status: 'funded' });
    await expect(add(id, 2_000)).resolves.toMatchObject({ current: 7_000, status: 'funded' });
    await expect(add(id, -2_001)).resolves.toMatchObject({ current: 4_999, status: 'active' });
    const [row] = await app.sql<{ first: Date | null }>(`SELECT first_donation_at AS first FROM rescue.cases WHERE id = $1`, [id]);
    expect(row?.first).toBeInstanceOf(Date);
  });

  it('never opens a closed case again', async () => {
    const id = await insertCase(app, { fundraising_goal: 5_000, status: 'closed', lifecycle_stage: 'closed_success' });
    await expect(add(id, 6_000)).resolves.toMatchObject({ current: 6_000, status: 'closed' });
    await expect(add(id, -6_000)).resolves.toMatchObject({ current: 0, status: 'closed' });
  });

  it('is exact under parallel donations and tells the watchers every state in order', async () => {
    const id = await insertCase(app, { fundraising_goal: 1_000 });
    await Promise.all(Array.from({ length: 20 }, () => add(id, 50)));
    const signals = await app.sql<{ data: FundingState }>(`SELECT data FROM platform.live_events WHERE channel = $1 ORDER BY id`, [`case:${id}`]);
    expect(signals.map(({ data }) => data.current)).toEqual(Array.from({ length: 20 }, (_, i) => (i + 1) * 50));
    expect(signals.at(-1)?.data).toEqual({ current: 1_000, goal: 1_000, currency: 'EUR', status: 'funded' });
  });

  it('refuses to take more away than was given, and an unknown case', async () => {
    const id = await insertCase(app);
    await expect(add(id, -1)).rejects.toThrow(/ck_cases_fundraising_current/);
    await expect(add(newId(), 1)).rejects.toBeInstanceOf(CaseNotFound);
  });

  it.each([
    ['an open case', {}, true, null],
    ['a funded case', { status: 'funded' }, true, null],
    ['a case of medium risk', { risk_level: 'medium' }, true, null],
    ['an unverified case of high risk', { risk_level: 'high' }, false, 'CASE_HIGH_RISK'],
    ['a verified case of high risk', { risk_level: 'high', verification_status: 'community' }, true, null],
    ['a closed stage', { lifecycle_stage: 'closed_other' }, false, 'CASE_CLOSED'],
    ['a closed case of high risk', { status: 'closed', risk_level: 'high' }, false, 'CASE_CLOSED'],
    ['a hidden case', { hidden_at: new Date() }, false, null],
  ])('gates donations to %s', async (_, columns, isDonationAllowed, donationBlockReason) => {
    const id = await insertCase(app, columns);
    await expect(target(id)).resolves.toMatchObject({ id, isDonationAllowed, donationBlockReason, hidden: 'hidden_at' in columns });
  });

  it('holds the gate shut against a closing for as long as a checkout needs', async () => {
    const id = await insertCase(app);
    const closing = await app.app.get(Database).transaction(async (tx) => {
      await expect(app.app.get(CasesFacade).lockDonationTarget(tx, id)).resolves.toMatchObject({ id, goal: 100_000, current: 0 });
      const attempt = app.sql(`SET lock_timeout = '100ms'; UPDATE rescue.cases SET status = 'closed' WHERE id = '${id}'`);
      return attempt.then(() => 'closed', (error: Error) => error.message);
    });
    expect(closing).toMatch(/lock timeout/);
  });

  it('knows no target for an unknown id', async () => {
    await expect(target(newId())).resolves.toBeNull();
  });
});
