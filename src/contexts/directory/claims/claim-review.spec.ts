import { ClaimsDesk, type ListingKind, type Person, SECRETS, type Shown } from '../../../../test/support/claims.factory.js';
import { PASSWORD, StaffClient } from '../../../../test/support/staff-client.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { StaffAccountsService } from '../../../backoffice/staff/staff-accounts.service.js';
import type { StaffActor } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { newId } from '../../../platform/ids.js';
import type { SlaView } from '../../trust/review-queue/review-queue.dto.js';
import { ClaimKinds } from './claim-kinds.js';
import { ClaimReviewService } from './claim-review.service.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ROUNDS = 30;

describe('deciding about claims', () => {
  let app: TestApp;
  let admin: Person;
  let colleague: Person;
  let moved = 0;
  const desks = new Map<ListingKind, ClaimsDesk>();

  beforeAll(async () => {
    app = await TestApp.start({ TRUST_PROXY: '1' });
    [admin, colleague] = await Promise.all([app.signIn('admin@example.org', 'admin'), app.signIn('colleague@example.org', 'admin')]);
    for (const kind of ['clinic', 'pet_service'] as const) desks.set(kind, new ClaimsDesk(app, kind, admin));
    app.app.get(Clock).now = () => new Date(Date.now() + moved);
  });
  afterAll(() => app.stop());
  afterEach(() => {
    moved = 0;
  });

  const me = async (person: Person) => (await app.get<{ role: string; verificationLevel: string; verifiedBy: string | null; linkedPetServiceId: string | null }>('/v1/me', { token: person.token })).body;

  describe.each([
    ['clinic', 'CLINIC'],
    ['pet_service', 'PET_SERVICE'],
  ] as const)('of a %s', (kind, code) => {
    let desk: ClaimsDesk;
    beforeAll(() => {
      desk = desks.get(kind)!;
    });

    it('is for admins only', async () => {
      const person = await desk.someone();
      const id = await desk.claimed(person, await desk.listing());
      const acts = (who: Person | null) => [
        desk.list('', who ?? undefined),
        desk.approve(id, who),
        desk.act('pause', id, { note: 'x' }, who),
        desk.act('reviewing', id, {}, who),
      ];
      expect((await Promise.all(acts(null).slice(1))).map(({ status }) => status)).toEqual([401, 401, 401]);
      expect((await app.get(`/v1/admin/${kind === 'clinic' ? 'clinic' : 'pet-service'}-claims`)).status).toBe(401);
      for (const answer of await Promise.all(acts(person))) expect(answer).toMatchObject({ status: 403, body: { code: 'ADMIN_REQUIRED' } });
      for (const name of ['review', 'pause', 'reviewing'] as const) {
        await expect(desk.act(name, newId(), { decision: 'approved', ...(name === 'review' ? {} : { decision: undefined }), ...(name === 'pause' ? { note: 'x' } : {}) })).resolves.toMatchObject({ status: 404, body: { code: 'CLAIM_NOT_FOUND' } });
      }
      const other = desks.get(kind === 'clinic' ? 'pet_service' : 'clinic')!;
      await expect(other.approve(id)).resolves.toMatchObject({ status: 404 });
      for (const body of [{}, { decision: 'maybe' }, { decision: 'rejected', rejectionReason: 'x'.repeat(1_001) }]) await expect(desk.act('review', id, body)).resolves.toMatchObject({ status: 400 });
    });

    it('begins with a list: newest first, with the listing, its owner, the claimant and how to reach them', async () => {
      const [person, owner] = [await desk.someone(), await desk.someone()];
      const listingId = await desk.listing({ ownerId: owner.id });
      const first = await desk.claimed(person, listingId, { contested: true });
      const second = await desk.claimed(person, await desk.listing());
      const decided = await desk.claimed(person, await desk.listing());
      await desk.reject(decided, 'No licence');
      const { body } = await desk.list('?limit=2');
      expect(body.items.map(({ id }) => id)).toEqual([second, first]);
      expect(body.items[1]).toMatchObject({
        kind,
        status: 'pending',
        ...SECRETS,
        contested: true,
        listing: { id: listingId, city: 'Sofia', address: expect.any(String), verified: false, owner: { id: owner.id, name: expect.any(String) } },
        claimant: { id: person.id, email: expect.stringContaining('@example.org'), role: 'user' },
        firstRespondedAt: null,
        breached: false,
        claimedBy: null,
      });
      const next = await desk.list(`?limit=1&cursor=${(await desk.list('?limit=1')).body.nextCursor}`);
      expect(next.body.items.map(({ id }) => id)).toEqual([first]);
      expect((await desk.list('?status=rejected&limit=1')).body.items).toMatchObject([{ id: decided, rejectionReason: 'No licence', reviewer: { id: admin.id } }]);
      for (const bad of ['?status=open', '?cursor=x']) await expect(desk.list(bad)).resolves.toMatchObject({ status: 400 });
    });

    it('approves: the claimant runs a verified listing, and whatever else waits about it is rejected', async () => {
      const [person, other] = [await desk.someone(), await desk.someone()];
      const listingId = await desk.listing();
      const [id, rival] = [await desk.claimed(person, listingId), await desk.claimed(other, listingId)];
      const elsewhere = await desk.claimed(other, await desk.listing());
      await desk.act('reviewing', rival, {}, colleague);
      await expect(desk.approve(id)).resolves.toMatchObject({ status: 200, body: { status: 'approved', rejectionReason: null, reviewer: { id: admin.id }, listing: { verified: true, owner: { id: person.id } } } });
      expect(await desk.listingRow(listingId)).toEqual({ owner_id: person.id, verified: true, claimed_at: expect.any(Date) });
      expect(await me(person)).toMatchObject(
        kind === 'clinic' ? { role: 'clinic', verificationLevel: 'clinic', verifiedBy: admin.id } : { role: 'user', verificationLevel: 'unverified', linkedPetServiceId: listingId },
      );
      expect(await desk.own(other)).toMatchObject([
        { id: elsewhere, status: 'pending' },
        { id: rival, status: 'rejected', rejectionReason: 'Another claim on this listing was approved.' },
      ]);
      for (const [claim, userId, decision] of [[id, person.id, 'approved'], [rival, other.id, 'rejected']] as const) {
        expect((await desk.audits(claim)).at(-1)).toMatchObject({ action: `${kind}_claim_reviewed`, actor_id: admin.id, metadata_json: { before: { status: 'pending' }, after: { status: decision }, listingId } });
        expect(await desk.events('decided', claim)).toEqual([{ claimId: claim, kind, listingId, listingName: expect.any(String), userId, decision, previousOwnerId: null }]);
      }
    });

    it('rejects with a reason, or with a general one', async () => {
      const person = await desk.someone();
      const listingId = await desk.listing();
      const [told, general] = [await desk.claimed(person, listingId), await desk.claimed(await desk.someone(), listingId)];
      await expect(desk.reject(told, 'The register names others.')).resolves.toMatchObject({ status: 200, body: { status: 'rejected', rejectionReason: 'The register names others.' } });
      await expect(desk.reject(general, '')).resolves.toMatchObject({ status: 200, body: { rejectionReason: expect.stringContaining('Not eligible') } });
      expect(await desk.own(person)).toMatchObject([{ status: 'rejected', rejectionReason: 'The register names others.' }]);
      expect((await desk.audits(told)).at(-1)).toMatchObject({ metadata_json: { reason: 'The register names others.' } });
      expect(await desk.listingRow(listingId)).toMatchObject({ owner_id: null, verified: false });
    });

    it('happens once', async () => {
      for (const decide of [desk.approve.bind(desk), desk.reject.bind(desk)]) {
        const id = await desk.claimed(await desk.someone(), await desk.listing());
        const answers = await Promise.all(Array.from({ length: 4 }, () => decide(id)));
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
        for (const again of [desk.approve(id), desk.reject(id), desk.act('pause', id, { note: 'x' }), desk.act('reviewing', id, {})]) {
          await expect(again).resolves.toMatchObject({ status: 409, body: { code: 'CLAIM_DECIDED' } });
        }
        expect(await desk.events('decided', id)).toHaveLength(1);
      }
    });

    it(`leaves one owner when two approve at the same moment, ${ROUNDS} times`, async () => {
      const [a, b] = [await desk.someone(), await desk.someone()];
      for (let round = 0; round < ROUNDS; round++) {
        const listingId = await desk.listing();
        const ids = [await desk.claimed(a, listingId), await desk.claimed(b, listingId)];
        const answers = await Promise.all([desk.approve(ids[0]!, admin), desk.approve(ids[1]!, colleague)]);
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
        const won = answers[0].status === 200 ? a : b;
        expect((await desk.listingRow(listingId)).owner_id).toBe(won.id);
        const states = [...(await desk.own(a)), ...(await desk.own(b))].filter(({ listing }) => listing.id === listingId).map(({ status }) => status);
        expect(states.sort()).toEqual(['approved', 'rejected']);
      }
    }, 60_000);

    it('leaves no claim waiting that came at the same moment', async () => {
      const [a, b] = [await desk.someone(), await desk.someone()];
      for (let round = 0; round < 10; round++) {
        const listingId = await desk.listing();
        const id = await desk.claimed(a, listingId);
        const [, { status }] = await Promise.all([desk.approve(id), desk.claim(b, listingId)]);
        expect([201, 409]).toContain(status);
        expect((await desk.own(b)).filter((claim) => claim.status === 'pending')).toEqual([]);
      }
    });

    it('is not for those who have a part in it: the claimant, a rival, the present owner', async () => {
      const forbidden = { status: 403, body: { code: 'SELF_REVIEW_FORBIDDEN' } };
      const listingId = await desk.listing();
      const [own, rival] = [await desk.claimed(admin, listingId), await desk.claimed(await desk.someone(), listingId)];
      for (const id of [own, rival]) for (const [name, body] of [['review', { decision: 'rejected' }], ['pause', { note: 'x' }], ['reviewing', {}]] as const) await expect(desk.act(name, id, body)).resolves.toMatchObject(forbidden);
      const linked: StaffActor = { kind: 'staff', staffId: newId(), userId: admin.id, role: 'moderator' };
      const kinds = app.app.get(ClaimKinds, { strict: false });
      await expect(app.app.get(ClaimReviewService, { strict: false }).review(linked, kind === 'clinic' ? kinds.clinic : kinds.petService, own, { decision: 'approved' })).rejects.toMatchObject({ code: 'SELF_REVIEW_FORBIDDEN' });
      const contested = await desk.claimed(await desk.someone(), await desk.listing({ ownerId: admin.id }), { contested: true });
      moved = 8 * DAY;
      await expect(desk.reject(contested)).resolves.toMatchObject(forbidden);
      await expect(desk.approve(own, colleague)).resolves.toMatchObject({ status: 200 });
      expect((await me(admin)).role).toBe('admin');
    });

    describe('that is contested', () => {
      let person: Person;
      let owner: Person;
      let listingId: string;
      let id: string;
      beforeEach(async () => {
        [person, owner] = [await desk.someone(), await desk.someone()];
        listingId = await desk.listing();
        await desk.approve(await desk.claimed(owner, listingId));
        id = await desk.claimed(person, listingId, { contested: true });
      });

      it('waits 7 days for the owner, and then moves the listing with all that hangs on it', async () => {
        const { decideAfter } = (await desk.own(person))[0]!;
        moved = 7 * DAY - 60_000;
        for (const early of [desk.approve(id), desk.reject(id)]) await expect(early).resolves.toMatchObject({ status: 409, body: { code: 'CLAIM_CONTESTED', decideAfter, detail: expect.stringContaining(decideAfter!) } });
        moved = 7 * DAY + 60_000;
        await expect(desk.approve(id)).resolves.toMatchObject({ status: 200, body: { breached: true, listing: { owner: { id: person.id } } } });
        expect((await desk.listingRow(listingId)).owner_id).toBe(person.id);
        expect(await desk.events('decided', id)).toMatchObject([{ decision: 'approved', previousOwnerId: owner.id }]);
        if (kind === 'pet_service') expect([(await me(owner)).linkedPetServiceId, (await me(person)).linkedPetServiceId]).toEqual([null, listingId]);
        else {
          expect([(await me(owner)).role, (await me(person)).role]).toEqual(['user', 'clinic']);
          expect(await app.sql(`SELECT payload->>'ownerId' AS owner FROM platform.outbox_events WHERE type = 'directory.clinic.ownership_revoked.v1' AND payload->>'clinicId' = $1`, [listingId])).toEqual([{ owner: owner.id }]);
        }
      });

      it('leaves the owner what they have when it is rejected', async () => {
        moved = 7 * DAY + 60_000;
        await expect(desk.reject(id)).resolves.toMatchObject({ status: 200 });
        expect((await desk.listingRow(listingId)).owner_id).toBe(owner.id);
      });

      it('waits for nobody once the owner is gone', async () => {
        await app.delete(`/v1/admin/${kind === 'clinic' ? 'clinics' : 'pet-services'}/${listingId}/owner`, { token: admin.token, body: { reason: 'Not theirs' } });
        await expect(desk.approve(id)).resolves.toMatchObject({ status: 200, body: { listing: { owner: { id: person.id } } } });
        expect(await desk.events('decided', id)).toMatchObject([{ previousOwnerId: null }]);
      });

      it('takes nothing from somebody who was never told', async () => {
        const third = await desk.someone();
        await app.sql(`UPDATE directory.${kind === 'clinic' ? 'clinics' : 'pet_services'} SET owner_id = $2 WHERE id = $1`, [listingId, third.id]);
        moved = 8 * DAY;
        await expect(desk.approve(id)).resolves.toMatchObject({ status: 409, body: { code: `${code}_ALREADY_CLAIMED` } });
        await expect(desk.reject(id)).resolves.toMatchObject({ status: 200 });
        expect((await desk.listingRow(listingId)).owner_id).toBe(third.id);
      });
    });

    it('pauses for a question, whose answer lets the clock go on by exactly as much', async () => {
      const person = await desk.someone();
      const { body: made } = await desk.claim(person, await desk.listing());
      await expect(desk.answer(person, made.id)).resolves.toMatchObject({ status: 409, body: { code: 'ILLEGAL_TRANSITION' } });
      await expect(desk.act('pause', made.id, { note: ' ' })).resolves.toMatchObject({ status: 400 });
      const paused = await desk.act('pause', made.id, { note: 'Which owner are you?' });
      expect(paused).toMatchObject({ status: 200, body: { pausedAt: expect.any(String), firstRespondedAt: expect.any(String), questions: [{ text: 'Which owner are you?', answer: null, answeredAt: null }] } });
      await expect(desk.act('pause', made.id, { note: 'And now?' })).resolves.toMatchObject({ status: 409, body: { code: 'ILLEGAL_TRANSITION' } });
      expect(await desk.events('question_asked', made.id)).toMatchObject([{ claimId: made.id, kind, userId: person.id }]);
      expect(await desk.own(person)).toMatchObject([{ questions: [{ text: 'Which owner are you?' }] }]);

      moved = 100 * HOUR;
      await expect(desk.answer(undefined, made.id)).resolves.toMatchObject({ status: 401 });
      await expect(desk.answer(await desk.someone(), made.id)).resolves.toMatchObject({ status: 404, body: { code: 'CLAIM_NOT_FOUND' } });
      await expect(desk.answer(person, made.id, '')).resolves.toMatchObject({ status: 400 });
      const answers = await Promise.all([desk.answer(person, made.id, 'The second'), desk.answer(person, made.id, 'The second')]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const { body } = answers.find(({ status }) => status === 200)!;
      expect(body.questions).toMatchObject([{ answer: 'The second', answeredAt: expect.any(String) }]);
      const stood = Date.parse(String(body.questions[0]!.answeredAt)) - Date.parse(paused.body.pausedAt!);
      expect(Math.abs(Date.parse(body.slaResolutionDueAt) - Date.parse(made.slaResolutionDueAt) - stood)).toBeLessThan(100);
      expect((await desk.list('?limit=1')).body.items[0]).toMatchObject({ id: made.id, pausedAt: null, breached: false });

      await desk.act('pause', made.id, { note: 'And since when?' });
      expect((await desk.own(person))[0]!.questions).toMatchObject([{ answer: 'The second' }, { text: 'And since when?', answer: null }]);
      await expect(desk.reject(made.id, 'No answer')).resolves.toMatchObject({ status: 200 });
      await expect(desk.answer(person, made.id)).resolves.toMatchObject({ status: 409, body: { code: 'CLAIM_DECIDED' } });
      expect((await desk.audits(made.id)).map(({ action }) => action.replace(`${kind}_claim_`, ''))).toEqual(['submitted', 'paused', 'answered', 'paused', 'reviewed']);
    });

    it('is for one member of staff at a time', async () => {
      const id = await desk.claimed(await desk.someone(), await desk.listing());
      await expect(desk.act('reviewing', id, {})).resolves.toMatchObject({ status: 200, body: { claimedBy: `user:${admin.id}`, claimedUntil: expect.any(String), firstRespondedAt: expect.any(String) } });
      for (const [name, body] of [['review', { decision: 'approved' }], ['pause', { note: 'x' }], ['reviewing', {}]] as const) {
        await expect(desk.act(name, id, body, colleague)).resolves.toMatchObject({ status: 409, body: { code: 'REVIEW_ITEM_CLAIMED' } });
      }
      await expect(desk.approve(id)).resolves.toMatchObject({ status: 200 });
    });

    it('counts in the view of promises, time in pauses left out', async () => {
      await app.sql(`DELETE FROM trust.review_items`);
      await app.sql(`DELETE FROM directory.${kind}_claims`);
      const person = await desk.someone();
      const [late, slow] = [await desk.claimed(person, await desk.listing()), await desk.claimed(person, await desk.listing())];
      const sla = async () => (await app.get<SlaView>('/v1/admin/sla', { token: admin.token })).body[kind === 'clinic' ? 'clinicClaims' : 'petServiceClaims'];
      expect(await sla()).toMatchObject({ open: 2, dueWithin24h: 2, breached: 0, oldestAt: expect.any(String), resolution: { p50Seconds: null } });
      await desk.act('pause', slow, { note: 'x' });
      expect(await sla()).toMatchObject({ open: 2, dueWithin24h: 1, breached: 0 });
      moved = 25 * HOUR;
      expect(await sla()).toMatchObject({ open: 2, dueWithin24h: 0, breached: 1 });
      expect((await desk.list()).body.items.map(({ id, breached }: Shown) => [id, breached])).toEqual([[slow, false], [late, true]]);
      await desk.answer(person, slow);
      await desk.approve(slow);
      await desk.reject(late);
      const { open, breached, resolution } = await sla();
      expect([open, breached]).toEqual([0, 0]);
      expect(resolution.p50Seconds).toBeGreaterThan(12 * 3_600);
      expect(resolution.p50Seconds).toBeLessThan(13 * 3_600);
    });
  });

  it('raises the verification of who runs a clinic, and lowers none', async () => {
    const desk = desks.get('clinic')!;
    for (const [level, later] of [['community', 'clinic'], ['partner', 'partner']] as const) {
      const person = await desk.someone();
      await app.put(`/v1/admin/users/${person.id}/verification`, { token: colleague.token, body: { level } });
      await desk.approve(await desk.claimed(person, await desk.listing()));
      expect(await me(person)).toMatchObject({ verificationLevel: later, role: 'clinic' });
      expect((await desk.audits(person.id)).filter(({ action }) => action === 'user.verification_changed')).toHaveLength(level === later ? 1 : 2);
    }
  });

  it('leaves an owner of two clinics the role when they lose one, and an owner of none no role, also at the same moment', async () => {
    const desk = desks.get('clinic')!;
    const person = await desk.someone();
    const listings = [await desk.listing(), await desk.listing(), await desk.listing()];
    for (const listingId of listings) await desk.approve(await desk.claimed(person, listingId));
    const revoke = (listingId: string) => app.delete(`/v1/admin/clinics/${listingId}/owner`, { token: admin.token, body: { reason: 'Sold' } });
    await revoke(listings[0]!);
    expect((await me(person)).role).toBe('clinic');
    await Promise.all(listings.slice(1).map(revoke));
    expect((await me(person)).role).toBe('user');
    await expect(desk.claim(person, listings[0]!)).resolves.toMatchObject({ status: 201 });
  });

  it('is done by moderators in the back office, where others do not see claims', async () => {
    const staff = app.app.get(StaffAccountsService, { strict: false });
    for (const role of ['moderator', 'support'] as const) await staff.create({ id: newId(), email: `${role}@example.org`, name: role, password: PASSWORD, role });
    const [moderator, support] = [new StaffClient(`${app.url}/admin`), new StaffClient(`${app.url}/admin`)];
    await moderator.signIn('moderator@example.org');
    await support.signIn('support@example.org');
    for (const [kind, resource] of [['clinic', 'directory_clinic_claims'], ['pet_service', 'directory_pet_service_claims']] as const) {
      const desk = desks.get(kind)!;
      const person = await desk.someone();
      const [first, second] = [await desk.claimed(person, await desk.listing()), await desk.claimed(person, await desk.listing())];
      const record = (id: string, act: string) => `/api/resources/${resource}/records/${id}/${act}`;
      expect(JSON.stringify((await moderator.json(record(first, 'show'))).body)).toContain(SECRETS.claimerEmail);
      expect(JSON.stringify((await support.json(record(first, 'show'))).body)).not.toContain(SECRETS.claimerEmail);
      expect((await support.json(record(first, 'approve'), {})).body.notice.type).toBe('error');
      for (const [id, act, form] of [[first, 'claim', {}], [first, 'pause', { note: 'Which one?' }], [first, 'release', {}], [first, 'approve', {}], [second, 'reject', { rejectionReason: 'No papers' }]] as const) {
        expect({ act, notice: (await moderator.json(record(id, act), form)).body.notice }).toMatchObject({ act, notice: { type: 'success' } });
      }
      const sections = JSON.stringify((await moderator.json(record(first, 'sections'))).body);
      expect(sections).toContain('Which one?');
      expect(sections).toContain('Runs the listing now');
      expect(await desk.own(person)).toMatchObject([{ status: 'rejected', rejectionReason: 'No papers' }, { status: 'approved', questions: [{ text: 'Which one?' }] }]);
      expect((await moderator.json(record(first, 'approve'), {})).body.notice.type).toBe('error');
      expect(await app.sql(`SELECT reviewed_by, reviewed_by_staff IS NOT NULL AS staff FROM directory.${kind}_claims WHERE id = $1`, [first])).toEqual([{ reviewed_by: null, staff: true }]);
    }
  });
});
