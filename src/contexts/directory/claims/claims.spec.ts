import { ClaimsDesk, type ListingKind, type Own, type Person, SECRETS } from '../../../../test/support/claims.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { SYSTEM } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { newId } from '../../../platform/ids.js';
import { UserErasure } from '../../identity/users/index.js';
import { ClaimKinds } from './claim-kinds.js';
import { ClaimsService } from './claims.service.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const after = (from: string, to: string): number => Date.parse(to) - Date.parse(from);

describe('claiming a listing', () => {
  let app: TestApp;
  let admin: Person;
  let moved = 0;
  const desks = new Map<ListingKind, ClaimsDesk>();

  beforeAll(async () => {
    app = await TestApp.start();
    admin = await app.signIn('admin@example.org', 'admin');
    for (const kind of ['clinic', 'pet_service'] as const) desks.set(kind, new ClaimsDesk(app, kind, admin));
    app.app.get(Clock).now = () => new Date(Date.now() + moved);
  });
  afterAll(() => app.stop());
  afterEach(() => {
    moved = 0;
  });

  describe.each([
    ['clinic', 'CLINIC'],
    ['pet_service', 'PET_SERVICE'],
  ] as const)('a %s', (kind, code) => {
    let desk: ClaimsDesk;
    beforeAll(() => {
      desk = desks.get(kind)!;
    });

    it('is answered with the claim, its clocks and what the claimant said', async () => {
      const person = await desk.someone();
      const listingId = await desk.listing();
      const made = await desk.claim(person, listingId, { claimerRole: 'Manager' });
      expect(made).toMatchObject({
        status: 201,
        body: { kind, status: 'pending', claimerRole: 'Manager', ...SECRETS, listing: { id: listingId, name: expect.stringContaining('Listing'), city: 'Sofia' }, contested: false, decideAfter: null, questions: [], appealUntil: null, reviewedAt: null },
      });
      expect(after(made.body.createdAt, made.body.slaFirstResponseDueAt)).toBe(24 * HOUR);
      expect(after(made.body.createdAt, made.body.slaResolutionDueAt)).toBe(72 * HOUR);
      expect(await desk.own(person)).toEqual([made.body]);
      expect(await desk.listingRow(listingId)).toMatchObject({ owner_id: null, verified: false });
      expect(await desk.audits(made.body.id)).toMatchObject([{ action: `${kind}_claim_submitted`, actor_id: person.id, metadata_json: { listingId, claimerRole: 'Manager', contested: false } }]);
      expect(await desk.events('submitted', made.body.id)).toEqual([{ claimId: made.body.id, kind, listingId, listingName: made.body.listing.name, userId: person.id }]);
    });

    it('needs a session, a listing and valid data', async () => {
      const person = await desk.someone();
      const listingId = await desk.listing();
      await expect(desk.claim(undefined, listingId)).resolves.toMatchObject({ status: 401 });
      await expect(desk.claim(person, newId())).resolves.toMatchObject({ status: 404, body: { code: `${code}_NOT_FOUND` } });
      await expect(desk.claim(person, 'none')).resolves.toMatchObject({ status: 400 });
      for (const body of [
        { claimerRole: 'owner' },
        { claimerRole: undefined },
        { claimerEmail: 'me' },
        { claimerEmail: undefined },
        { claimerPhone: '1' },
        { additionalInfo: 'x'.repeat(2_001) },
        { appealOfClaimId: 'x' },
        { appealOfClaimId: newId() },
        { contested: 'yes' },
        { status: 'approved' },
      ]) {
        await expect(desk.claim(person, listingId, body)).resolves.toMatchObject({ status: 400, body: { code: 'VALIDATION' } });
      }
      expect(await desk.own(person)).toEqual([]);
    });

    it('is possible once at a time for one person, also at the same moment, and for several people', async () => {
      const [person, other] = [await desk.someone(), await desk.someone()];
      const listingId = await desk.listing();
      const answers = await Promise.all(Array.from({ length: 8 }, () => desk.claim(person, listingId)));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(7).fill(409)]);
      expect(answers.find(({ status }) => status === 409)).toMatchObject({ body: { code: 'CLAIM_PENDING' } });
      await expect(desk.claim(other, listingId)).resolves.toMatchObject({ status: 201 });
      await expect(desk.claim(person, await desk.listing())).resolves.toMatchObject({ status: 201 });
      expect(await desk.own(person)).toHaveLength(2);
    });

    it('that somebody runs is refused, unless contested, and then its owner is told', async () => {
      const [person, owner] = [await desk.someone(), await desk.someone()];
      const listingId = await desk.listing({ ownerId: owner.id });
      for (const body of [{}, { contested: false }]) await expect(desk.claim(person, listingId, body)).resolves.toMatchObject({ status: 409, body: { code: `${code}_ALREADY_CLAIMED` } });
      await expect(desk.claim(owner, listingId, { contested: true })).resolves.toMatchObject({ status: 409, body: { code: `${code}_ALREADY_CLAIMED` } });
      const { body } = await desk.claim(person, listingId, { contested: true });
      expect(body).toMatchObject({ contested: true, status: 'pending' });
      expect(after(body.createdAt, body.decideAfter!)).toBe(7 * DAY);
      expect(after(body.createdAt, body.slaFirstResponseDueAt)).toBe(24 * HOUR);
      expect(after(body.decideAfter!, body.slaResolutionDueAt)).toBe(72 * HOUR);
      expect(await desk.events('contested', body.id)).toEqual([{ claimId: body.id, kind, listingId, listingName: body.listing.name, ownerId: owner.id, decideAfter: body.decideAfter }]);
    });

    it('that nobody runs is not contested whatever the claim says', async () => {
      const { body } = await desk.claim(await desk.someone(), await desk.listing(), { contested: true });
      expect(body).toMatchObject({ contested: false, decideAfter: null });
      expect(await desk.events('contested', body.id)).toEqual([]);
    });

    it('is looked at within 12 hours when it is a clinic that never closes', async () => {
      const { body } = await desk.claim(await desk.someone(), await desk.listing({ is24h: true }));
      expect(after(body.createdAt, body.slaFirstResponseDueAt)).toBe(kind === 'clinic' ? 12 * HOUR : 24 * HOUR);
      expect(after(body.createdAt, body.slaResolutionDueAt)).toBe(72 * HOUR);
    });

    describe('after a rejection', () => {
      let person: Person;
      let listingId: string;
      let rejected: string;
      beforeEach(async () => {
        person = await desk.someone();
        listingId = await desk.listing();
        rejected = await desk.claimed(person, listingId);
        await desk.reject(rejected);
      });
      const appeal = (body: object = {}) => desk.claim(person, listingId, { appealOfClaimId: rejected, additionalInfo: 'The new licence', ...body });

      it('is appealed against once, within 7 days, with new evidence', async () => {
        const [shown] = await desk.own(person);
        expect(after(shown!.reviewedAt!, shown!.appealUntil!)).toBe(7 * DAY);
        for (const additionalInfo of [undefined, '', '  ']) await expect(appeal({ additionalInfo })).resolves.toMatchObject({ status: 400, body: { errors: [{ path: 'additionalInfo' }] } });
        moved = 7 * DAY - 60_000;
        const { status, body } = await appeal();
        expect([status, body.appealOfClaimId]).toEqual([201, rejected]);
        expect(await desk.own(person)).toMatchObject([{ id: body.id, appealUntil: null }, { id: rejected, appealUntil: null }]);
        await expect(appeal()).resolves.toMatchObject({ status: 409, body: { code: 'CLAIM_PENDING' } });
        await desk.approve(body.id);
        await app.sql(`UPDATE directory.${kind === 'clinic' ? 'clinics' : 'pet_services'} SET owner_id = NULL WHERE id = $1`, [listingId]);
        await expect(appeal()).resolves.toMatchObject({ status: 409, body: { code: 'CLAIM_APPEAL_EXISTS' } });
      });

      it('is not appealed against later, but claimed anew at any time', async () => {
        moved = 7 * DAY + 60_000;
        await expect(appeal()).resolves.toMatchObject({ status: 409, body: { code: 'CLAIM_APPEAL_WINDOW_CLOSED' } });
        moved = 0;
        await expect(desk.claim(person, listingId)).resolves.toMatchObject({ status: 201, body: { appealOfClaimId: null } });
      });

      it('is appealed against by the claimant, about the same listing', async () => {
        const elsewhere = await desk.claimed(person, await desk.listing());
        await desk.reject(elsewhere);
        const waiting = await desk.claimed(person, await desk.listing());
        for (const appealOfClaimId of [elsewhere, waiting]) await expect(appeal({ appealOfClaimId })).resolves.toMatchObject({ status: 400, body: { errors: [{ path: 'appealOfClaimId' }] } });
        const stranger = await desk.someone();
        await expect(desk.claim(stranger, listingId, { appealOfClaimId: rejected })).resolves.toMatchObject({ status: 400, body: { errors: [{ path: 'appealOfClaimId' }] } });
      });

      it('waits 30 days once the appeal is rejected too, and nowhere else', async () => {
        const { body } = await appeal();
        const { body: review } = await desk.reject(body.id);
        const claimableFrom = new Date(Date.parse(review.reviewedAt!) + 30 * DAY).toISOString();
        for (const again of [{}, { appealOfClaimId: rejected }, { appealOfClaimId: body.id }]) {
          await expect(desk.claim(person, listingId, again)).resolves.toMatchObject({ status: 409, body: { code: 'CLAIM_TOO_SOON', claimableFrom, detail: expect.stringContaining(claimableFrom) } });
        }
        await expect(desk.claim(person, await desk.listing())).resolves.toMatchObject({ status: 201 });
        await expect(desk.claim(await desk.someone(), listingId)).resolves.toMatchObject({ status: 201 });
        moved = 30 * DAY - 60_000;
        await expect(desk.claim(person, listingId)).resolves.toMatchObject({ status: 409, body: { code: 'CLAIM_TOO_SOON' } });
        moved = 30 * DAY + 60_000;
        await expect(desk.claim(person, listingId)).resolves.toMatchObject({ status: 201 });
      });
    });

    it('tells contact data to nobody but the claimant and admins', async () => {
      const [person, other] = [await desk.someone(), await desk.someone()];
      const listingId = await desk.listing();
      const id = await desk.claimed(person, listingId);
      await desk.act('pause', id, { note: 'Which one?' });
      await desk.answer(person, id);
      await desk.approve(id);
      const paths = kind === 'clinic' ? [`/v1/clinics/${listingId}`, '/v1/clinics', '/v1/clinics/claimable?q=Listing'] : [`/v1/pet-services/${listingId}`, '/v1/pet-services', '/v1/pet-services/claimable?q=Listing'];
      const seen = await Promise.all([...paths, '/v1/me/claims', `/v1/users/${person.id}`].flatMap((path) => [app.get(path), app.get(path, { token: other.token })]));
      const kept = await Promise.all([app.sql(`SELECT payload FROM platform.outbox_events`), app.sql(`SELECT details, metadata_json FROM platform.audit_logs`)]);
      for (const secret of Object.values(SECRETS)) expect(JSON.stringify([seen.map(({ body }) => body), kept])).not.toContain(secret);
      expect(JSON.stringify(await desk.own(person))).toContain(SECRETS.claimerEmail);
    });

    it('ends with the person: what waits is closed, contact data goes, nobody is told', async () => {
      const [person, other] = [await desk.someone(), await desk.someone()];
      const [first, second] = [await desk.listing(), await desk.listing()];
      const decided = await desk.claimed(person, first);
      await desk.reject(decided);
      const waiting = await desk.claimed(person, second);
      const rival = await desk.claimed(other, second);
      await desk.act('pause', waiting, { note: 'Which one?' });
      const [row] = await app.sql<{ clerk_id: string }>(`SELECT clerk_id FROM identity.users WHERE id = $1`, [person.id]);
      await app.app.get(UserErasure).eraseIdentity(SYSTEM, row!.clerk_id);
      await app.drain();
      const gone = { claimerEmail: null, claimerPhone: null, additionalInfo: null, questions: [], claimant: { id: person.id, name: 'Deleted user', email: null } };
      const { body } = await desk.list('?status=rejected');
      expect(body.items.filter(({ claimant }) => claimant.id === person.id)).toMatchObject([{ id: waiting, rejectionReason: 'account erased', ...gone }, { id: decided, ...gone }]);
      expect((await desk.list('?status=pending')).body.items).toContainEqual(expect.objectContaining({ id: rival, ...SECRETS }));
      expect((await desk.audits(waiting)).at(-1)).toMatchObject({ action: `${kind}_claim_reviewed`, actor_kind: 'system', metadata_json: { reason: 'account erased' } });
      expect(await desk.events('decided', waiting)).toEqual([]);
      await expect(desk.approve(waiting)).resolves.toMatchObject({ status: 409, body: { code: 'CLAIM_DECIDED' } });
      await expect(desk.approve(rival)).resolves.toMatchObject({ status: 200 });

      // A request that passed the door just before the erasure leaves nothing behind either.
      const kinds = app.app.get(ClaimKinds, { strict: false });
      const late = app.app.get(ClaimsService, { strict: false }).submit({ kind: 'user', userId: person.id, role: 'user', createdAt: new Date() }, kind === 'clinic' ? kinds.clinic : kinds.petService, first, { claimerRole: 'Owner', ...SECRETS });
      await expect(late).rejects.toMatchObject({ code: 'NOT_AUTHENTICATED' });
    });
  });

  it('shows one person’s claims of both kinds, newest first, page by page', async () => {
    const person = await app.signIn('both@example.org');
    const ids: string[] = [];
    for (const kind of ['clinic', 'pet_service', 'clinic'] as const) ids.unshift(await desks.get(kind)!.claimed(person, await desks.get(kind)!.listing()));
    const seen: Own[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { body: { items: Own[]; nextCursor: string | null } } = await app.get(`/v1/me/claims?limit=1${cursor && `&cursor=${cursor}`}`, { token: person.token });
      seen.push(...page.body.items);
      cursor = page.body.nextCursor;
    }
    expect(seen.map(({ id }) => id)).toEqual(ids);
    expect(seen.map(({ kind }) => kind)).toEqual(['clinic', 'pet_service', 'clinic']);
    await expect(app.get('/v1/me/claims')).resolves.toMatchObject({ status: 401 });
    await expect(app.get('/v1/me/claims?cursor=x', { token: person.token })).resolves.toMatchObject({ status: 400, body: { code: 'CURSOR_INVALID' } });
  });
});
