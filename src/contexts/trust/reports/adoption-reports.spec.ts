import { uploadPicture } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { newId } from '../../../platform/ids.js';

interface Person {
  token: string;
  id: string;
}

describe('reports about adoption listings', () => {
  let app: TestApp;
  let lister: Person;
  let reporter: Person;
  let admin: Person;
  let second: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    lister = await app.signIn('lister@example.org');
    reporter = await app.signIn('reporter@example.org');
    admin = await app.signIn('admin@example.org', 'admin');
    second = await app.signIn('second@example.org', 'admin');
  });
  afterAll(() => app.stop());

  const listed = async (): Promise<string> => {
    const body = { animalType: 'cat', name: 'Pisana', age: '3 months', description: '200 euros', images: [await uploadPicture(app, lister.token)], location: { city: 'Sofia', neighborhood: 'Mladost' } };
    return (await app.post<{ id: string }>('/v1/adoptions', { token: lister.token, body })).body.id;
  };
  const report = (id: string, token?: string, body: unknown = { reason: 'scam' }) => app.post<{ id: string }>(`/v1/adoptions/${id}/reports`, { token, body });
  const resolve = (id: string, action: string) => app.post(`/v1/admin/community-reports/${id}/resolution`, { token: admin.token, body: { action, notes: 'Animals are not for sale here.' } });

  it('remove the listing and tell its lister why; an appeal brings it back', async () => {
    const id = await listed();
    const made = await report(id, reporter.token);
    expect(made).toMatchObject({ status: 201, body: { targetType: 'adoption', targetId: id, status: 'open' } });
    await expect(report(id, reporter.token)).resolves.toMatchObject({ status: 200, body: { id: made.body.id } });
    expect(await resolve(made.body.id, 'hide_content')).toMatchObject({ status: 200, body: { status: 'closed' } });
    await expect(app.get(`/v1/adoptions/${id}`, { token: lister.token })).resolves.toMatchObject({ status: 404 });
    const decisions = (await app.get<{ items: { id: string }[] }>('/v1/me/decisions', { token: lister.token })).body;
    expect(decisions.items).toMatchObject([{ action: 'hide_content', targetType: 'adoption', targetId: id, reason: 'Animals are not for sale here.' }]);
    const appeal = await app.post<{ id: string }>(`/v1/decisions/${decisions.items[0]!.id}/appeals`, { token: lister.token, body: { text: 'It was for the vaccination.' } });
    expect((await app.post(`/v1/admin/appeals/${appeal.body.id}/review`, { token: second.token, body: { decision: 'overturned' } })).status).toBe(200);
    await expect(app.get(`/v1/adoptions/${id}`)).resolves.toMatchObject({ status: 200 });
    expect(await app.sql(`SELECT action FROM platform.audit_logs WHERE entity_id = $1 ORDER BY seq`, [id])).toEqual([{ action: 'adoption.created' }, { action: 'adoption.removed' }, { action: 'adoption.restored' }]);
  });

  it('warn the lister, are dismissed, or do nothing; a listing has no thread to lock', async () => {
    const id = await listed();
    for (const [action, status] of [['lock_thread', 409], ['warn_user', 200]] as const) expect((await resolve((await report(id, reporter.token)).body.id, action)).status).toBe(status);
    await expect(app.get('/v1/me', { token: lister.token })).resolves.toMatchObject({ body: { warningCount: 1 } });
    expect(await resolve((await report(id, reporter.token)).body.id, 'dismiss')).toMatchObject({ status: 200, body: { status: 'dismissed' } });
    expect(await resolve((await report(id, reporter.token)).body.id, 'no_action')).toMatchObject({ status: 200, body: { status: 'closed' } });
    await expect(app.get(`/v1/adoptions/${id}`)).resolves.toMatchObject({ status: 200 });
  });

  it('need a session, a reason of the list and a listing that is shown', async () => {
    const id = await listed();
    expect((await report(id)).status).toBe(401);
    expect((await report(id, reporter.token, { reason: 'ugly' })).status).toBe(400);
    expect(await report(newId(), reporter.token)).toMatchObject({ status: 404, body: { code: 'ADOPTION_NOT_FOUND' } });
    await app.delete(`/v1/adoptions/${id}`, { token: lister.token });
    expect((await report(id, reporter.token)).status).toBe(404);
  });
});
