import { insertCase, insertClinic } from '../../../../test/support/rescue.factory.js';
import { type Answer, TestApp } from '../../../../test/support/test-app.js';
import { newId } from '../../../platform/ids.js';
import { SYSTEM } from '../../../platform/auth/actor.js';
import { UserErasure } from '../../identity/users/index.js';
import { type CaseView, LIFECYCLE_STAGES, type LifecycleStage } from '../cases/index.js';

interface Person {
  token: string;
  id: string;
}

const ALLOWED: Record<LifecycleStage, LifecycleStage[]> = {
  active_treatment: ['seeking_adoption', 'closed_success', 'closed_transferred', 'closed_other'],
  seeking_adoption: ['closed_success', 'closed_transferred', 'closed_other'],
  closed_success: [],
  closed_transferred: [],
  closed_other: [],
};

describe('the life of a case', () => {
  let app: TestApp;
  let owner: Person;
  let vet: Person;
  let other: Person;
  let admin: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    owner = await app.signIn('owner@example.org');
    vet = await app.signIn('vet@example.org');
    other = await app.signIn('other@example.org');
    admin = await app.signIn('admin@example.org', 'admin');
  });
  afterAll(() => app.stop());

  const move = (id: string, person: Person | undefined, body: unknown): Promise<Answer<CaseView>> => app.post<CaseView>(`/v1/cases/${id}/lifecycle`, { token: person?.token, body });
  const inStage = (stage: LifecycleStage): Promise<string> =>
    insertCase(app, { user_id: owner.id, lifecycle_stage: stage, status: ALLOWED[stage].length === 0 ? 'closed' : 'active' });

  it.each(LIFECYCLE_STAGES.flatMap((from) => LIFECYCLE_STAGES.map((to) => [from, to] as const)))('from %s to %s follows the matrix', async (from, to) => {
    const id = await inStage(from);
    const answer = await move(id, owner, { stage: to });
    if (ALLOWED[from].includes(to)) expect(answer).toMatchObject({ status: 200, body: { lifecycleStage: to } });
    else expect(answer).toMatchObject({ status: 409, body: { code: 'ILLEGAL_TRANSITION' } });
  });

  it('closes with reason, notes, milestone, audit, event and signals in one go, and ends donations', async () => {
    const id = await inStage('active_treatment');
    const { body } = await move(id, owner, { stage: 'closed_transferred', notes: 'A shelter in Plovdiv took him.' });
    expect(body).toMatchObject({
      status: 'closed',
      lifecycleStage: 'closed_transferred',
      closedReason: 'transferred',
      closedNotes: 'A shelter in Plovdiv took him.',
      isDonationAllowed: false,
      donationBlockReason: 'CASE_CLOSED',
      updates: [{ type: 'milestone', authorRole: 'owner', text: 'Closed: somebody else has taken over. A shelter in Plovdiv took him.' }],
    });
    expect(body.closedAt).toBe(body.lifecycleUpdatedAt);
    await expect(app.sql(`SELECT action, actor_id, metadata_json FROM platform.audit_logs WHERE entity_id = $1`, [id])).resolves.toMatchObject([
      { action: 'lifecycle_transition', actor_id: owner.id, metadata_json: { before: { lifecycleStage: 'active_treatment' }, after: { lifecycleStage: 'closed_transferred', status: 'closed' } } },
    ]);
    const events = await app.sql<{ type: string }>(`SELECT type FROM platform.outbox_events WHERE payload->>'caseId' = $1 ORDER BY type`, [id]);
    expect(events.map(({ type }) => type)).toEqual(['rescue.case.closed.v1', 'rescue.case.lifecycle_changed.v1', 'rescue.case_update.added.v1']);
    const signals = await app.sql<{ type: string; data: unknown }>(`SELECT type, data FROM platform.live_events WHERE channel = $1 ORDER BY id`, [`case:${id}`]);
    expect(signals).toMatchObject([
      { type: 'case.lifecycle', data: { from: 'active_treatment', to: 'closed_transferred', status: 'closed', closedReason: 'transferred' } },
      { type: 'case.update', data: { type: 'milestone' } },
    ]);
  });

  it('keeps funding as it is while looking for a home', async () => {
    const id = await insertCase(app, { user_id: owner.id, status: 'funded' });
    await expect(move(id, owner, { stage: 'seeking_adoption' })).resolves.toMatchObject({ body: { status: 'funded', closedAt: null, closedReason: null, isDonationAllowed: true } });
  });

  it('is moved by owner, linked clinic and admins, each in their role', async () => {
    const clinicId = await insertClinic(app, { ownerId: vet.id });
    for (const [person, role] of [[owner, 'owner'], [vet, 'clinic'], [admin, 'moderator']] as const) {
      const id = await insertCase(app, { user_id: owner.id, clinic_id: clinicId });
      await expect(move(id, person, { stage: 'seeking_adoption' })).resolves.toMatchObject({ status: 200, body: { updates: [{ authorRole: role }] } });
    }
  });

  it('is refused to everybody else, for unknown cases and for bad stages', async () => {
    const id = await inStage('active_treatment');
    await expect(move(id, undefined, { stage: 'closed_other' })).resolves.toMatchObject({ status: 401 });
    await expect(move(id, other, { stage: 'closed_other' })).resolves.toMatchObject({ status: 403 });
    await expect(move(newId(), owner, { stage: 'closed_other' })).resolves.toMatchObject({ status: 404 });
    await expect(move(id, owner, { stage: 'closed' })).resolves.toMatchObject({ status: 400 });
    await expect(move(id, owner, { stage: 'closed_other', notes: 'x'.repeat(2_001) })).resolves.toMatchObject({ status: 400 });
    await expect(app.get(`/v1/cases/${id}`)).resolves.toMatchObject({ body: { lifecycleStage: 'active_treatment', updates: [] } });
  });

  it('lets one of several parallel moves win', async () => {
    const id = await inStage('active_treatment');
    const answers = await Promise.all(Array.from({ length: 5 }, () => move(id, owner, { stage: 'closed_success' })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409, 409, 409]);
    await expect(app.get(`/v1/cases/${id}`)).resolves.toMatchObject({ body: { updatesCount: 1 } });
  });

  it('closes the open cases of an erased person, takes their marks off, and keeps the cases', async () => {
    const leaver = await app.signIn('leaver@example.org');
    const open = await insertCase(app, { user_id: leaver.id });
    const hidden = await insertCase(app, { user_id: leaver.id, hidden_at: new Date() });
    const done = await insertCase(app, { user_id: leaver.id, status: 'closed', lifecycle_stage: 'closed_success', closed_reason: 'success' });
    const liked = await inStage('active_treatment');
    for (const mark of ['like', 'save']) for (const person of [leaver, other]) await app.put(`/v1/cases/${liked}/${mark}`, { token: person.token });
    const [row] = await app.sql<{ clerk_id: string }>(`SELECT clerk_id FROM identity.users WHERE id = $1`, [leaver.id]);
    await app.app.get(UserErasure).eraseIdentity(SYSTEM, row!.clerk_id);
    await app.drain();
    await expect(app.get(`/v1/cases/${open}`)).resolves.toMatchObject({
      body: { status: 'closed', closedReason: 'other', creator: { name: 'Deleted user', avatar: null }, updates: [{ type: 'milestone', authorRole: 'moderator', text: 'Closed.' }] },
    });
    await expect(app.get(`/v1/cases/${done}`)).resolves.toMatchObject({ body: { closedReason: 'success', updates: [] } });
    await expect(app.sql(`SELECT status FROM rescue.cases WHERE id = $1`, [hidden])).resolves.toEqual([{ status: 'closed' }]);
    await expect(app.get(`/v1/cases/${liked}`)).resolves.toMatchObject({ body: { likesCount: 1, savesCount: 1 } });
    await expect(app.sql(`SELECT 1 FROM rescue.likes WHERE user_id = $1 UNION ALL SELECT 1 FROM rescue.saved_cases WHERE user_id = $1`, [leaver.id])).resolves.toEqual([]);
  });
});
