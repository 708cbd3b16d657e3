import { jest } from '@jest/globals';
import { insertCase, insertClinic, publishCase, uploadPicture } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import type { CaseView } from './index.js';

interface Person {
  token: string;
  id: string;
}

describe('one case', () => {
  let app: TestApp;
  let owner: Person;
  let other: Person;
  let vet: Person;
  let admin: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    owner = await app.signIn('owner@example.org');
    other = await app.signIn('other@example.org');
    vet = await app.signIn('vet@example.org');
    admin = await app.signIn('admin@example.org', 'admin');
  });
  afterAll(() => app.stop());

  const show = (id: string, token?: string, query = ''): Promise<{ status: number; headers: Headers; body: CaseView }> => app.get<CaseView>(`/v1/cases/${id}${query}`, { token });
  const edit = (id: string, token: string | undefined, body: unknown, headers: Record<string, string> = {}): ReturnType<typeof show> => app.patch<CaseView>(`/v1/cases/${id}`, { token, body, headers });

  describe('shown', () => {
    it('tells the exact place to owner, linked clinic and admins only, and who may manage it', async () => {
      const clinicId = await insertClinic(app, { ownerId: vet.id });
      const id = await insertCase(app, { user_id: owner.id, clinic_id: clinicId, location_lat: 42.67, location_lng: 23.32 });
      for (const person of [owner, vet, admin]) {
        await expect(show(id, person.token)).resolves.toMatchObject({ body: { canManageCase: true, location: { coordinates: { lat: 42.67, lng: 23.32 } } } });
      }
      for (const person of [undefined, other]) {
        const { body } = await show(id, person?.token);
        expect(body).toMatchObject({ canManageCase: false, location: { city: 'Sofia', neighborhood: 'Lozenets' } });
        expect(JSON.stringify(body)).not.toMatch(/coordinates|42\.67/);
      }
    });

    it('marks what the viewer liked and saved', async () => {
      const id = await insertCase(app);
      await app.put(`/v1/cases/${id}/like`, { token: other.token });
      await expect(show(id, other.token)).resolves.toMatchObject({ body: { likesCount: 1, viewer: { liked: true, saved: false, endorsed: false } } });
      await expect(show(id, owner.token)).resolves.toMatchObject({ body: { likesCount: 1, viewer: { liked: false } } });
    });

    it('carries its translations and shows a fresh one', async () => {
      const id = await insertCase(app, { source_hash: 'aa', story: 'Once' });
      await app.sql(
        `INSERT INTO rescue.case_translations (case_id, locale, status, error, title, description, provider, source_hash, translated_at, updated_at)
         VALUES ($1, 'bg', 'done', NULL, 'Рекс', 'Блъснат', 'deepl', 'aa', now(), now()), ($1, 'de', 'done', NULL, 'Rex', 'Alt', 'deepl', 'bb', now(), now()),
                ($1, 'ru', 'error', 'quota', NULL, NULL, NULL, NULL, NULL, now())`,
        [id],
      );
      const { body } = await show(id, undefined, '?locale=bg');
      expect(body).toMatchObject({ displayTitle: 'Рекс', displayDescription: 'Блъснат', displayStory: 'Once', translationAvailable: true });
      expect(body.translations).toMatchObject({ bg: { title: 'Рекс', provider: 'deepl', sourceHash: 'aa' }, de: { sourceHash: 'bb' } });
      expect(body.translationStatus).toMatchObject({ bg: { status: 'done' }, ru: { status: 'error', error: 'quota' } });
      await expect(show(id, undefined, '?locale=de')).resolves.toMatchObject({ body: { displayTitle: 'Rex was hit by a car', translationAvailable: false } });
      await expect(show(id, undefined, '?locale=zz')).resolves.toMatchObject({ status: 200, body: { displayTitle: 'Rex was hit by a car' } });
    });

    it('answers 404 for an unknown id and 400 for a malformed one', async () => {
      await expect(show(newId())).resolves.toMatchObject({ status: 404, body: { code: 'CASE_NOT_FOUND' } });
      await expect(show('rex')).resolves.toMatchObject({ status: 400, body: { code: 'VALIDATION' } });
    });

    it('carries an ETag and answers 304 to it', async () => {
      const id = await insertCase(app);
      const etag = (await show(id)).headers.get('etag')!;
      await expect(app.get(`/v1/cases/${id}`, { headers: { 'If-None-Match': etag } })).resolves.toMatchObject({ status: 304 });
    });

    it('asks the database once', async () => {
      const id = await insertCase(app);
      const { pool } = app.app.get(Database);
      const [query, connect] = [jest.spyOn(pool, 'query'), jest.spyOn(pool, 'connect')];
      await show(id, undefined, '?locale=bg');
      expect(query).toHaveBeenCalledTimes(1);
      expect(connect).toHaveBeenCalledTimes(query.mock.calls.length);
      query.mockRestore();
      connect.mockRestore();
    });
  });

  describe('edited', () => {
    it('changes what its owner says, keeps the rest, and remembers the old values', async () => {
      const published = await publishCase<CaseView>(app, owner.token, { story: 'Once' });
      const [before] = await app.sql<{ source_hash: string }>(`SELECT source_hash FROM rescue.cases WHERE id = $1`, [published.id]);
      const edited = await edit(published.id, owner.token, { title: 'Rex walks', story: '', fundraising: { goal: 90_000, currency: 'BGN' }, version: 1 });
      expect(edited).toMatchObject({ status: 200, body: { title: 'Rex walks', story: null, description: published.description, fundraising: { goal: 90_000, currency: 'BGN' }, version: 2 } });
      const [after] = await app.sql<{ source_hash: string }>(`SELECT source_hash FROM rescue.cases WHERE id = $1`, [published.id]);
      expect(after!.source_hash).not.toBe(before!.source_hash);
      const rows = await app.sql(`SELECT metadata_json AS m, actor_id FROM platform.audit_logs WHERE entity_id = $1 AND action = 'case_edited'`, [published.id]);
      expect(rows).toMatchObject([{ actor_id: owner.id, m: { before: { title: 'Rex was hit by a car', story: 'Once', fundraisingGoal: 100_000, fundraisingCurrency: 'EUR' }, after: { title: 'Rex walks' } } }]);
    });

    it('moves to another city and takes new pictures of the owner only', async () => {
      const published = await publishCase<CaseView>(app, owner.token);
      const image = await uploadPicture(app, owner.token);
      const moved = await edit(published.id, owner.token, { location: { city: 'Варна', neighborhood: 'Chaika' }, images: [image] });
      expect(moved.body).toMatchObject({ images: [image], location: { city: 'Варна' } });
      expect(moved.body.location).not.toHaveProperty('coordinates');
      await expect(app.sql(`SELECT city_key FROM rescue.cases WHERE id = $1`, [published.id])).resolves.toEqual([{ city_key: 'varna' }]);
      const foreign = await uploadPicture(app, other.token);
      await expect(edit(published.id, owner.token, { images: [foreign] })).resolves.toMatchObject({ status: 400 });
    });

    it('is refused to everybody else', async () => {
      const id = await insertCase(app, { user_id: owner.id, clinic_id: await insertClinic(app, { ownerId: vet.id }) });
      await expect(edit(id, undefined, { description: 'x' })).resolves.toMatchObject({ status: 401 });
      for (const person of [other, vet, admin]) await expect(edit(id, person.token, { description: 'x' })).resolves.toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
      await expect(edit(newId(), owner.token, { description: 'x' })).resolves.toMatchObject({ status: 404 });
    });

    it('lets only description and story change once somebody has given', async () => {
      for (const columns of [{ fundraising_current: 100 }, { first_donation_at: new Date() }]) {
        const id = await insertCase(app, { user_id: owner.id, ...columns });
        await expect(edit(id, owner.token, { title: 'Another' })).resolves.toMatchObject({ status: 409, body: { code: 'CASE_HAS_DONATIONS' } });
        await expect(edit(id, owner.token, { title: 'Rex was hit by a car', description: 'Better', story: 'Longer' })).resolves.toMatchObject({ status: 200, body: { description: 'Better', story: 'Longer' } });
      }
    });

    it('names and changes its clinic until one has vouched for it', async () => {
      const id = await insertCase(app, { user_id: owner.id });
      const [first, second] = [await insertClinic(app), await insertClinic(app)];
      for (const clinicId of [first, second, null, first]) await expect(edit(id, owner.token, { clinicId })).resolves.toMatchObject({ status: 200, body: { clinicId } });
      await app.sql(`UPDATE rescue.cases SET verification_status = 'clinic' WHERE id = $1`, [id]);
      await expect(edit(id, owner.token, { clinicId: second })).resolves.toMatchObject({ status: 409, body: { code: 'CASE_VERIFIED_BY_CLINIC' } });
      await expect(edit(id, owner.token, { clinicId: first, title: 'Rex walks' })).resolves.toMatchObject({ status: 200 });
    });

    it('is refused once the case is closed', async () => {
      const id = await insertCase(app, { user_id: owner.id, status: 'closed', lifecycle_stage: 'closed_other' });
      await expect(edit(id, owner.token, { description: 'x' })).resolves.toMatchObject({ status: 409, body: { code: 'CASE_CLOSED' } });
    });

    it('refuses an edit made on an old version, by body or by ETag', async () => {
      const id = await insertCase(app, { user_id: owner.id });
      const etag = (await show(id, owner.token)).headers.get('etag')!;
      await expect(edit(id, owner.token, { description: 'one' }, { 'If-Match': etag })).resolves.toMatchObject({ status: 200, body: { version: 2 } });
      await expect(edit(id, owner.token, { description: 'two' }, { 'If-Match': etag })).resolves.toMatchObject({ status: 409, body: { code: 'VERSION_CONFLICT' } });
      await expect(edit(id, owner.token, { description: 'two', version: 1 })).resolves.toMatchObject({ status: 409, body: { code: 'VERSION_CONFLICT' } });
      await expect(edit(id, owner.token, { description: 'two', version: 2 })).resolves.toMatchObject({ status: 200, body: { version: 3 } });
    });

    it('lets one of two edits on the same version win', async () => {
      const id = await insertCase(app, { user_id: owner.id });
      const answers = await Promise.all(['one', 'two'].map((description) => edit(id, owner.token, { description, version: 1 })));
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    });

    it.each<[string, unknown]>([
      ['an empty title', { title: ' ' }],
      ['null', { description: null }],
      ['an unknown field', { status: 'funded' }],
      ['a place without neighborhood', { location: { city: 'Sofia' } }],
      ['an external source', { externalSourceUrl: 'https://example.org' }],
      ['a find in the future', { foundAt: '2999-01-01T00:00:00Z' }],
    ])('refuses %s', async (_, body) => {
      const id = await insertCase(app, { user_id: owner.id });
      await expect(edit(id, owner.token, body)).resolves.toMatchObject({ status: 400, body: { code: 'VALIDATION' } });
    });

    it('keeps version and audit log when nothing changes', async () => {
      const id = await insertCase(app, { user_id: owner.id });
      await expect(edit(id, owner.token, { title: 'Rex was hit by a car' })).resolves.toMatchObject({ status: 200, body: { version: 1 } });
      await expect(app.sql(`SELECT 1 FROM platform.audit_logs WHERE entity_id = $1`, [id])).resolves.toEqual([]);
    });
  });

  describe('moderated', () => {
    const put = (id: string, what: string, body: unknown, token = admin.token): Promise<{ status: number; body: CaseView }> => app.put<CaseView>(`/v1/admin/cases/${id}/${what}`, { token, body });
    const audits = (id: string): Promise<{ action: string; metadata_json: unknown }[]> => app.sql(`SELECT action, metadata_json FROM platform.audit_logs WHERE entity_id = $1 ORDER BY seq`, [id]);

    it('is verified up freely and down only with a reason', async () => {
      const id = await insertCase(app);
      await expect(put(id, 'verification', { status: 'clinic' })).resolves.toMatchObject({ status: 200, body: { verificationStatus: 'clinic' } });
      await expect(put(id, 'verification', { status: 'community' })).resolves.toMatchObject({ status: 400, body: { code: 'REASON_REQUIRED' } });
      await expect(put(id, 'verification', { status: 'community', reason: '  ' })).resolves.toMatchObject({ status: 400, body: { code: 'REASON_REQUIRED' } });
      await expect(put(id, 'verification', { status: 'community', reason: 'The clinic denies it' })).resolves.toMatchObject({ status: 200, body: { verificationStatus: 'community' } });
      await expect(put(id, 'verification', { status: 'admin_verified' })).resolves.toMatchObject({ status: 400 });
      await expect(audits(id)).resolves.toMatchObject([
        { action: 'case.verification_set', metadata_json: { before: { verificationStatus: 'unverified' }, after: { verificationStatus: 'clinic' } } },
        { action: 'case.verification_revoked', metadata_json: { reason: 'The clinic denies it' } },
      ]);
    });

    it('stops donations at high risk until it is verified, and writes each change down', async () => {
      const id = await insertCase(app);
      await expect(put(id, 'risk', { level: 'high', flags: ['reused_images'], note: 'same dog elsewhere' })).resolves.toMatchObject({
        body: { riskLevel: 'high', riskFlags: ['reused_images'], isDonationAllowed: false, donationBlockReason: 'CASE_HIGH_RISK' },
      });
      await put(id, 'verification', { status: 'community' });
      await expect(show(id)).resolves.toMatchObject({ body: { isDonationAllowed: true, donationBlockReason: null } });
      await expect(put(id, 'risk', { level: 'low' })).resolves.toMatchObject({ status: 400, body: { code: 'REASON_REQUIRED' } });
      await expect(put(id, 'risk', { level: 'low', note: 'its own older case' })).resolves.toMatchObject({ body: { riskLevel: 'low', riskFlags: ['reused_images'] } });
      await expect(put(id, 'risk', { level: 'extreme' })).resolves.toMatchObject({ status: 400 });
      const [first] = await audits(id);
      expect(first).toMatchObject({ action: 'case.risk_changed', metadata_json: { before: { riskLevel: 'low' }, after: { riskLevel: 'high' }, reason: 'same dog elsewhere' } });
    });

    it('is hidden from everybody but owner and admins, with all that belongs to it, and comes back', async () => {
      const clinicId = await insertClinic(app, { ownerId: vet.id });
      const id = await insertCase(app, { user_id: owner.id, clinic_id: clinicId });
      await expect(put(id, 'hidden', {})).resolves.toMatchObject({ status: 400 });
      await expect(put(id, 'hidden', { reason: 'Pictures of another dog' })).resolves.toMatchObject({ status: 200, body: { isDonationAllowed: false } });
      for (const person of [undefined, other, vet]) {
        await expect(show(id, person?.token)).resolves.toMatchObject({ status: 404, body: { code: 'CASE_NOT_FOUND' } });
        await expect(app.get(`/v1/cases/${id}/updates`, { token: person?.token })).resolves.toMatchObject({ status: 404 });
      }
      await expect(app.get(`/v1/cases/${id}/events`)).resolves.toMatchObject({ status: 404 });
      await expect(app.put(`/v1/cases/${id}/like`, { token: other.token })).resolves.toMatchObject({ status: 404 });
      await expect(app.put(`/v1/cases/${id}/save`, { token: other.token })).resolves.toMatchObject({ status: 404 });
      await expect(edit(id, other.token, { description: 'x' })).resolves.toMatchObject({ status: 404 });
      await expect(app.post(`/v1/cases/${id}/updates`, { token: vet.token, body: { text: 'x' } })).resolves.toMatchObject({ status: 404 });
      await expect(app.post(`/v1/cases/${id}/lifecycle`, { token: vet.token, body: { stage: 'closed_other' } })).resolves.toMatchObject({ status: 404 });
      for (const person of [owner, admin]) await expect(show(id, person.token)).resolves.toMatchObject({ status: 200, body: { hiddenAt: expect.any(String) as string } });
      await expect(app.sql(`SELECT 1 FROM rescue.public_cases WHERE id = $1`, [id])).resolves.toEqual([]);

      const restored = await app.delete<CaseView>(`/v1/admin/cases/${id}/hidden`, { token: admin.token, body: { reason: 'Appeal upheld' } });
      expect(restored).toMatchObject({ status: 200, body: { hiddenAt: null, isDonationAllowed: true } });
      await expect(app.delete(`/v1/admin/cases/${id}/hidden`, { token: admin.token })).resolves.toMatchObject({ status: 200 });
      await expect(audits(id)).resolves.toMatchObject([
        { action: 'case.hidden', metadata_json: { reason: 'Pictures of another dog' } },
        { action: 'case.restored', metadata_json: { reason: 'Appeal upheld' } },
      ]);
    });

    it('is moderated by admins only', async () => {
      const id = await insertCase(app, { user_id: owner.id });
      const calls: [string, string, unknown][] = [
        ['PUT', 'verification', { status: 'clinic' }],
        ['PUT', 'risk', { level: 'low' }],
        ['PUT', 'hidden', { reason: 'x' }],
        ['DELETE', 'hidden', {}],
      ];
      for (const [method, what, body] of calls) {
        await expect(app.call(method, `/v1/admin/cases/${id}/${what}`, { body })).resolves.toMatchObject({ status: 401 });
        await expect(app.call(method, `/v1/admin/cases/${id}/${what}`, { body, token: owner.token })).resolves.toMatchObject({ status: 403, body: { code: 'ADMIN_REQUIRED' } });
        await expect(app.call(method, `/v1/admin/cases/${newId()}/${what}`, { body, token: admin.token })).resolves.toMatchObject({ status: 404 });
      }
    });
  });
});
