import { insertCase } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { newId } from '../../../platform/ids.js';

interface Person {
  token: string;
  id: string;
}

describe.each([
  { mark: 'like', state: 'liked', table: 'likes', counter: 'likes_count' },
  { mark: 'save', state: 'saved', table: 'saved_cases', counter: 'saves_count' },
])('the $mark of a case', ({ mark, state, table, counter }) => {
  let app: TestApp;
  let people: Person[];
  let id: string;

  beforeAll(async () => {
    app = await TestApp.start();
    people = [];
    for (let i = 0; i < 12; i++) people.push(await app.signIn(`p${i}@example.org`));
  });
  beforeEach(async () => {
    id = await insertCase(app, { user_id: people[0]!.id });
  });
  afterAll(() => app.stop());

  const call = (method: 'PUT' | 'DELETE', person: Person | undefined, caseId = id): ReturnType<TestApp['call']> => app.call(method, `/v1/cases/${caseId}/${mark}`, { token: person?.token });
  const stored = async (): Promise<{ rows: number; counted: number }> =>
    (await app.sql<{ rows: number; counted: number }>(`SELECT (SELECT count(*)::int FROM rescue.${table} WHERE case_id = $1) AS rows, ${counter} AS counted FROM rescue.cases WHERE id = $1`, [id]))[0]!;

  it('switches on and off, any number of times, and answers state and count', async () => {
    const [one, two] = people;
    await expect(call('PUT', one)).resolves.toMatchObject({ status: 200, body: { [state]: true, count: 1 } });
    await expect(call('PUT', one)).resolves.toMatchObject({ status: 200, body: { [state]: true, count: 1 } });
    await expect(call('PUT', two)).resolves.toMatchObject({ body: { [state]: true, count: 2 } });
    await expect(call('DELETE', one)).resolves.toMatchObject({ status: 200, body: { [state]: false, count: 1 } });
    await expect(call('DELETE', one)).resolves.toMatchObject({ status: 200, body: { [state]: false, count: 1 } });
    await expect(call('DELETE', two)).resolves.toMatchObject({ body: { [state]: false, count: 0 } });
  });

  it('is exact under 60 parallel toggles by the same and by different people', async () => {
    const toggles = Array.from({ length: 60 }, (_, i) => call(i % 3 === 0 ? 'DELETE' : 'PUT', people[i % people.length]));
    const answers = await Promise.all(toggles);
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    const between = await stored();
    expect(between.counted).toBe(between.rows);
    await Promise.all(people.flatMap((person) => [call('PUT', person), call('PUT', person)]));
    await expect(stored()).resolves.toEqual({ rows: people.length, counted: people.length });
    await Promise.all(people.flatMap((person) => [call('DELETE', person), call('DELETE', person)]));
    await expect(stored()).resolves.toEqual({ rows: 0, counted: 0 });
  });

  it('needs a session and a case that is there', async () => {
    for (const method of ['PUT', 'DELETE'] as const) {
      await expect(call(method, undefined)).resolves.toMatchObject({ status: 401 });
      await expect(call(method, people[0], newId())).resolves.toMatchObject({ status: 404, body: { code: 'CASE_NOT_FOUND' } });
      await expect(call(method, people[0], 'x')).resolves.toMatchObject({ status: 400 });
    }
  });

  it('is refused on a hidden case, to its owner too', async () => {
    await app.sql(`UPDATE rescue.cases SET hidden_at = now() WHERE id = $1`, [id]);
    await expect(call('PUT', people[0])).resolves.toMatchObject({ status: 404 });
    await expect(stored()).resolves.toEqual({ rows: 0, counted: 0 });
  });
});
