import { insertCase, uploadPicture } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { SYSTEM } from '../../../platform/auth/actor.js';
import { newId } from '../../../platform/ids.js';
import { UserErasure } from '../../identity/users/index.js';
import type { AdoptionPage, AdoptionView } from './adoptions.dto.js';

type Person = { token: string; id: string };

describe('adoptions', () => {
  let app: TestApp;
  let admin: Person;
  let lister: Person;
  let stranger: Person;
  let picture: string;
  let n = 0;

  beforeAll(async () => {
    app = await TestApp.start();
    admin = await app.signIn('admin@example.com', 'admin');
    lister = await app.signIn('lister@example.com');
    stranger = await app.signIn('stranger@example.com');
    picture = await uploadPicture(app, lister.token);
  });
  beforeEach(() => app.sql(`TRUNCATE rescue.adoptions CASCADE`));
  afterAll(() => app.stop());

  const someone = (): Promise<Person> => app.signIn(`person${++n}@example.com`);
  const body = (rest: object = {}): object => ({
    animalType: 'dog', name: 'Sharo', age: 'about 2 years', description: 'Calm, good with children.', images: [picture], location: { city: 'София', neighborhood: 'Lozenets' }, vaccinated: true, neutered: false, ...rest,
  });
  const create = (rest: object = {}, token: string | undefined = lister.token) => app.post<AdoptionView>('/v1/adoptions', { token, body: body(rest) });
  const listed = async (rest: object = {}): Promise<string> => (await create(rest)).body.id;
  const move = (id: string, status: string, token: string | undefined = lister.token) => app.post<AdoptionView>(`/v1/adoptions/${id}/status`, { token, body: { status } });
  const interest = (id: string, token?: string) => app.post(`/v1/adoptions/${id}/interest`, { token });
  const names = async (query = ''): Promise<string[]> => (await app.get<AdoptionPage>(`/v1/adoptions${query}`)).body.items.map(({ name }) => name);
  const actions = async (id: string): Promise<string[]> => (await app.sql<{ action: string }>(`SELECT action FROM platform.audit_logs WHERE entity_id = $1 ORDER BY seq`, [id])).map(({ action }) => action);

  it('are listed at once with the name and picture of who lists them', async () => {
    const made = await create();
    expect(made).toMatchObject({
      status: 201,
      body: {
        animalType: 'dog', name: 'Sharo', status: 'available', images: [picture], imageUrls: [`/v1/files/${picture}`], location: { city: 'София', neighborhood: 'Lozenets' }, vaccinated: true, neutered: false, caseId: null,
        lister: { id: lister.id, name: 'lister', avatar: null }, interestCount: 0, version: 1, deletedAt: null,
      },
    });
    await expect(app.get(`/v1/adoptions/${made.body.id}`)).resolves.toMatchObject({ status: 200, body: made.body });
    expect(await names('?city=Sofia&animalType=dog')).toEqual(['Sharo']);
    expect(await actions(made.body.id)).toEqual(['adoption.created']);
  });

  it('need a session, valid data and own pictures', async () => {
    await expect(app.post('/v1/adoptions', { body: body() })).resolves.toMatchObject({ status: 401 });
    const theirs = await uploadPicture(app, stranger.token);
    const wrong = [{ images: [] }, { images: Array.from({ length: 11 }, newId) }, { images: [theirs] }, { images: [newId()] }, { name: '' }, { name: 'x'.repeat(101) }, { description: 'x'.repeat(2_001) }, { animalType: 'bird' }, { vaccinated: 'yes' },
      { location: { city: 'Sofia' } }, { location: { city: 'Sofia', neighborhood: 'x', coordinates: { lat: 1, lng: 1 } } }, { status: 'adopted' }, { goal: 5 }, { age: undefined }];
    for (const rest of wrong) expect([rest, (await create(rest)).status]).toEqual([rest, 400]);
    await expect(create({ name: 'x'.repeat(100), description: 'x'.repeat(2_000), animalType: 'other' })).resolves.toMatchObject({ status: 201 });
  });

  it('come from an own case that seeks a home or has ended well', async () => {
    const seeking = await insertCase(app, { user_id: lister.id, lifecycle_stage: 'seeking_adoption' });
    const well = await insertCase(app, { user_id: lister.id, lifecycle_stage: 'closed_success', status: 'closed' });
    for (const caseId of [seeking, well]) await expect(create({ caseId })).resolves.toMatchObject({ status: 201, body: { caseId } });
    const treated = await insertCase(app, { user_id: lister.id });
    const theirs = await insertCase(app, { user_id: stranger.id, lifecycle_stage: 'seeking_adoption' });
    const hidden = await insertCase(app, { user_id: lister.id, lifecycle_stage: 'seeking_adoption', hidden_at: new Date() });
    for (const caseId of [treated, theirs, hidden, newId()]) await expect(create({ caseId })).resolves.toMatchObject({ status: 400, body: { errors: [{ path: 'caseId' }] } });
  });

  it('are filtered, newest first, page by page; what is not available only when asked for', async () => {
    for (const name of ['A', 'B', 'C']) await listed({ name });
    await listed({ name: 'Cat', animalType: 'cat', location: { city: 'Varna', neighborhood: 'Center' } });
    await move(await listed({ name: 'Reserved' }), 'pending');
    expect(await names()).toEqual(['Cat', 'C', 'B', 'A']);
    expect(await names('?status=pending')).toEqual(['Reserved']);
    expect(await names('?city=Варна')).toEqual(['Cat']);
    expect(await names('?animalType=dog')).toEqual(['C', 'B', 'A']);
    const first = await app.get<AdoptionPage>('/v1/adoptions?limit=3');
    await listed({ name: 'Later' });
    expect(await names(`?limit=3&cursor=${first.body.nextCursor}`)).toEqual(['A']);
    for (const query of ['animalType=bird', 'status=sold', 'cursor=x']) await expect(app.get(`/v1/adoptions?${query}`)).resolves.toMatchObject({ status: 400 });
    const own = await app.get<AdoptionPage>('/v1/me/adoptions', { token: lister.token });
    expect(own.body.items.map(({ name }) => name)).toEqual(['Later', 'Reserved', 'Cat', 'C', 'B', 'A']);
    await expect(app.get('/v1/me/adoptions', { token: stranger.token })).resolves.toMatchObject({ body: { items: [] } });
    await expect(app.get('/v1/me/adoptions')).resolves.toMatchObject({ status: 401 });
  });

  it('are edited by who lists them or an admin, on the version that they read', async () => {
    const id = await listed();
    const edit = (token: string | undefined, change: object, headers = {}) => app.patch<AdoptionView>(`/v1/adoptions/${id}`, { token, body: change, headers });
    await expect(edit(lister.token, { name: 'Bela', location: { city: 'Варна', neighborhood: 'Center' }, version: 1 })).resolves.toMatchObject({ status: 200, body: { name: 'Bela', age: 'about 2 years', location: { city: 'Варна' }, version: 2 } });
    expect(await names('?city=varna')).toEqual(['Bela']);
    await expect(edit(lister.token, { name: 'X', version: 1 })).resolves.toMatchObject({ status: 409, body: { code: 'VERSION_CONFLICT' } });
    await expect(edit(lister.token, { name: 'X' }, { 'If-Match': '"1"' })).resolves.toMatchObject({ status: 409 });
    await expect(edit(admin.token, { neutered: true }, { 'If-Match': '"2"' })).resolves.toMatchObject({ status: 200, body: { neutered: true, version: 3 } });
    await expect(edit(stranger.token, { name: 'X' })).resolves.toMatchObject({ status: 403 });
    await expect(edit(undefined, { name: 'X' })).resolves.toMatchObject({ status: 401 });
    for (const change of [{ name: null }, { images: [] }, { animalType: 'cat' }, { status: 'adopted' }]) await expect(edit(lister.token, change)).resolves.toMatchObject({ status: 400 });
    await expect(app.patch(`/v1/adoptions/${newId()}`, { token: lister.token, body: {} })).resolves.toMatchObject({ status: 404, body: { code: 'ADOPTION_NOT_FOUND' } });
    const [audit] = await app.sql<{ metadata_json: object }>(`SELECT metadata_json FROM platform.audit_logs WHERE action = 'adoption.updated' AND entity_id = $1 ORDER BY seq`, [id]);
    expect(audit!.metadata_json).toMatchObject({ before: { name: 'Sharo', locationCity: 'София' }, after: { name: 'Bela', locationCity: 'Варна' } });
  });

  it('move between available, pending and adopted as the table says', async () => {
    const allowed = ['available pending', 'pending available', 'pending adopted', 'adopted available'];
    for (const from of ['available', 'pending', 'adopted']) {
      for (const to of ['available', 'pending', 'adopted']) {
        const id = await listed();
        await app.sql(`UPDATE rescue.adoptions SET status = $2 WHERE id = $1`, [id, from]);
        const answer = await move(id, to);
        if (allowed.includes(`${from} ${to}`)) expect(answer).toMatchObject({ status: 200, body: { status: to } });
        else expect(answer).toMatchObject({ status: 409, body: { code: 'ILLEGAL_TRANSITION' } });
      }
    }
    const id = await listed();
    await expect(move(id, 'sold')).resolves.toMatchObject({ status: 400 });
    await expect(move(id, 'pending', stranger.token)).resolves.toMatchObject({ status: 403 });
    await expect(app.post(`/v1/adoptions/${id}/status`, { body: { status: 'pending' } })).resolves.toMatchObject({ status: 401 });
    await move(id, 'pending');
    const twice = await Promise.all([move(id, 'adopted'), move(id, 'adopted', admin.token)]);
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 409]);
    await expect(app.get(`/v1/adoptions/${id}`)).resolves.toMatchObject({ status: 200, body: { status: 'adopted', adoptedAt: expect.any(String) } });
    await expect(app.sql(`SELECT payload FROM platform.outbox_events WHERE type = 'rescue.adoption.adopted.v1' AND payload->>'adoptionId' = $1`, [id])).resolves.toEqual([{ payload: { adoptionId: id, listerId: lister.id } }]);
    expect(await actions(id)).toEqual(['adoption.created', 'adoption.status_changed', 'adoption.status_changed']);
    await expect(move(id, 'available')).resolves.toMatchObject({ body: { adoptedAt: null } });
  });

  it('are removed by who lists them or an admin, and are there for admins only from then on', async () => {
    const [own, other] = [await listed(), await listed()];
    const remove = (id: string, token?: string, reason?: object) => app.delete(`/v1/adoptions/${id}`, { token, body: reason });
    await expect(remove(own)).resolves.toMatchObject({ status: 401 });
    await expect(remove(own, stranger.token)).resolves.toMatchObject({ status: 403 });
    await expect(remove(own, lister.token)).resolves.toMatchObject({ status: 204 });
    await expect(remove(other, admin.token, { reason: 'Sold for money' })).resolves.toMatchObject({ status: 204 });
    expect(await names()).toEqual([]);
    await expect(app.get('/v1/me/adoptions', { token: lister.token })).resolves.toMatchObject({ body: { items: [] } });
    for (const id of [own, other]) {
      for (const token of [undefined, stranger.token, lister.token]) await expect(app.get(`/v1/adoptions/${id}`, { token })).resolves.toMatchObject({ status: 404 });
      await expect(app.get(`/v1/adoptions/${id}`, { token: admin.token })).resolves.toMatchObject({ status: 200, body: { deletedAt: expect.any(String) } });
      for (const answer of [await remove(id, lister.token), await move(id, 'pending'), await interest(id, stranger.token), await app.patch(`/v1/adoptions/${id}`, { token: lister.token, body: { name: 'X' } })]) expect(answer.status).toBe(404);
    }
    await expect(app.sql(`SELECT metadata_json FROM platform.audit_logs WHERE action = 'adoption.removed' AND entity_id = ANY ($1) ORDER BY seq`, [[own, other]])).resolves.toEqual([
      { metadata_json: { by: 'lister' } }, { metadata_json: { by: 'moderator', reason: 'Sold for money' } },
    ]);
  });

  it('find people who are interested, each told of once, without a way to reach them', async () => {
    const id = await listed();
    const answers = await Promise.all(Array.from({ length: 4 }, () => interest(id, stranger.token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
    expect(answers[0]!.body).toEqual({ adoptionId: id, interested: true, interestCount: 1 });
    await expect(app.sql(`SELECT payload FROM platform.outbox_events WHERE type = 'rescue.adoption.interest_expressed.v1' AND payload->>'adoptionId' = $1`, [id])).resolves.toEqual([
      { payload: { adoptionId: id, listerId: lister.id, interestedId: stranger.id } },
    ]);
    await expect(interest(id)).resolves.toMatchObject({ status: 401 });
    await expect(interest(id, lister.token)).resolves.toMatchObject({ status: 403, body: { code: 'SELF_INTEREST' } });
    await expect(interest(newId(), stranger.token)).resolves.toMatchObject({ status: 404 });
    await move(id, 'pending');
    await expect(interest(id, (await someone()).token)).resolves.toMatchObject({ status: 201, body: { interestCount: 2 } });
    await move(id, 'adopted');
    await expect(interest(id, (await someone()).token)).resolves.toMatchObject({ status: 409, body: { code: 'ALREADY_ADOPTED' } });
  });

  it('can be asked for five times a UTC day by one person, also at once; a repeat costs nothing', async () => {
    const person = await someone();
    const ids = await Promise.all(Array.from({ length: 7 }, (_, i) => listed({ name: `Dog ${i}` })));
    const answers = await Promise.all(ids.map((id) => interest(id, person.token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 201, 429, 429]);
    const refused = answers.find(({ status }) => status === 429)!;
    expect(refused).toMatchObject({ body: { code: 'RATE_LIMITED', scope: 'adoption.interest' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const [again] = await app.sql<{ adoption_id: string }>(`SELECT adoption_id FROM rescue.adoption_interests WHERE user_id = $1 LIMIT 1`, [person.id]);
    await expect(interest(again!.adoption_id, person.token)).resolves.toMatchObject({ status: 200 });
    await app.sql(`UPDATE rescue.adoption_interests SET created_at = created_at - interval '1 day' WHERE user_id = $1`, [person.id]);
    await expect(interest(ids[answers.indexOf(refused)]!, person.token)).resolves.toMatchObject({ status: 201 });
  });

  it('go with a lister who is erased, and say nothing any more', async () => {
    const leaving = await someone();
    const photo = await uploadPicture(app, leaving.token);
    const { body: mine } = await create({ images: [photo], name: 'Secret' }, leaving.token);
    const theirs = await listed();
    await interest(theirs, leaving.token);
    const [row] = await app.sql<{ clerk_id: string }>(`SELECT clerk_id FROM identity.users WHERE id = $1`, [leaving.id]);
    await app.app.get(UserErasure).eraseIdentity(SYSTEM, row!.clerk_id);
    await app.drain();
    await expect(app.get(`/v1/adoptions/${mine.id}`)).resolves.toMatchObject({ status: 404 });
    await expect(app.get(`/v1/adoptions/${mine.id}`, { token: admin.token })).resolves.toMatchObject({ body: { name: 'Removed listing', description: '', images: [], lister: { name: 'Deleted user' } } });
    await expect(app.get(`/v1/adoptions/${theirs}`)).resolves.toMatchObject({ body: { interestCount: 0 } });
  });
});
