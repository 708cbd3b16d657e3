import { publishCase, uploadPicture } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { RETOUCHES, variedPicture } from '../../../../test/support/varied-pictures.js';
import { newId } from '../../../platform/ids.js';
import { DuplicateImagesService } from './duplicate-images.service.js';
import type { CaseView } from './index.js';

interface Point {
  rule: string;
  level: string;
  flags: string[];
  evidence: { matches: Record<string, unknown>[]; total: number; thresholds: unknown };
}

describe('pictures that another case has already', () => {
  let app: TestApp;
  let people = 0;
  let pictures = 0;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  /** Somebody with an old account, so that nothing else raises the risk. */
  const person = async (): Promise<{ id: string; token: string }> => {
    const someone = await app.signIn(`person${++people}@example.org`);
    await app.sql(`UPDATE identity.users SET created_at = now() - interval '1 year' WHERE id = $1`, [someone.id]);
    return someone;
  };
  /** A drawn animal or a scene that no other test uses. */
  const picture = (): Promise<Buffer> => variedPicture(11 * ++pictures + 1);
  const published = async (bytes: Buffer, someone?: { token: string }): Promise<CaseView> => {
    const { token } = someone ?? (await person());
    return publishCase<CaseView>(app, token, { images: [await uploadPicture(app, token, bytes)] });
  };
  const pointsOf = (caseId: string): Promise<Point[]> => app.sql<Point>(`SELECT rule, level, flags, evidence FROM rescue.case_risk_points WHERE case_id = $1 ORDER BY created_at, id`, [caseId]);

  it('stop donations at once when the bytes are the same, and call a moderator with the evidence', async () => {
    const bytes = await picture();
    const first = await published(bytes);
    expect(first).toMatchObject({ riskLevel: 'low', riskFlags: [], isDonationAllowed: true });
    const second = await published(bytes);
    expect(second).toMatchObject({ riskLevel: 'high', riskFlags: ['reused_images'], isDonationAllowed: false, donationBlockReason: 'CASE_HIGH_RISK', status: 'active' });
    const match = { fileId: second.images[0], otherFileId: first.images[0], otherCaseId: first.id, kind: 'exact', phashDistance: 0, dhashDistance: 0 };
    const evidence = { matches: [match], total: 1, thresholds: { phashDistance: 6, dhashDistance: 8 } };
    expect(await pointsOf(second.id)).toEqual([{ rule: 'duplicate_images', level: 'high', flags: ['reused_images'], evidence }]);
    const audits = await app.sql(`SELECT actor_kind, entity_type, metadata_json->'evidence' AS evidence FROM platform.audit_logs WHERE action = 'case.duplicate_flagged' AND entity_id = $1`, [second.id]);
    expect(audits).toEqual([{ actor_kind: 'system', entity_type: 'case', evidence }]);
    const events = await app.sql(`SELECT payload->>'reportReason' AS reason, payload->'evidence' AS evidence FROM platform.outbox_events WHERE type = 'rescue.case.risk_raised.v1' AND payload->>'caseId' = $1`, [second.id]);
    expect(events).toEqual([{ reason: 'duplicate_case', evidence }]);
    expect(await pointsOf(first.id)).toEqual([]);
  });

  it('are shown to admins with the other points, page by page', async () => {
    const bytes = await picture();
    const first = await published(bytes);
    const stranger = await app.signIn('newcomer@example.org');
    const images = [await uploadPicture(app, stranger.token, bytes)];
    const flagged = await publishCase<CaseView>(app, stranger.token, { images, fundraising: { goal: 300_000, currency: 'EUR' } });
    const admin = await app.signIn('admin@example.org', 'admin');
    const path = `/v1/admin/cases/${flagged.id}/risk-points`;
    const page = await app.get<{ items: Record<string, unknown>[]; nextCursor: string }>(`${path}?limit=1`, { token: admin.token });
    expect(page.body.items).toMatchObject([{ rule: 'new_account_high_goal', level: 'medium', flags: ['new_account', 'high_goal'], evidence: { goal: 300_000, currency: 'EUR' }, settledAt: null }]);
    const next = await app.get<{ items: Record<string, unknown>[] }>(`${path}?limit=1&cursor=${page.body.nextCursor}`, { token: admin.token });
    expect(next.body).toMatchObject({ items: [{ rule: 'duplicate_images', evidence: { matches: [{ otherCaseId: first.id }] } }], nextCursor: null });
    expect((await app.get(path)).status).toBe(401);
    expect((await app.get(path, { token: stranger.token })).status).toBe(403);
    expect((await app.get(`/v1/admin/cases/${newId()}/risk-points`, { token: admin.token })).status).toBe(404);
  });

  it('are found though they were cropped, shrunk and saved anew, whichever came first', async () => {
    const bytes = await picture();
    const retouched = await RETOUCHES['all at once, from a corner']!(bytes);
    const first = await published(bytes);
    const second = await published(retouched);
    expect(second).toMatchObject({ riskLevel: 'high', riskFlags: ['similar_images'], isDonationAllowed: false });
    expect((await pointsOf(second.id))[0]!.evidence.matches).toMatchObject([{ kind: 'near', otherCaseId: first.id, otherFileId: first.images[0] }]);

    const other = await picture();
    await published(await RETOUCHES['cropped by 3 % all round']!(other));
    expect(await published(other)).toMatchObject({ riskFlags: ['similar_images'] });
  });

  it('count when they are in an older case of the same owner, or in one that staff hid', async () => {
    const [bytes, owner] = [await picture(), await person()];
    const first = await published(bytes, owner);
    await app.sql(`UPDATE rescue.cases SET hidden_at = now() WHERE id = $1`, [first.id]);
    expect(await published(bytes, owner)).toMatchObject({ riskFlags: ['reused_images'] });
    const again = await publishCase<CaseView>(app, owner.token, { images: first.images });
    expect(again).toMatchObject({ riskFlags: ['reused_images'] });
  });

  it('do not count within one case', async () => {
    const [bytes, owner] = [await picture(), await person()];
    const images = [await uploadPicture(app, owner.token, bytes), await uploadPicture(app, owner.token, bytes)];
    expect(await publishCase<CaseView>(app, owner.token, { images })).toMatchObject({ riskLevel: 'low' });
  });

  it('raise one point for all pictures, with at most ten matches shown', async () => {
    const bytes = await picture();
    const similar = await RETOUCHES['JPEG of quality 60']!(bytes);
    for (let i = 0; i < 6; i++) await published(bytes);
    const owner = await person();
    const images = [await uploadPicture(app, owner.token, similar), await uploadPicture(app, owner.token, bytes)];
    const twice = await publishCase<CaseView>(app, owner.token, { images });
    expect(twice.riskFlags.toSorted()).toEqual(['reused_images', 'similar_images']);
    const [point, ...more] = await pointsOf(twice.id);
    expect(more).toEqual([]);
    expect(point!.evidence).toMatchObject({ total: 12 });
    expect(point!.evidence.matches).toHaveLength(10);
  });

  it('find at least one of two cases published at the same moment', async () => {
    for (let round = 0; round < 3; round++) {
      const bytes = await picture();
      const copies = await Promise.all([bytes, await RETOUCHES['half the size']!(bytes), bytes].map(async (copy) => {
        const someone = await person();
        return { someone, image: await uploadPicture(app, someone.token, copy) };
      }));
      const cases = await Promise.all(copies.map(({ someone, image }) => publishCase<CaseView>(app, someone.token, { images: [image] })));
      expect(cases.filter(({ riskLevel }) => riskLevel === 'high')).toHaveLength(2);
    }
  });

  it('are looked for again when an edit brings them, and only those it brings', async () => {
    const [bytes, owner] = [await picture(), await person()];
    const theirs = await published(bytes);
    const own = await published(await picture(), owner);
    const added = await uploadPicture(app, owner.token, bytes);
    const edit = (images: string[]): Promise<{ body: CaseView }> => app.patch<CaseView>(`/v1/cases/${own.id}`, { token: owner.token, body: { images } });
    expect((await edit([...own.images, added])).body).toMatchObject({ riskLevel: 'high', riskFlags: ['reused_images'], isDonationAllowed: false });
    expect((await edit([added, ...own.images])).body.images).toEqual([added, ...own.images]);
    expect(await pointsOf(own.id)).toHaveLength(1);
    expect((await edit(own.images)).body).toMatchObject({ riskLevel: 'high' });
    const kept = await app.sql(`SELECT file_id FROM rescue.image_fingerprints WHERE case_id = $1`, [own.id]);
    expect(kept).toEqual([{ file_id: own.images[0] }]);
    expect(await pointsOf(theirs.id)).toEqual([]);
  });

  it('add to what a new account with a high goal is flagged for', async () => {
    const bytes = await picture();
    await published(bytes);
    const stranger = await app.signIn('stranger@example.org');
    const images = [await uploadPicture(app, stranger.token, bytes)];
    const flagged = await publishCase<CaseView>(app, stranger.token, { images, fundraising: { goal: 200_001, currency: 'EUR' } });
    expect(flagged).toMatchObject({ riskLevel: 'high', riskFlags: ['new_account', 'high_goal', 'reused_images'], isDonationAllowed: false });
    expect((await pointsOf(flagged.id)).map(({ rule, level }) => [rule, level])).toEqual([['new_account_high_goal', 'medium'], ['duplicate_images', 'high']]);
  });

  it('are not suspected in flat pictures that only look alike', async () => {
    const flat = (shade: number): Promise<Buffer> => import('sharp').then(({ default: sharp }) => sharp({ create: { width: 64, height: 64, channels: 3, background: { r: shade, g: 200, b: 120 } } }).png().toBuffer());
    await published(await flat(10));
    expect(await published(await flat(11))).toMatchObject({ riskLevel: 'low' });
    expect(await published(await flat(10))).toMatchObject({ riskFlags: ['reused_images'] });
  });

  it('are known of cases from before there were fingerprints', async () => {
    const bytes = await picture();
    const old = await published(bytes);
    await app.sql(`UPDATE platform.files SET signature = NULL WHERE id = $1`, [old.images[0]]);
    await app.sql(`UPDATE rescue.image_fingerprints SET phash = NULL, dhash = NULL, buckets = NULL, details = NULL WHERE case_id = $1`, [old.id]);
    const similar = await RETOUCHES['cropped unevenly']!(bytes);
    expect(await published(similar)).toMatchObject({ riskLevel: 'low' });
    expect(await app.app.get(DuplicateImagesService, { strict: false }).lookAtPending(100)).toBe(1);
    expect((await pointsOf((await published(await RETOUCHES['half the size']!(bytes))).id))[0]!.evidence.matches.map(({ otherCaseId }) => otherCaseId)).toContain(old.id);
    await app.sql(`INSERT INTO rescue.image_fingerprints (case_id, file_id, sha256, created_at) VALUES ($1, $2, 'lost', now())`, [old.id, newId()]);
    expect(await app.app.get(DuplicateImagesService, { strict: false }).lookAtPending(100)).toBe(1);
    expect(await app.app.get(DuplicateImagesService, { strict: false }).lookAtPending(100)).toBe(0);
  });
});
