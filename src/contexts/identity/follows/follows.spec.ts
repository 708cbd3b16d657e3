import { TestApp } from '../../../../test/support/test-app.js';

type Person = { token: string; id: string };
interface People {
  items: { id: string; name: string }[];
  nextCursor: string | null;
}

describe('follows', () => {
  let app: TestApp;
  let n = 0;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  const someone = (): Promise<Person> => app.signIn(`person${++n}@example.com`);
  const follow = (who: Person, whom: { id: string }) => app.put(`/v1/users/${whom.id}/follow`, { token: who.token });

  it('switches on and off, each as often as one likes', async () => {
    const [fan, star] = [await someone(), await someone()];
    for (let i = 0; i < 2; i++) expect(await follow(fan, star)).toMatchObject({ status: 200, body: { following: true, followerCount: 1 } });
    expect((await app.get(`/v1/users/${star.id}/follow`, { token: fan.token })).body).toEqual({ following: true, followerCount: 1 });
    expect((await app.get(`/v1/users/${star.id}`)).body).toMatchObject({ followerCount: 1, followingCount: 0 });
    for (let i = 0; i < 2; i++) expect(await app.delete(`/v1/users/${star.id}/follow`, { token: fan.token })).toMatchObject({ status: 200, body: { following: false, followerCount: 0 } });
  });

  it('tells guests that they follow nobody', async () => {
    const [fan, star] = [await someone(), await someone()];
    await follow(fan, star);
    expect(await app.get(`/v1/users/${star.id}/follow`)).toMatchObject({ status: 200, body: { following: false, followerCount: 1 } });
  });

  it('refuses guests who want to follow, and people who follow themselves or nobody', async () => {
    const person = await someone();
    expect((await app.put(`/v1/users/${person.id}/follow`)).status).toBe(401);
    expect((await app.delete(`/v1/users/${person.id}/follow`)).status).toBe(401);
    expect(await follow(person, person)).toMatchObject({ status: 400, body: { code: 'SELF_FOLLOW' } });
    expect(await follow(person, { id: crypto.randomUUID() })).toMatchObject({ status: 404, body: { code: 'USER_NOT_FOUND' } });
    expect((await follow(person, { id: 'nobody' })).status).toBe(400);
  });

  it('counts right under concurrency', async () => {
    const star = await someone();
    const fans = await Promise.all(Array.from({ length: 8 }, someone));
    await Promise.all([...fans, ...fans, ...fans].map((fan) => follow(fan, star)));
    expect((await app.get(`/v1/users/${star.id}/follow`)).body['followerCount']).toBe(8);
  });

  it('pages followers and followed, latest first, without a gap', async () => {
    const star = await someone();
    const fans: Person[] = [];
    for (let i = 0; i < 5; i++) {
      fans.push(await someone());
      await follow(fans[i]!, star);
    }
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { body: People } = await app.get<People>(`/v1/users/${star.id}/followers?limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.body.items.map((item) => item.id));
      cursor = page.body.nextCursor;
    }
    expect(seen).toEqual(fans.map((fan) => fan.id).reverse());
    expect((await app.get<People>(`/v1/users/${fans[0]!.id}/following`)).body).toMatchObject({ items: [{ id: star.id, verificationLevel: 'unverified' }], nextCursor: null });
    expect(JSON.stringify((await app.get(`/v1/users/${star.id}/followers`)).body)).not.toContain('@example.com');
  });

  it('refuses the 51st new follow of a day, says how long to wait, and counts repeats for nothing', async () => {
    const fan = await someone();
    await app.sql(
      `INSERT INTO identity.users (id, clerk_id, name, created_at, updated_at)
       SELECT gen_random_uuid(), 'crowd_' || i, 'Crowd', now(), now() FROM generate_series(1, 51) i`,
    );
    const crowd = await app.sql<{ id: string }>(`SELECT id FROM identity.users WHERE name = 'Crowd'`);
    for (const person of crowd.slice(0, 49)) expect((await follow(fan, person)).status).toBe(200);
    for (let i = 0; i < 5; i++) await follow(fan, crowd[0]!);
    expect((await follow(fan, crowd[49]!)).status).toBe(200);
    const refused = await follow(fan, crowd[50]!);
    expect(refused).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED', scope: 'user.follow' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await follow(fan, crowd[0]!)).status).toBe(200);
  });
});
