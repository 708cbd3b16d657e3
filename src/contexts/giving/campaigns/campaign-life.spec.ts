import { insertCampaign, insertDonation, paidIntent, sendEvent, WEBHOOK_SECRET } from '../../../../test/support/giving.factory.js';
import { insertCase, uploadPicture } from '../../../../test/support/rescue.factory.js';
import { type Answer, TestApp } from '../../../../test/support/test-app.js';
import { SYSTEM } from '../../../platform/auth/actor.js';
import { newId } from '../../../platform/ids.js';
import { UserErasure } from '../../identity/users/index.js';
import { type LedgerStatement, runLedgerVerification } from '../ledger/index.js';
import type { CampaignView } from './campaigns.dto.js';
import { CampaignsService } from './campaigns.service.js';

interface Person {
  token: string;
  id: string;
}

type CampaignAnswer = Answer<CampaignView & { code: string; errors: { path: string }[] }>;

describe('the life of a campaign', () => {
  let app: TestApp;
  let rescuer: Person;
  let stranger: Person;
  let admin: Person;
  let caseId: string;
  let people = 0;

  beforeAll(async () => {
    app = await TestApp.start({ STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET });
    admin = await app.signIn('admin@example.org', 'admin');
    stranger = await app.signIn('stranger@example.org');
  });
  beforeEach(async () => {
    rescuer = await app.signIn(`rescuer${++people}@example.org`);
    caseId = await insertCase(app, { user_id: rescuer.id });
  });
  afterAll(() => app.stop());

  const body = (rest: Record<string, unknown> = {}): Record<string, unknown> => ({ title: 'A warm winter', description: 'Straw and roofs.', goal: 50_000, ...rest });
  const start = (person: Person | null, rest: Record<string, unknown> = {}): Promise<CampaignAnswer> => app.post('/v1/campaigns', { token: person?.token, body: body(rest) });
  const change = (person: Person | null, id: string, changes: Record<string, unknown>, headers: Record<string, string> = {}): Promise<CampaignAnswer> =>
    app.patch(`/v1/campaigns/${id}`, { token: person?.token, body: changes, headers });
  const close = (person: Person | null, id: string, outcome = 'completed'): Promise<CampaignAnswer> => app.post(`/v1/campaigns/${id}/closure`, { token: person?.token, body: { outcome } });
  const started = async (person: Person, rest: Record<string, unknown> = {}): Promise<CampaignView> => {
    const answer = await start(person, rest);
    expect(answer).toMatchObject({ status: 201 });
    return answer.body;
  };
  const initiative = (rest: Record<string, unknown> = {}): Promise<CampaignView> => started(admin, { campaignType: 'initiative', initiativeCategory: 'drone', ...rest });
  const audited = (id: string): Promise<{ action: string; actor_id: string | null; metadata_json: Record<string, unknown> }[]> =>
    app.sql(`SELECT action, actor_id, metadata_json FROM platform.audit_logs WHERE entity_type = 'campaign' AND entity_id = $1 ORDER BY seq`, [id]);
  const events = (type: string, id: string): Promise<{ payload: unknown }[]> => app.sql(`SELECT payload FROM platform.outbox_events WHERE type = $1 AND payload->>'campaignId' = $2`, [type, id]);
  const dayFromNow = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

  describe('starts', () => {
    it('by whoever has an open case, with picture, cases and last day', async () => {
      const image = await uploadPicture(app, rescuer.token);
      const campaign = await started(rescuer, { title: ' A <b>warm</b> winter ', image, caseIds: [caseId], endDate: dayFromNow(30), unit: 'EUR' });
      expect(campaign).toMatchObject({
        title: 'A warm winter', campaignType: 'rescue', goal: 50_000, current: 0, unit: 'EUR', currency: 'EUR', status: 'active', progressPercent: 0, surplus: 0,
        image: `/v1/files/${image}`, caseIds: [caseId], endDate: dayFromNow(30), creatorId: rescuer.id, creator: { id: rescuer.id }, version: 1,
      });
      await expect(app.get(`/v1/campaigns/${campaign.id}`)).resolves.toMatchObject({ status: 200, body: campaign });
      await expect(app.sql(`SELECT attached_at FROM platform.files WHERE id = $1`, [image])).resolves.toMatchObject([{ attached_at: expect.any(Date) }]);
      await expect(audited(campaign.id)).resolves.toMatchObject([{ action: 'campaign.created', actor_id: rescuer.id, metadata_json: { after: { goal: 50_000, caseIds: [caseId] } } }]);
    });

    it('as an initiative by admins only', async () => {
      await expect(start(rescuer, { campaignType: 'initiative', initiativeCategory: 'drone' })).resolves.toMatchObject({ status: 403, body: { code: 'ADMIN_REQUIRED' } });
      await expect(initiative({ initiativeCategory: 'safehouse', featuredInitiative: true, unit: 'homes', goal: 30 })).resolves.toMatchObject({
        campaignType: 'initiative', initiativeCategory: 'safehouse', featuredInitiative: true, unit: 'homes', currency: null,
      });
    });

    it('not by guests, nor by people without a case that takes donations', async () => {
      await expect(start(null)).resolves.toMatchObject({ status: 401 });
      await expect(start(stranger)).resolves.toMatchObject({ status: 403, body: { code: 'ACTIVE_CASE_REQUIRED' } });
      for (const columns of [{ hidden_at: new Date() }, { status: 'closed', lifecycle_stage: 'closed_other' }, { risk_level: 'high' }]) {
        const person = await app.signIn(`rescuer${++people}@example.org`);
        await insertCase(app, { user_id: person.id, ...columns });
        await expect(start(person)).resolves.toMatchObject({ status: 403, body: { code: 'ACTIVE_CASE_REQUIRED' } });
      }
    });

    it('also by the owner of a verified case of high risk, and by an admin without any', async () => {
      const person = await app.signIn(`rescuer${++people}@example.org`);
      await insertCase(app, { user_id: person.id, risk_level: 'high', verification_status: 'clinic' });
      await expect(start(person)).resolves.toMatchObject({ status: 201 });
      await expect(start(admin, { caseIds: [caseId] })).resolves.toMatchObject({ status: 201, body: { caseIds: [caseId] } });
    });

    it.each<[string, Record<string, unknown>, string]>([
      ['no title', { title: ' ' }, 'title'],
      ['a title of 101 characters', { title: 'x'.repeat(101) }, 'title'],
      ['a description of 2001 characters', { description: 'x'.repeat(2_001) }, 'description'],
      ['no goal', { goal: 0 }, 'goal'],
      ['a negative goal', { goal: -1 }, 'goal'],
      ['a fraction of a cent', { goal: 10.5 }, 'goal'],
      ['an unknown unit', { unit: 'hugs' }, 'unit'],
      ['an unknown currency', { unit: 'XXX' }, 'unit'],
      ['an unknown kind', { campaignType: 'party' }, 'campaignType'],
      ['a category on a rescue campaign', { initiativeCategory: 'drone' }, 'initiativeCategory'],
      ['a key on a rescue campaign', { initiativeKey: 'drone' }, 'initiativeKey'],
      ['a featured rescue campaign', { featuredInitiative: true }, 'featuredInitiative'],
      ['a last day in the past', { endDate: '2026-01-01' }, 'endDate'],
      ['a day that is none', { endDate: '2027-02-30' }, 'endDate'],
      ['a picture of nobody', { image: newId() }, 'image'],
      ['an address for a picture', { image: 'https://example.org/a.jpg' }, 'image'],
      ['a case id that is none', { caseIds: ['rex'] }, 'caseIds'],
      ['a total of its own', { current: 40_000 }, 'current'],
      ['a state of its own', { status: 'completed' }, 'status'],
    ])('not with %s', async (_, rest, path) => {
      await expect(start(rescuer, rest)).resolves.toMatchObject({ status: 400, body: { code: 'VALIDATION', errors: [{ path }] } });
    });

    it('not with a category missing, an unknown category or a strange key', async () => {
      for (const rest of [{}, { initiativeCategory: 'party' }, { initiativeCategory: 'drone', initiativeKey: 'No Spaces' }]) {
        await expect(start(admin, { campaignType: 'initiative', ...rest })).resolves.toMatchObject({ status: 400 });
      }
    });

    it('not for cases of others, hidden, closed or doubtful ones', async () => {
      const own = (columns: Record<string, unknown>): Promise<string> => insertCase(app, { user_id: rescuer.id, ...columns });
      await expect(start(rescuer, { caseIds: [await insertCase(app)] })).resolves.toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
      await expect(start(rescuer, { caseIds: [newId()] })).resolves.toMatchObject({ status: 404, body: { code: 'CASE_NOT_FOUND' } });
      await expect(start(rescuer, { caseIds: [await own({ hidden_at: new Date() })] })).resolves.toMatchObject({ status: 404 });
      await expect(start(rescuer, { caseIds: [await own({ status: 'closed', lifecycle_stage: 'closed_success' })] })).resolves.toMatchObject({ status: 409, body: { code: 'CASE_CLOSED' } });
      await expect(start(rescuer, { caseIds: [caseId, await own({ risk_level: 'high' })] })).resolves.toMatchObject({ status: 409, body: { code: 'CASE_HIGH_RISK' } });
      await expect(start(rescuer, { image: await uploadPicture(app, stranger.token) })).resolves.toMatchObject({ status: 400 });
    });

    it('with a key that one initiative has, however many ask at once', async () => {
      const answers = await Promise.all(Array.from({ length: 5 }, () => start(admin, { campaignType: 'initiative', initiativeCategory: 'drone', initiativeKey: 'drone-2026' })));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
      expect(answers.find(({ status }) => status === 409)!.body.code).toBe('INITIATIVE_KEY_TAKEN');
    });
  });

  describe('is changed', () => {
    it('by its creator and by admins, with the old values in the audit log', async () => {
      const { id } = await started(rescuer, { caseIds: [caseId] });
      const more = await insertCase(app, { user_id: rescuer.id });
      await expect(change(rescuer, id, { title: 'Warmer', goal: 60_000, endDate: dayFromNow(1), caseIds: [more] })).resolves.toMatchObject({ status: 200, body: { title: 'Warmer', goal: 60_000, caseIds: [more], version: 2 } });
      await expect(change(admin, id, { description: 'Said better.', endDate: null })).resolves.toMatchObject({ status: 200, body: { description: 'Said better.', endDate: null, version: 3 } });
      await expect(change(admin, id, { description: 'Said better.' })).resolves.toMatchObject({ status: 200, body: { version: 3 } });
      await expect(audited(id)).resolves.toMatchObject([
        {},
        { action: 'campaign.updated', actor_id: rescuer.id, metadata_json: { before: { title: 'A warm winter', goal: 50_000, caseIds: [caseId] }, after: { title: 'Warmer', goal: 60_000, caseIds: [more] } } },
        { action: 'campaign.updated', actor_id: admin.id },
      ]);
    });

    it('by nobody else', async () => {
      const { id } = await started(rescuer);
      await expect(change(null, id, { title: 'x' })).resolves.toMatchObject({ status: 401 });
      await expect(change(stranger, id, { title: 'x' })).resolves.toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
      await expect(change(admin, newId(), { title: 'x' })).resolves.toMatchObject({ status: 404, body: { code: 'CAMPAIGN_NOT_FOUND' } });
      await expect(change(rescuer, (await initiative()).id, { title: 'x' })).resolves.toMatchObject({ status: 403, body: { code: 'ADMIN_REQUIRED' } });
    });

    it('not in its kind, unit or key, nor in anything once it is over', async () => {
      const { id } = await started(rescuer);
      for (const fields of [{ campaignType: 'initiative' }, { unit: 'meals' }, { initiativeKey: 'x' }, { status: 'completed' }, { title: '' }, { goal: 0 }, { title: null }, { featuredInitiative: true }]) {
        await expect(change(admin, id, fields)).resolves.toMatchObject({ status: 400 });
      }
      await close(rescuer, id);
      await expect(change(rescuer, id, { title: 'x' })).resolves.toMatchObject({ status: 409, body: { code: 'CAMPAIGN_CLOSED' } });
    });

    it('only from the version that was read', async () => {
      const { id } = await started(rescuer);
      const read = await app.get(`/v1/campaigns/${id}`);
      await expect(change(rescuer, id, { title: 'One' }, { 'If-Match': read.headers.get('etag')! })).resolves.toMatchObject({ status: 200 });
      await expect(change(rescuer, id, { title: 'Two' }, { 'If-Match': read.headers.get('etag')! })).resolves.toMatchObject({ status: 409, body: { code: 'VERSION_CONFLICT' } });
      await expect(change(rescuer, id, { title: 'Two', version: 1 })).resolves.toMatchObject({ status: 409 });
      const twins = await Promise.all(['a', 'b', 'c'].map((title) => change(rescuer, id, { title, version: 2 })));
      expect(twins.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    });

    it('in its count by admins; money counts itself', async () => {
      const { id } = await started(rescuer, { unit: 'surgeries', goal: 50 });
      await expect(change(rescuer, id, { current: 38 })).resolves.toMatchObject({ status: 403, body: { code: 'ADMIN_REQUIRED' } });
      await expect(change(admin, id, { current: 38 })).resolves.toMatchObject({ status: 200, body: { current: 38, progressPercent: 76 } });
      await expect(change(admin, (await started(rescuer)).id, { current: 38 })).resolves.toMatchObject({ status: 400, body: { errors: [{ path: 'current' }] } });
    });

    it('keeping a hidden case that its creator does not see', async () => {
      const hidden = await insertCase(app, { user_id: rescuer.id });
      const { id } = await started(rescuer, { caseIds: [caseId, hidden] });
      await app.sql(`UPDATE rescue.cases SET hidden_at = now() WHERE id = $1`, [hidden]);
      await expect(change(rescuer, id, { caseIds: [] })).resolves.toMatchObject({ status: 200, body: { caseIds: [] } });
      await app.sql(`UPDATE rescue.cases SET hidden_at = NULL WHERE id = $1`, [hidden]);
      await expect(app.get(`/v1/campaigns/${id}`)).resolves.toMatchObject({ body: { caseIds: [hidden] } });
    });
  });

  describe('ends', () => {
    it.each(['completed', 'cancelled'])('%s by its creator, once, and tells so', async (outcome) => {
      const { id, title } = await started(rescuer);
      await expect(close(null, id, outcome)).resolves.toMatchObject({ status: 401 });
      await expect(close(stranger, id, outcome)).resolves.toMatchObject({ status: 403 });
      const answers = await Promise.all([close(rescuer, id, outcome), close(admin, id, outcome), close(rescuer, id, outcome)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
      expect(answers.find(({ status }) => status === 200)!.body).toMatchObject({ status: outcome, completedAt: outcome === 'completed' ? expect.any(String) : null });
      expect(answers.find(({ status }) => status === 409)!.body.code).toBe('ILLEGAL_TRANSITION');
      await expect(events('giving.campaign.ended.v1', id)).resolves.toEqual([{ payload: { campaignId: id, title, creatorId: rescuer.id, outcome, reason: 'closed' } }]);
      expect((await audited(id)).filter(({ action }) => action === 'campaign.closed')).toMatchObject([{ metadata_json: { before: { status: 'active' }, after: { status: outcome }, cause: 'closed' } }]);
    });

    it('cancelled for everybody but admins, its creator too', async () => {
      const { id } = await started(rescuer);
      await close(rescuer, id, 'cancelled');
      for (const token of [undefined, stranger.token, rescuer.token]) await expect(app.get(`/v1/campaigns/${id}`, { token })).resolves.toMatchObject({ status: 404 });
      await expect(app.get(`/v1/campaigns/${id}`, { token: admin.token })).resolves.toMatchObject({ status: 200, body: { status: 'cancelled' } });
      await expect(close(stranger, id)).resolves.toMatchObject({ status: 404 });
      await expect(change(stranger, id, { title: 'x' })).resolves.toMatchObject({ status: 404 });
    });

    it('as nothing else', async () => {
      const { id } = await started(rescuer);
      for (const outcome of ['active', 'done', undefined]) await expect(app.post(`/v1/campaigns/${id}/closure`, { token: rescuer.token, body: { outcome } })).resolves.toMatchObject({ status: 400 });
      await expect(close(rescuer, (await initiative()).id)).resolves.toMatchObject({ status: 403 });
    });

    it('by itself the day after its last one, and not before', async () => {
      const insert = (endDate: string | null, status = 'active'): Promise<string> => insertCampaign(app, { end_date: endDate, status, creator_id: rescuer.id });
      const [past, today, open, cancelled] = [await insert(dayFromNow(-1)), await insert(dayFromNow(0)), await insert(null), await insert(dayFromNow(-1), 'cancelled')];
      const service = app.app.get(CampaignsService, { strict: false });
      const counts = await Promise.all([service.completeEnded(), service.completeEnded()]);
      expect(counts[0] + counts[1]).toBe(1);
      const rows = await app.sql<{ id: string; status: string }>(`SELECT id, status FROM giving.campaigns WHERE id = ANY ($1)`, [[past, today, open, cancelled]]);
      expect(Object.fromEntries(rows.map(({ id, status }) => [id, status]))).toEqual({ [past]: 'completed', [today]: 'active', [open]: 'active', [cancelled]: 'cancelled' });
      await expect(events('giving.campaign.ended.v1', past)).resolves.toMatchObject([{ payload: { outcome: 'completed', reason: 'end_date' } }]);
      await expect(audited(past)).resolves.toMatchObject([{ action: 'campaign.closed', actor_id: null, metadata_json: { cause: 'end_date' } }]);
    });

    it('not when its cases close: its creator is asked, once', async () => {
      const other = await insertCase(app, { user_id: rescuer.id });
      const { id, title } = await started(rescuer, { caseIds: [caseId, other] });
      const finish = (one: string): Promise<Answer> => app.post(`/v1/cases/${one}/lifecycle`, { token: rescuer.token, body: { stage: 'closed_success' } });
      await finish(caseId);
      await app.drain();
      await expect(events('giving.campaign.cases_closed.v1', id)).resolves.toEqual([]);
      await finish(other);
      await app.drain();
      await expect(events('giving.campaign.cases_closed.v1', id)).resolves.toEqual([{ payload: { campaignId: id, title, creatorId: rescuer.id } }]);
      await expect(app.get(`/v1/campaigns/${id}`)).resolves.toMatchObject({ body: { status: 'active', caseIds: expect.arrayContaining([caseId, other]) } });
    });
  });

  describe('takes money', () => {
    const checkout = (campaignId: string): Promise<Answer<{ code: string; donationId: string }>> =>
      app.post('/v1/donations/checkout-sessions', { token: stranger.token, body: { campaignId, amount: 2_000, currency: 'EUR', anonymous: true, successUrl: `${app.url}/a`, cancelUrl: `${app.url}/b` }, headers: { 'Idempotency-Key': newId() } });
    const pay = async (columns: Record<string, unknown>, amount: number): Promise<void> => {
      await sendEvent(app, { ...eventOf(await insertDonation(app, { user_id: stranger.id, amount, ...columns }), amount) });
    };
    const eventOf = (donationId: string, amount: number): Record<string, unknown> => ({
      id: `evt_${donationId}`, object: 'event', api_version: '2026-10-28.endive', created: 1, livemode: false, type: 'payment_intent.succeeded', data: { object: paidIntent(donationId, amount) },
    });

    it('for itself and not for its cases, beyond its goal, and states it', async () => {
      const { id } = await started(rescuer, { goal: 5_000, caseIds: [caseId] });
      await pay({ campaign_ref_id: id }, 4_000);
      await pay({ campaign_ref_id: id }, 3_000);
      await pay({ case_id: caseId }, 1_000);
      await app.drain();
      await expect(app.get(`/v1/campaigns/${id}`)).resolves.toMatchObject({ body: { current: 7_000, progressPercent: 140, surplus: 2_000, status: 'active' } });
      await expect(app.get(`/v1/cases/${caseId}`)).resolves.toMatchObject({ body: { fundraising: { current: 1_000 } } });
      const campaign = await app.get<LedgerStatement>(`/v1/campaigns/${id}/ledger`);
      expect(campaign.body.totals).toMatchObject({ raised: 7_000, platformFees: 350, held: 6_650 });
      expect(JSON.stringify(campaign.body)).not.toContain(stranger.id);
      const rescued = await app.get<LedgerStatement>(`/v1/cases/${caseId}/ledger`);
      expect(rescued.body.totals).toMatchObject({ raised: 1_000, platformFees: 50 });
      await expect(app.sql(`SELECT user_id FROM giving.campaign_donors WHERE campaign_id = $1`, [id])).resolves.toEqual([{ user_id: stranger.id }]);
    });

    it('only while it is active, also when both come at once', async () => {
      const { id } = await started(rescuer);
      const [closed, ...opened] = await Promise.all([close(rescuer, id), ...Array.from({ length: 4 }, () => checkout(id))]);
      expect(closed.status).toBe(200);
      expect(opened.every(({ status, body: { code } }) => status === 201 || code === 'CAMPAIGN_CLOSED')).toBe(true);
      await expect(checkout(id)).resolves.toMatchObject({ status: 409, body: { code: 'CAMPAIGN_CLOSED' } });
      for (const { status, body: { donationId } } of opened) if (status === 201) await sendEvent(app, eventOf(donationId, 2_000));
      await app.drain();
      const paid = opened.filter(({ status }) => status === 201).length * 2_000;
      await expect(app.get(`/v1/campaigns/${id}`)).resolves.toMatchObject({ body: { current: paid, status: 'completed' } });
    });

    it('in books that agree', async () => {
      await expect(runLedgerVerification(app.databaseUrl, () => undefined)).resolves.toBe(0);
    });
  });

  it('outlives its creator’s account, under no name', async () => {
    const { id } = await started(rescuer);
    const [user] = await app.sql<{ clerk_id: string }>(`SELECT clerk_id FROM identity.users WHERE id = $1`, [rescuer.id]);
    await app.app.get(UserErasure, { strict: false }).eraseIdentity(SYSTEM, user!.clerk_id);
    await app.drain();
    await expect(app.get(`/v1/campaigns/${id}`)).resolves.toMatchObject({ status: 200, body: { status: 'active', creator: { name: 'Deleted user', avatar: null } } });
  });
});
