import { jest } from '@jest/globals';
import { insertCase, insertUser } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import type { CasePage, SavedCasePage } from './case-views.dto.js';

const minute = (n: number): Date => new Date(Date.UTC(2026, 5, 1, 12, n));

describe('the list of cases', () => {
  let app: TestApp;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    app = await TestApp.start();
    const cases: Record<string, Record<string, unknown>> = {
      rex: { type: 'urgent', category: 'surgery', title: 'Rex: 50% off_road accident', city_key: 'sofia', fundraising_current: 500 },
      bobi: { type: 'critical', category: 'medical', description: 'Боби чака операция', city_key: 'varna', location_city: 'Варна', fundraising_current: 900, status: 'funded' },
      mara: { type: 'recovering', category: 'food', city_key: 'sofia', verification_status: 'clinic' },
      luna: { type: 'adopted', category: 'shelter', city_key: 'plovdiv', lifecycle_stage: 'seeking_adoption' },
      tom: { type: 'critical', category: 'rescue', city_key: 'sofia', status: 'closed', lifecycle_stage: 'closed_success', fundraising_current: 700 },
      ghost: { type: 'critical', category: 'rescue', city_key: 'sofia', hidden_at: new Date() },
    };
    for (const [index, [name, columns]] of Object.entries(cases).entries()) ids[name] = await insertCase(app, { title: name, created_at: minute(index), ...columns });
  });
  afterAll(() => app.stop());

  const names = (page: CasePage): string[] => page.items.map((item) => Object.keys(ids).find((name) => ids[name] === item.id)!);
  const list = async (query: string, token?: string): Promise<string[]> => {
    const answer = await app.get<CasePage>(`/v1/cases?${query}`, { token });
    expect(answer.status).toBe(200);
    return names(answer.body);
  };

  it('shows public cases newest first, with what a card needs', async () => {
    const answer = await app.get<CasePage>('/v1/cases');
    expect(names(answer.body)).toEqual(['tom', 'luna', 'mara', 'bobi', 'rex']);
    expect(answer.body.nextCursor).toBeNull();
    const [tom, luna] = answer.body.items;
    expect(tom).toMatchObject({ status: 'closed', isDonationAllowed: false, donationBlockReason: 'CASE_CLOSED' });
    expect(luna).toMatchObject({
      location: { city: 'Sofia', neighborhood: 'Lozenets' },
      fundraising: { goal: 100_000, current: 0, currency: 'EUR' },
      creator: { name: 'Mila', avatar: null, verificationLevel: 'unverified' },
      isDonationAllowed: true,
      displayTitle: 'luna',
      translationStatus: null,
      createdAt: '2026-06-01T12:03:00.000Z',
    });
    expect(luna!.firstImageUrl).toBe(`/v1/files/${luna!.images[0]}`);
    expect(Object.keys(luna!)).not.toEqual(expect.arrayContaining(['city']));
    expect(luna!.location).not.toHaveProperty('coordinates');
  });

  it.each([
    ['type=critical', ['tom', 'bobi']],
    ['category=food', ['mara']],
    ['status=funded', ['bobi']],
    ['lifecycleStage=seeking_adoption', ['luna']],
    ['verificationStatus=clinic', ['mara']],
    ['city=Sofia', ['tom', 'mara', 'rex']],
    [`city=${encodeURIComponent('  СОФИЯ')}`, ['tom', 'mara', 'rex']],
    [`city=${encodeURIComponent('Варна')}`, ['bobi']],
    ['city=Nowhere', []],
    ['city=sofia&type=urgent', ['rex']],
    ['intent=all', ['luna', 'mara', 'rex']],
    ['intent=urgent', ['bobi', 'rex']],
    ['intent=success', ['tom', 'bobi']],
    ['intent=adopt', ['luna']],
    ['intent=nearby&city=sofia', ['mara', 'rex']],
    ['intent=urgent&city=sofia', ['rex']],
    ['q=REX', ['rex']],
    [`q=${encodeURIComponent('ОПЕРАЦИЯ')}`, ['bobi']],
    ['q=50%25', ['rex']],
    ['q=0%25o', []],
    ['q=off_road', ['rex']],
    ['q=off-road', []],
    ['q=r_x', []],
    ['q=%5C', []],
    ['q=', ['tom', 'luna', 'mara', 'bobi', 'rex']],
    [`q=${'operation'.padEnd(300, 'x')}`, []],
    ['sort=urgent', ['tom', 'bobi', 'rex', 'mara', 'luna']],
    ['sort=most_funded', ['bobi', 'tom', 'rex', 'luna', 'mara']],
    ['sort=newest&type=critical&status=closed', ['tom']],
  ])('answers %s', async (query, expected) => {
    await expect(list(query)).resolves.toEqual(expected);
  });

  it.each(['type=mild', 'category=toys', 'status=open', 'lifecycleStage=closed', 'verificationStatus=admin', 'intent=far', 'sort=ending', 'limit=0', 'limit=x', 'intent=nearby', 'cursor=%20'])(
    'refuses %s',
    async (query) => {
      await expect(app.get(`/v1/cases?${query}`)).resolves.toMatchObject({ status: 400 });
    },
  );

  it('finds what is near the viewer by where they live, and asks those who did not say', async () => {
    const near = await app.signIn('near@example.org');
    await expect(app.get('/v1/cases?intent=nearby', { token: near.token })).resolves.toMatchObject({ status: 400, body: { errors: [{ path: 'city' }] } });
    await app.sql(`UPDATE identity.users SET city = 'София' WHERE id = $1`, [near.id]);
    await expect(list('intent=nearby', near.token)).resolves.toEqual(['mara', 'rex']);
    await expect(list('intent=nearby&city=varna', near.token)).resolves.toEqual(['bobi']);
  });

  it.each(['newest', 'urgent', 'most_funded'])('pages through %s without loss or repeat while cases are added', async (sort) => {
    const all = await list(`sort=${sort}`);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: CasePage = (await app.get<CasePage>(`/v1/cases?sort=${sort}&limit=2${cursor ? `&cursor=${cursor}` : ''}`)).body;
      seen.push(...names(page));
      cursor = page.nextCursor;
      const added = await insertCase(app, { type: 'critical', fundraising_current: 10_000, created_at: minute(59) });
      await app.sql(`DELETE FROM rescue.cases WHERE id = $1`, [added]);
    } while (cursor);
    expect(seen).toEqual(all);
  });

  it('refuses the cursor of another sort', async () => {
    const { body } = await app.get<CasePage>('/v1/cases?limit=1');
    await expect(app.get(`/v1/cases?sort=urgent&cursor=${body.nextCursor}`)).resolves.toMatchObject({ status: 400, body: { code: 'CURSOR_INVALID' } });
  });

  it('shows a fresh translation in the locale asked for, and the original instead of a stale one', async () => {
    await app.sql(
      `INSERT INTO rescue.case_translations (case_id, locale, status, title, description, provider, source_hash, translated_at, updated_at)
       VALUES ($1, 'bg', 'done', 'Рекс', 'Блъснат', 'deepl', '0', now(), now()), ($2, 'bg', 'done', 'Мара', 'Яде', 'deepl', 'old', now(), now())`,
      [ids['rex'], ids['mara']],
    );
    const { body } = await app.get<CasePage>('/v1/cases?city=sofia&locale=bg-BG&status=active');
    expect(body.items).toMatchObject([
      { displayTitle: 'mara', translationAvailable: false, translationStatus: 'done' },
      { displayTitle: 'Рекс', displayDescription: 'Блъснат', displayStory: null, translationAvailable: true, translationStatus: 'done' },
    ]);
    await expect(app.get<CasePage>('/v1/cases?locale=xx')).resolves.toMatchObject({ status: 200 });
  });

  it('asks the database once', async () => {
    const { pool } = app.app.get(Database);
    const [query, connect] = [jest.spyOn(pool, 'query'), jest.spyOn(pool, 'connect')];
    await list('city=sofia&q=rex&sort=urgent&locale=bg');
    expect(query).toHaveBeenCalledTimes(1);
    expect(connect).toHaveBeenCalledTimes(query.mock.calls.length);
    query.mockRestore();
    connect.mockRestore();
  });

  it('plans each search for its own words: one plan for all would read the whole list for rare ones', async () => {
    const names = async (query: string): Promise<unknown[]> => {
      const sent = jest.spyOn(app.app.get(Database).pool, 'query');
      await list(query);
      const named = sent.mock.calls.map(([statement]) => (statement as unknown as { name?: string }).name);
      sent.mockRestore();
      return named;
    };
    await expect(names('q=rex')).resolves.toEqual([undefined]);
    await expect(names('type=urgent')).resolves.toEqual([expect.stringMatching(/^q_/)]);
  });

  it.each([
    ['newest', '', 'ix_cases_newest'],
    ['urgent', '', 'ix_cases_most_urgent'],
    ['most_funded', '', 'ix_cases_most_funded'],
    ['newest', 'type=critical', 'ix_cases_by_type'],
    ['newest', 'city=sofia', 'ix_cases_by_city'],
    ['newest', 'lifecycleStage=seeking_adoption', 'ix_cases_by_lifecycle_stage'],
  ])('reads %s with %s from an index in the order wanted, without sorting', async (sort, filter, index) => {
    const asked = jest.spyOn(app.app.get(Database), 'rows');
    await list(`sort=${sort}&${filter}`);
    const [sql, parameters] = asked.mock.calls[0] as [string, unknown[]];
    asked.mockRestore();
    const client = await app.pool.connect();
    try {
      await client.query('SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off');
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, parameters);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toContain(`Index Scan Backward using ${index}`);
      expect(plan).not.toContain('Sort');
    } finally {
      client.release(true);
    }
  });

  describe('of one person', () => {
    it('shows their public cases to everybody and the hidden ones to themselves and admins', async () => {
      const owner = await app.signIn('owner@example.org');
      const other = await app.signIn('other@example.org');
      const admin = await app.signIn('admin@example.org', 'admin');
      const shown = await insertCase(app, { user_id: owner.id, created_at: minute(1) });
      const hidden = await insertCase(app, { user_id: owner.id, created_at: minute(2), hidden_at: new Date() });
      const of = async (path: string, token?: string): Promise<string[]> => (await app.get<CasePage>(path, { token })).body.items.map((item) => item.id);
      await expect(of(`/v1/users/${owner.id}/cases`)).resolves.toEqual([shown]);
      await expect(of(`/v1/users/${owner.id}/cases`, other.token)).resolves.toEqual([shown]);
      await expect(of(`/v1/users/${owner.id}/cases`, admin.token)).resolves.toEqual([hidden, shown]);
      await expect(of(`/v1/users/me/cases`, owner.token)).resolves.toEqual([hidden, shown]);
      await expect(of('/v1/me/cases', owner.token)).resolves.toEqual([hidden, shown]);
      await expect(of('/v1/me/cases?limit=1', other.token)).resolves.toEqual([]);
    });

    it('answers an empty list for a person without cases, and 404 for nobody', async () => {
      await expect(app.get(`/v1/users/${await insertUser(app)}/cases`)).resolves.toMatchObject({ status: 200, body: { items: [], nextCursor: null } });
      await expect(app.get(`/v1/users/${newId()}/cases`)).resolves.toMatchObject({ status: 404, body: { code: 'USER_NOT_FOUND' } });
      await expect(app.get('/v1/users/x/cases')).resolves.toMatchObject({ status: 400 });
    });

    it('refuses guests their own lists', async () => {
      await expect(app.get('/v1/me/cases')).resolves.toMatchObject({ status: 401 });
      await expect(app.get('/v1/me/saved-cases')).resolves.toMatchObject({ status: 401 });
    });

    it('keeps saved cases in the order they were saved, without hidden ones', async () => {
      const person = await app.signIn('keeper@example.org');
      for (const name of ['mara', 'rex', 'luna']) await app.put(`/v1/cases/${ids[name]}/save`, { token: person.token });
      await app.sql(`UPDATE rescue.cases SET hidden_at = now() WHERE id = $1`, [ids['rex']]);
      const first = await app.get<SavedCasePage>('/v1/me/saved-cases?limit=1', { token: person.token });
      expect(names(first.body)).toEqual(['luna']);
      expect(Date.parse(String(first.body.items[0]!.savedAt))).not.toBeNaN();
      const second = await app.get<SavedCasePage>(`/v1/me/saved-cases?limit=1&cursor=${first.body.nextCursor}`, { token: person.token });
      expect(names(second.body)).toEqual(['mara']);
      expect(second.body.nextCursor).toBeNull();
      await app.sql(`UPDATE rescue.cases SET hidden_at = NULL WHERE id = $1`, [ids['rex']]);
    });
  });
});
