import { insertDonation } from '../../../../test/support/giving.factory.js';
import { insertCase } from '../../../../test/support/rescue.factory.js';
import { type Answer, TestApp } from '../../../../test/support/test-app.js';
import { SYSTEM } from '../../../platform/auth/actor.js';
import { newId } from '../../../platform/ids.js';
import { UserErasure } from '../../identity/users/index.js';
import type { CaseView } from '../cases/index.js';
import type { EndorsementView } from './case-endorsements.dto.js';
import { CaseEndorsementsService } from './case-endorsements.service.js';

interface Person {
  token: string;
  id: string;
}

describe('endorsing a case', () => {
  let app: TestApp;
  let owner: Person;
  let admin: Person;
  let people = 0;

  beforeAll(async () => {
    app = await TestApp.start();
    owner = await app.signIn('owner@example.org');
    admin = await app.signIn('admin@example.org', 'admin');
  });
  afterAll(() => app.stop());

  /** Somebody whose account is so many days old. */
  async function person(days: number, columns: Record<string, unknown> = {}): Promise<Person> {
    const one = await app.signIn(`p${++people}@example.org`);
    const set = { created_at: new Date(Date.now() - days * 86_400_000), ...columns };
    await app.sql(`UPDATE identity.users SET ${Object.keys(set).map((name, i) => `${name} = $${i + 2}`).join(', ')} WHERE id = $1`, [one.id, ...Object.values(set)]);
    return one;
  }
  const trusted = (): Promise<Person> => person(30, { verification_level: 'community' });
  const some = (count: number, make: () => Promise<Person>): Promise<Person[]> => Promise.all(Array.from({ length: count }, make));
  const endorse = (one: Person | undefined, id: string): Promise<Answer<EndorsementView>> => app.put<EndorsementView>(`/v1/cases/${id}/endorsement`, { token: one?.token });
  const withdraw = (one: Person | undefined, id: string): Promise<Answer<EndorsementView>> => app.delete<EndorsementView>(`/v1/cases/${id}/endorsement`, { token: one?.token });
  const audits = (id: string): Promise<{ action: string; actor_kind: string; metadata_json: Record<string, unknown> }[]> =>
    app.sql(`SELECT action, actor_kind, metadata_json FROM platform.audit_logs WHERE entity_id = $1 ORDER BY seq`, [id]);
  const events = (type: string, id: string): Promise<{ payload: unknown }[]> => app.sql(`SELECT payload FROM platform.outbox_events WHERE type = $1 AND payload->>'caseId' = $2`, [type, id]);
  const published = (columns: Record<string, unknown> = {}): Promise<string> => insertCase(app, { user_id: owner.id, ...columns });

  it('counts once a person, shows the progress and can be taken back', async () => {
    const id = await published();
    const [known, stranger] = [await trusted(), await person(30)];
    await expect(endorse(known, id)).resolves.toMatchObject({ status: 200, body: { endorsed: true, count: 1, qualified: 1, required: 3, verificationStatus: 'unverified' } });
    await expect(endorse(known, id)).resolves.toMatchObject({ status: 200, body: { count: 1, qualified: 1 } });
    await expect(endorse(stranger, id)).resolves.toMatchObject({ body: { endorsed: true, count: 2, qualified: 1 } });
    await expect(app.get<CaseView>(`/v1/cases/${id}`, { token: known.token })).resolves.toMatchObject({
      body: { endorsementsCount: 2, endorsements: { count: 2, qualified: 1, required: 3 }, viewer: { endorsed: true } },
    });
    await expect(withdraw(known, id)).resolves.toMatchObject({ status: 200, body: { endorsed: false, count: 1, qualified: 0, required: 3 } });
    await expect(withdraw(known, id)).resolves.toMatchObject({ status: 200, body: { endorsed: false, count: 1, qualified: 0 } });
    await expect(app.get(`/v1/cases/${id}`)).resolves.toMatchObject({ body: { endorsementsCount: 1, endorsements: { count: 1, qualified: 0 }, viewer: { endorsed: false } } });
  });

  it('is refused to guests and owners, on closed, hidden and unknown cases', async () => {
    const id = await published();
    for (const call of [endorse, withdraw]) {
      await expect(call(undefined, id)).resolves.toMatchObject({ status: 401 });
      await expect(call(admin, newId())).resolves.toMatchObject({ status: 404, body: { code: 'CASE_NOT_FOUND' } });
      await expect(call(admin, 'x')).resolves.toMatchObject({ status: 400 });
      for (const one of [admin, owner]) await expect(call(one, await published({ hidden_at: new Date() }))).resolves.toMatchObject({ status: 404 });
    }
    await expect(endorse(owner, id)).resolves.toMatchObject({ status: 403, body: { code: 'SELF_ENDORSE' } });
    await endorse(admin, id);
    await app.post(`/v1/cases/${id}/lifecycle`, { token: owner.token, body: { stage: 'closed_success' } });
    await expect(endorse(admin, id)).resolves.toMatchObject({ status: 200, body: { endorsed: true, count: 1 } });
    await expect(endorse(admin, await published({ status: 'closed', lifecycle_stage: 'closed_success' }))).resolves.toMatchObject({ status: 409, body: { code: 'CASE_CLOSED' } });
  });

  it('lets a person endorse ten cases a day; repeats and refusals are free, taking back gives nothing back', async () => {
    const one = await trusted();
    const closed = await published({ status: 'closed', lifecycle_stage: 'closed_other' });
    const first = await published();
    for (let i = 0; i < 9; i++) await endorse(one, await published());
    await endorse(one, closed);
    await expect(endorse(one, first)).resolves.toMatchObject({ status: 200 });
    await withdraw(one, first);
    const refused = await endorse(one, first);
    expect(refused).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED', scope: 'case.endorse' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  describe('counts when the endorser', () => {
    it.each<[string, number, Record<string, unknown>, number]>([
      ['is a clinic', 7.1, { role: 'clinic' }, 1],
      ['is an admin', 8, { role: 'admin' }, 1],
      ['is verified by the community', 8, { verification_level: 'community' }, 1],
      ['is a partner', 8, { verification_level: 'partner' }, 1],
      ['is a volunteer only', 400, { role: 'volunteer' }, 0],
      ['is trusted, with an account younger than a week', 6.9, { verification_level: 'partner' }, 0],
    ])('%s', async (_, days, columns, qualified) => {
      await expect(endorse(await person(days, columns), await published())).resolves.toMatchObject({ body: { count: 1, qualified } });
    });

    it('has a case that ended well; one that staff hid, or that ended otherwise, is none', async () => {
      for (const [columns, qualified] of [
        [{ lifecycle_stage: 'closed_success', status: 'closed' }, 1],
        [{ lifecycle_stage: 'closed_success', status: 'closed', hidden_at: new Date() }, 0],
        [{ lifecycle_stage: 'closed_transferred', status: 'closed' }, 0],
      ] as const) {
        const one = await person(30);
        await insertCase(app, { user_id: one.id, ...columns });
        await expect(endorse(one, await published())).resolves.toMatchObject({ body: { qualified } });
      }
    });

    it('has given, also anonymously; a donation that was not completed is none', async () => {
      for (const [status, anonymous, qualified] of [
        ['completed', true, 1],
        ['pending', false, 0],
      ] as const) {
        const one = await person(30);
        await insertDonation(app, { user_id: one.id, case_id: await published(), status, anonymous, ...(status === 'completed' ? { completed_at: new Date(), receipt_id: newId() } : {}) });
        await expect(endorse(one, await published())).resolves.toMatchObject({ body: { qualified } });
      }
    });
  });

  describe('by enough of the community', () => {
    it('verifies the case once, though ten endorse it at the same time', async () => {
      const id = await published();
      const answers = await Promise.all((await some(10, trusted)).map((one) => endorse(one, id)));
      expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
      expect(answers.map(({ body }) => body.qualified).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(answers.filter(({ body }) => body.verificationStatus === 'community')).toHaveLength(8);
      await expect(app.get(`/v1/cases/${id}`)).resolves.toMatchObject({ body: { verificationStatus: 'community', endorsementsCount: 10 } });
      expect(await audits(id)).toMatchObject([
        {
          action: 'case.verification_upgraded',
          actor_kind: 'system',
          metadata_json: { before: { verificationStatus: 'unverified' }, after: { verificationStatus: 'community' }, evidence: { endorsements: 3, qualified: 3, required: 3 } },
        },
      ]);
      expect(await events('rescue.case.verification_changed.v1', id)).toEqual([{ payload: { caseId: id, ownerId: owner.id, from: 'unverified', to: 'community', by: 'system' } }]);
    });

    it('stays verified when one takes it back', async () => {
      const id = await published();
      const three = await some(3, trusted);
      for (const one of three) await endorse(one, id);
      await expect(withdraw(three[0], id)).resolves.toMatchObject({ body: { qualified: 2, verificationStatus: 'community' } });
    });

    it('never lowers what a clinic confirmed', async () => {
      const id = await published({ verification_status: 'clinic' });
      for (const one of await some(4, trusted)) await endorse(one, id);
      await expect(app.get(`/v1/cases/${id}`)).resolves.toMatchObject({ body: { verificationStatus: 'clinic' } });
    });

    it('is exact when people change their minds at the same time', async () => {
      const id = await published();
      const five = await some(5, trusted);
      await Promise.all(five.flatMap((one) => [endorse(one, id), withdraw(one, id), endorse(one, id)]));
      const [row] = await app.sql<{ rows: number; counted: number }>(
        `SELECT (SELECT count(*)::int FROM rescue.case_endorsements WHERE case_id = $1) AS rows, endorsements_count AS counted FROM rescue.cases WHERE id = $1`,
        [id],
      );
      expect(row!.counted).toBe(row!.rows);
    });

    it('follows when an account becomes old enough, within the hour', async () => {
      const id = await published();
      const young = await person(5, { verification_level: 'community' });
      for (const one of [young, ...(await some(2, trusted))]) await endorse(one, id);
      await expect(app.get(`/v1/cases/${id}`)).resolves.toMatchObject({ body: { verificationStatus: 'unverified', endorsements: { count: 3, qualified: 2 } } });
      await app.sql(`UPDATE identity.users SET created_at = now() - interval '8 days' WHERE id = $1`, [young.id]);
      expect(await app.app.get(CaseEndorsementsService).recountDue()).toBeGreaterThan(0);
      await expect(app.get(`/v1/cases/${id}`)).resolves.toMatchObject({ body: { verificationStatus: 'community', endorsements: { qualified: 3 } } });
      expect(await app.app.get(CaseEndorsementsService).recountDue()).toBe(0);
    });
  });

  describe('in a burst of new accounts', () => {
    const stranger = (): Promise<Person> => person(1);

    it('raises the risk once, files for a report, and stops the promotion until staff lower the risk', async () => {
      const id = await published();
      const crowd = await some(8, stranger);
      await Promise.all(crowd.map((one) => endorse(one, id)));
      await expect(app.get(`/v1/cases/${id}`)).resolves.toMatchObject({ body: { riskLevel: 'high', riskFlags: ['endorsement_brigading'], isDonationAllowed: false } });
      const flagged = await audits(id);
      expect(flagged).toMatchObject([{ action: 'case.endorsement_brigading_flagged', actor_kind: 'system', metadata_json: { evidence: { endorsements: 5, fromNewAccounts: 5, count: 5, minutes: 60 } } }]);
      expect(await events('rescue.case.risk_raised.v1', id)).toMatchObject([{ payload: { rule: 'endorsement_brigading', reportReason: 'suspected_scam' } }]);

      for (const one of await some(3, trusted)) await expect(endorse(one, id)).resolves.toMatchObject({ body: { verificationStatus: 'unverified' } });
      await app.put(`/v1/admin/cases/${id}/risk`, { token: admin.token, body: { level: 'low', note: 'A school class on a trip' } });
      await app.app.get(CaseEndorsementsService).recountDue();
      await expect(app.get(`/v1/cases/${id}`)).resolves.toMatchObject({ body: { verificationStatus: 'community' } });
      expect((await audits(id)).filter(({ action }) => action === 'case.endorsement_brigading_flagged')).toHaveLength(1);
    });

    it('needs the volume, the share of new accounts and the hour together', async () => {
      const few = await published();
      for (const one of await some(4, stranger)) await endorse(one, few);
      const mixed = await published();
      for (const one of [...(await some(3, () => person(30))), ...(await some(3, stranger))]) await endorse(one, mixed);
      const slow = await published();
      for (const one of await some(4, stranger)) await endorse(one, slow);
      await app.sql(`UPDATE rescue.case_endorsements SET created_at = created_at - interval '61 minutes' WHERE case_id = $1`, [slow]);
      await endorse(await stranger(), slow);
      for (const id of [few, mixed, slow]) await expect(app.get(`/v1/cases/${id}`)).resolves.toMatchObject({ body: { riskLevel: 'low', riskFlags: [] } });
      await endorse(await stranger(), mixed);
      await endorse(await stranger(), mixed);
      await expect(app.get(`/v1/cases/${mixed}`)).resolves.toMatchObject({ body: { riskLevel: 'high' } });
    });

    it('is told again when another burst follows later', async () => {
      const id = await published();
      for (const one of await some(5, stranger)) await endorse(one, id);
      await app.sql(`UPDATE rescue.case_endorsements SET created_at = created_at - interval '2 hours' WHERE case_id = $1`, [id]);
      await app.sql(`UPDATE rescue.case_risk_points SET created_at = created_at - interval '2 hours' WHERE case_id = $1`, [id]);
      for (const one of await some(5, stranger)) await endorse(one, id);
      expect(await events('rescue.case.risk_raised.v1', id)).toHaveLength(2);
    });
  });

  it('ends with the person', async () => {
    const id = await published();
    const [leaver, stays] = await some(2, trusted);
    for (const one of [leaver, stays]) await endorse(one, id);
    const [row] = await app.sql<{ clerk_id: string }>(`SELECT clerk_id FROM identity.users WHERE id = $1`, [leaver!.id]);
    await app.app.get(UserErasure).eraseIdentity(SYSTEM, row!.clerk_id);
    await app.drain();
    await expect(app.get(`/v1/cases/${id}`)).resolves.toMatchObject({ body: { endorsementsCount: 1, endorsements: { count: 1, qualified: 1 } } });
  });
});

describe('the numbers of endorsing', () => {
  it('come from the configuration', async () => {
    const app = await TestApp.start({ ENDORSEMENTS_REQUIRED: '1', ENDORSEMENTS_PER_DAY: '1', ENDORSER_ACCOUNT_DAYS: '0' });
    try {
      const admin = await app.signIn('admin@example.org', 'admin');
      const [one, two] = [await insertCase(app), await insertCase(app)];
      await expect(app.put(`/v1/cases/${one}/endorsement`, { token: admin.token })).resolves.toMatchObject({ status: 200, body: { qualified: 1, required: 1, verificationStatus: 'community' } });
      await expect(app.put(`/v1/cases/${two}/endorsement`, { token: admin.token })).resolves.toMatchObject({ status: 429 });
    } finally {
      await app.stop();
    }
  });
});
