import { insertCase, insertClinic, uploadPicture } from '../../../../test/support/rescue.factory.js';
import { type Answer, TestApp } from '../../../../test/support/test-app.js';
import { newId } from '../../../platform/ids.js';
import type { CaseUpdateView, CaseView } from '../cases/index.js';
import type { CaseUpdatePage } from './case-updates.dto.js';

interface Person {
  token: string;
  id: string;
}

describe('the evidence trail of a case', () => {
  let app: TestApp;
  let owner: Person;
  let vet: Person;
  let other: Person;
  let admin: Person;
  let clinicId: string;
  let id: string;

  beforeAll(async () => {
    app = await TestApp.start();
    owner = await app.signIn('owner@example.org');
    vet = await app.signIn('vet@example.org');
    other = await app.signIn('other@example.org');
    admin = await app.signIn('admin@example.org', 'admin');
    clinicId = await insertClinic(app, { name: 'Good Paws', ownerId: vet.id });
  });
  beforeEach(async () => {
    id = await insertCase(app, { user_id: owner.id, clinic_id: clinicId });
  });
  afterAll(() => app.stop());

  const add = (person: Person | undefined, body: unknown, caseId = id): Promise<Answer<CaseUpdateView>> => app.post<CaseUpdateView>(`/v1/cases/${caseId}/updates`, { token: person?.token, body });

  it('takes an entry of the owner with everything around it', async () => {
    const image = await uploadPicture(app, owner.token);
    const answer = await add(owner, { text: 'Operated today', type: 'medical', images: [image], evidenceType: 'bill' });
    expect(answer).toMatchObject({
      status: 201,
      body: { caseId: id, text: 'Operated today', type: 'medical', images: [image], imageUrls: [`/v1/files/${image}`], evidenceType: 'bill', authorRole: 'owner', clinicId: null, clinicName: null, retracted: false },
    });
    const shown = await app.get<CaseView>(`/v1/cases/${id}`);
    expect(shown.body).toMatchObject({ updatesCount: 1, updates: [answer.body] });
    const audit = await app.sql(`SELECT actor_id, entity_type, metadata_json FROM platform.audit_logs WHERE entity_id = $1 AND action = 'case_update_added'`, [id]);
    expect(audit).toMatchObject([{ actor_id: owner.id, entity_type: 'case', metadata_json: { updateId: answer.body.id, authorRole: 'owner' } }]);
    const [event] = await app.sql(`SELECT payload FROM platform.outbox_events WHERE type = 'rescue.case_update.added.v1' AND payload->>'caseId' = $1`, [id]);
    expect(event).toMatchObject({ payload: { updateId: answer.body.id, authorId: owner.id, type: 'medical' } });
    const [signal] = await app.sql(`SELECT type, data FROM platform.live_events WHERE channel = $1`, [`case:${id}`]);
    expect(signal).toEqual({ type: 'case.update', data: answer.body });
  });

  it('decides the author’s role itself and lets a clinic speak as itself', async () => {
    await expect(add(vet, { text: 'Stable', authorRole: 'moderator', clinicName: 'Somebody else' })).resolves.toMatchObject({ status: 201, body: { authorRole: 'clinic', clinicId, clinicName: 'Good Paws' } });
    await expect(add(admin, { text: 'Checked' })).resolves.toMatchObject({ body: { authorRole: 'moderator', clinicId: null, type: 'update' } });
    await expect(add(owner, { text: 'Thanks', clinicId })).resolves.toMatchObject({ body: { authorRole: 'owner', clinicId, clinicName: 'Good Paws' } });
  });

  it('keeps a foreign clinic only for its owner and admins', async () => {
    const foreign = await insertClinic(app, { name: 'Elsewhere' });
    await expect(add(owner, { text: 'x', clinicId: foreign })).resolves.toMatchObject({ status: 201, body: { clinicId: null, clinicName: null } });
    await expect(add(admin, { text: 'x', clinicId: foreign })).resolves.toMatchObject({ status: 201, body: { clinicId: foreign, clinicName: 'Elsewhere' } });
    await expect(add(owner, { text: 'x', clinicId: await insertClinic(app, { name: 'Mine', ownerId: owner.id }) })).resolves.toMatchObject({ body: { clinicName: 'Mine' } });
  });

  it('keeps the clinic’s name of the time', async () => {
    const own = await insertClinic(app, { name: 'Old name', ownerId: other.id });
    const caseId = await insertCase(app, { clinic_id: own });
    await add(other, { text: 'x' }, caseId);
    await app.sql(`UPDATE directory.clinics SET name = 'New name' WHERE id = $1`, [own]);
    const { body } = await app.get<CaseUpdatePage>(`/v1/cases/${caseId}/updates`);
    expect(body.items).toMatchObject([{ clinicName: 'Old name' }]);
  });

  it('is refused to guests and to people without a part in the case', async () => {
    await expect(add(undefined, { text: 'x' })).resolves.toMatchObject({ status: 401 });
    await expect(add(other, { text: 'x' })).resolves.toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    await expect(add(owner, { text: 'x' }, newId())).resolves.toMatchObject({ status: 404, body: { code: 'CASE_NOT_FOUND' } });
    await expect(add(owner, { text: 'x' }, 'nonsense')).resolves.toMatchObject({ status: 400 });
  });

  it.each<[string, Record<string, unknown>]>([
    ['no text', {}],
    ['blank text', { text: '  ' }],
    ['a long text', { text: 'x'.repeat(3_001) }],
    ['an unknown type', { text: 'x', type: 'gossip' }],
    ['unknown evidence', { text: 'x', evidenceType: 'rumour' }],
    ['six pictures', { text: 'x', images: Array.from({ length: 6 }, newId) }],
    ['pictures of nobody', { text: 'x', images: [newId()] }],
    ['an unknown field', { text: 'x', date: '2020-01-01T00:00:00Z' }],
  ])('refuses %s', async (_, body) => {
    await expect(add(owner, body)).resolves.toMatchObject({ status: 400, body: { code: 'VALIDATION' } });
  });

  it('still takes entries when the case is funded or closed', async () => {
    for (const columns of [{ status: 'funded' }, { status: 'closed', lifecycle_stage: 'closed_success' }]) {
      const caseId = await insertCase(app, { user_id: owner.id, ...columns });
      await expect(add(owner, { text: 'He lives with us now' }, caseId)).resolves.toMatchObject({ status: 201 });
    }
  });

  it('is listed oldest first, in pages, to everybody; the case shows the first 20', async () => {
    for (let i = 0; i < 22; i++) await add(owner, { text: `day ${i}` });
    const first = await app.get<CaseUpdatePage>(`/v1/cases/${id}/updates?limit=15`);
    const second = await app.get<CaseUpdatePage>(`/v1/cases/${id}/updates?limit=15&cursor=${first.body.nextCursor}`);
    expect([...first.body.items, ...second.body.items].map((item) => item.text)).toEqual(Array.from({ length: 22 }, (_, i) => `day ${i}`));
    expect(second.body.nextCursor).toBeNull();
    const { body } = await app.get<CaseView>(`/v1/cases/${id}`);
    expect(body.updatesCount).toBe(22);
    expect(body.updates.map((item) => item.text)).toEqual(Array.from({ length: 20 }, (_, i) => `day ${i}`));
    await expect(app.get(`/v1/cases/${newId()}/updates`)).resolves.toMatchObject({ status: 404 });
  });

  it('counts parallel entries exactly', async () => {
    await Promise.all(Array.from({ length: 10 }, (_, i) => add(owner, { text: `n${i}` })));
    await expect(app.get(`/v1/cases/${id}`)).resolves.toMatchObject({ body: { updatesCount: 10 } });
  });

  describe('retracted', () => {
    it('keeps its place and loses its content', async () => {
      const image = await uploadPicture(app, owner.token);
      const { body: entry } = await add(owner, { text: 'A lie', images: [image] });
      const path = `/v1/admin/case-updates/${entry.id}/retraction`;
      await expect(app.post(path, { token: admin.token, body: {} })).resolves.toMatchObject({ status: 400 });
      await expect(app.post(path, { token: admin.token, body: { reason: 'Forged bill' } })).resolves.toMatchObject({ status: 200, body: { id: entry.id, retracted: true, images: [] } });
      const shown = await app.get<CaseView>(`/v1/cases/${id}`);
      expect(shown.body).toMatchObject({ updatesCount: 1, updates: [{ id: entry.id, retracted: true, imageUrls: [] }] });
      expect(JSON.stringify(shown.body)).not.toContain('A lie');
      await expect(app.sql(`SELECT text FROM rescue.case_updates WHERE id = $1`, [entry.id])).resolves.toEqual([{ text: 'A lie' }]);
      await expect(app.sql(`SELECT metadata_json FROM platform.audit_logs WHERE entity_id = $1 AND action = 'case_update_retracted'`, [id])).resolves.toMatchObject([
        { metadata_json: { updateId: entry.id, reason: 'Forged bill' } },
      ]);
    });

    it('is for admins only', async () => {
      const { body: entry } = await add(owner, { text: 'x' });
      const path = `/v1/admin/case-updates/${entry.id}/retraction`;
      await expect(app.post(path, { body: { reason: 'x' } })).resolves.toMatchObject({ status: 401 });
      await expect(app.post(path, { token: owner.token, body: { reason: 'x' } })).resolves.toMatchObject({ status: 403 });
      await expect(app.post(`/v1/admin/case-updates/${newId()}/retraction`, { token: admin.token, body: { reason: 'x' } })).resolves.toMatchObject({ status: 404, body: { code: 'CASE_UPDATE_NOT_FOUND' } });
    });
  });
});
