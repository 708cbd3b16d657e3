import { insertCase, insertClinic, uploadPicture } from '../../../../test/support/rescue.factory.js';
import { type Answer, TestApp } from '../../../../test/support/test-app.js';
import { SYSTEM } from '../../../platform/auth/actor.js';
import { UserErasure } from '../../identity/users/index.js';
import type { CaseUpdateView, CaseView } from '../cases/index.js';

interface Person {
  token: string;
  id: string;
}

describe('what a clinic attests', () => {
  let app: TestApp;
  let owner: Person;
  let vet: Person;
  let admin: Person;
  let clinicId: string;
  let id: string;
  let vets = 0;

  beforeAll(async () => {
    app = await TestApp.start();
    owner = await app.signIn('owner@example.org');
    admin = await app.signIn('admin@example.org', 'admin');
  });
  beforeEach(async () => {
    vet = await app.signIn(`vet${++vets}@example.org`);
    clinicId = await insertClinic(app, { name: 'Good Paws', ownerId: vet.id });
    id = await insertCase(app, { user_id: owner.id, clinic_id: clinicId });
  });
  afterAll(() => app.stop());

  const add = (person: Person, body: Record<string, unknown> = { text: 'Operated today' }): Promise<Answer<CaseUpdateView>> =>
    app.post<CaseUpdateView>(`/v1/cases/${id}/updates`, { token: person.token, body });
  const trail = async (): Promise<CaseUpdateView[]> => (await app.get<CaseView>(`/v1/cases/${id}`)).body.updates;
  const setOwner = (ownerId: string | null): Promise<Answer> =>
    ownerId === null
      ? app.delete(`/v1/admin/clinics/${clinicId}/owner`, { token: admin.token, body: { reason: 'fraud' } })
      : app.patch(`/v1/admin/clinics/${clinicId}`, { token: admin.token, body: { ownerId, reason: 'sold' } });

  it('is the entry of its owner with the SHA-256 of each file, wherever the entry is shown', async () => {
    const images = [await uploadPicture(app, vet.token), await uploadPicture(app, vet.token)];
    const { status, body } = await add(vet, { text: 'Operated today', images, evidenceType: 'bill' });
    const hashes = await app.sql<{ id: string; sha256: string }>(`SELECT id, sha256 FROM platform.files WHERE id = ANY($1)`, [images]);
    const files = images.map((fileId) => ({ fileId, sha256: hashes.find((file) => file.id === fileId)!.sha256 }));
    expect(status).toBe(201);
    expect(body).toMatchObject({ attested: true, attestation: { clinicId, clinicName: 'Good Paws', files, attestedAt: body.date, revoked: false, revokedAt: null } });
    expect(await trail()).toEqual([body]);
    await expect(app.get(`/v1/cases/${id}/updates`)).resolves.toMatchObject({ body: { items: [body] } });
    await expect(app.sql(`SELECT data FROM platform.live_events WHERE channel = $1`, [`case:${id}`])).resolves.toEqual([{ data: body }]);
    await expect(app.sql(`SELECT metadata_json FROM platform.audit_logs WHERE entity_id = $1 AND action = 'case_update_added'`, [id])).resolves.toMatchObject([{ metadata_json: { attested: { files } } }]);
  });

  it('is not what others write, nor what a clinic writes that nobody has checked', async () => {
    for (const person of [owner, admin]) await expect(add(person)).resolves.toMatchObject({ status: 201, body: { attested: false, attestation: null } });
    await app.sql(`UPDATE directory.clinics SET verified = false WHERE id = $1`, [clinicId]);
    await expect(add(vet)).resolves.toMatchObject({ status: 201, body: { authorRole: 'clinic', attested: false, attestation: null } });
  });

  it('cannot be changed in the database', async () => {
    const { body } = await add(vet);
    await expect(app.sql(`UPDATE rescue.case_update_attestations SET files = '[]', clinic_name = 'Bad Paws' WHERE update_id = $1`, [body.id])).rejects.toThrow('never changed');
    await expect(app.sql(`DELETE FROM rescue.case_update_attestations WHERE update_id = $1`, [body.id])).rejects.toThrow('never changed');
  });

  it('shows when the clinic is taken from its owner, and a new owner starts afresh', async () => {
    const other = await app.signIn('other@example.org');
    const before = (await add(vet)).body;
    await setOwner(null);
    await app.drain();
    const revoked = { ...before, attestation: { ...before.attestation!, revoked: true, revokedAt: expect.any(String) } };
    expect(await trail()).toEqual([revoked]);
    const signals = await app.sql<{ type: string; data: unknown }>(`SELECT type, data FROM platform.live_events WHERE channel = $1 ORDER BY id DESC LIMIT 1`, [`case:${id}`]);
    expect(signals).toEqual([{ type: 'case.update', data: revoked }]);
    await setOwner(other.id);
    const after = (await add(other)).body;
    expect(after).toMatchObject({ attested: true, attestation: { revoked: false } });
    await app.drain();
    expect(await trail()).toEqual([revoked, after]);
  });

  it('stays revoked with its first time when the owner comes back; what they attest then stands', async () => {
    await add(vet);
    await setOwner(null);
    await app.drain();
    const [revoked] = await trail();
    await setOwner(vet.id);
    await add(vet);
    await app.drain();
    expect(await trail()).toMatchObject([revoked, { attestation: { revoked: false } }]);
    await setOwner(null);
    await app.drain();
    expect(await trail()).toMatchObject([revoked, { attestation: { revoked: true } }]);
  });

  it('stands when the clinic is handed on', async () => {
    await add(vet);
    await setOwner(admin.id);
    await app.drain();
    expect(await trail()).toMatchObject([{ attestation: { revoked: false } }]);
  });

  it('shows when the owner’s account is erased', async () => {
    await add(vet);
    const [row] = await app.sql<{ clerk_id: string }>(`SELECT clerk_id FROM identity.users WHERE id = $1`, [vet.id]);
    await app.app.get(UserErasure).eraseIdentity(SYSTEM, row!.clerk_id);
    await app.drain();
    expect(await trail()).toMatchObject([{ attested: true, attestation: { revoked: true, clinicName: 'Good Paws' } }]);
  });

  it('goes from the public with an entry that staff took back', async () => {
    const { body } = await add(vet);
    await app.post(`/v1/admin/case-updates/${body.id}/retraction`, { token: admin.token, body: { reason: 'Wrong animal' } });
    expect(await trail()).toMatchObject([{ retracted: true, attested: false, attestation: null }]);
  });
});
