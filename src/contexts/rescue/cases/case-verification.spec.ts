import { insertCase, insertClinic } from '../../../../test/support/rescue.factory.js';
import { type Answer, TestApp } from '../../../../test/support/test-app.js';
import { newId } from '../../../platform/ids.js';
import type { CaseView } from './case-views.dto.js';

interface Person {
  token: string;
  id: string;
}

describe('the word of the treating clinic', () => {
  let app: TestApp;
  let owner: Person;
  let vet: Person;
  let admin: Person;
  let clinicId: string;

  beforeAll(async () => {
    app = await TestApp.start();
    owner = await app.signIn('owner@example.org');
    vet = await app.signIn('vet@example.org');
    admin = await app.signIn('admin@example.org', 'admin');
    clinicId = await insertClinic(app, { ownerId: vet.id });
  });
  afterAll(() => app.stop());

  const published = (columns: Record<string, unknown> = {}): Promise<string> => insertCase(app, { user_id: owner.id, clinic_id: clinicId, ...columns });
  const confirm = (person: Person | undefined, id: string): Promise<Answer<CaseView>> => app.post<CaseView>(`/v1/cases/${id}/clinic-confirmation`, { token: person?.token });

  it.each(['unverified', 'community'])('verifies a case that was %s', async (from) => {
    const id = await published({ verification_status: from, risk_level: 'high' });
    await expect(confirm(vet, id)).resolves.toMatchObject({ status: 200, body: { id, verificationStatus: 'clinic', isDonationAllowed: true } });
    await expect(app.sql(`SELECT action, actor_id, metadata_json FROM platform.audit_logs WHERE entity_id = $1`, [id])).resolves.toMatchObject([
      { action: 'case.verification_upgraded', actor_id: vet.id, metadata_json: { before: { verificationStatus: from }, after: { verificationStatus: 'clinic' }, evidence: { clinicId } } },
    ]);
    await expect(app.sql(`SELECT payload FROM platform.outbox_events WHERE type = 'rescue.case.verification_changed.v1' AND payload->>'caseId' = $1`, [id])).resolves.toEqual([
      { payload: { caseId: id, ownerId: owner.id, from, to: 'clinic', by: 'clinic' } },
    ]);
  });

  it('is given once, though sent several times at once', async () => {
    const id = await published();
    const answers = await Promise.all(Array.from({ length: 5 }, () => confirm(vet, id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
  });

  it('is for the owner of that clinic only, once staff have checked it', async () => {
    const id = await published();
    await expect(confirm(undefined, id)).resolves.toMatchObject({ status: 401 });
    for (const person of [owner, admin]) await expect(confirm(person, id)).resolves.toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    await expect(confirm(vet, await published({ clinic_id: null }))).resolves.toMatchObject({ status: 403 });
    await expect(confirm(vet, await published({ clinic_id: await insertClinic(app) }))).resolves.toMatchObject({ status: 403 });
    const unchecked = await insertClinic(app, { ownerId: vet.id });
    await app.sql(`UPDATE directory.clinics SET verified = false WHERE id = $1`, [unchecked]);
    await expect(confirm(vet, await published({ clinic_id: unchecked }))).resolves.toMatchObject({ status: 403 });
    await expect(app.get(`/v1/cases/${id}`)).resolves.toMatchObject({ body: { verificationStatus: 'unverified' } });
  });

  it('is refused on closed, confirmed, hidden and unknown cases', async () => {
    await expect(confirm(vet, await published({ status: 'closed', lifecycle_stage: 'closed_success' }))).resolves.toMatchObject({ status: 409, body: { code: 'CASE_CLOSED' } });
    await expect(confirm(vet, await published({ verification_status: 'clinic' }))).resolves.toMatchObject({ status: 409, body: { code: 'ILLEGAL_TRANSITION' } });
    await expect(confirm(vet, await published({ hidden_at: new Date() }))).resolves.toMatchObject({ status: 404 });
    await expect(confirm(vet, newId())).resolves.toMatchObject({ status: 404, body: { code: 'CASE_NOT_FOUND' } });
    await expect(confirm(vet, 'x')).resolves.toMatchObject({ status: 400 });
  });

  it('is not the only way: what an admin decides is told as well, once for each change', async () => {
    const id = await published();
    const set = (status: string): Promise<Answer> => app.put(`/v1/admin/cases/${id}/verification`, { token: admin.token, body: { status, reason: 'Looked at it' } });
    for (const status of ['community', 'community', 'unverified']) await set(status);
    await expect(app.sql(`SELECT payload FROM platform.outbox_events WHERE type = 'rescue.case.verification_changed.v1' AND payload->>'caseId' = $1 ORDER BY id`, [id])).resolves.toMatchObject([
      { payload: { from: 'unverified', to: 'community', by: 'admin' } },
      { payload: { from: 'community', to: 'unverified', by: 'admin' } },
    ]);
  });
});
