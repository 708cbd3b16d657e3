import { EventSourceReader } from '../../../../test/support/event-source.js';
import { insertCase } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import { CasesFacade } from './index.js';

describe('watching a case live', () => {
  let app: TestApp;
  let second: TestApp;
  let admin: { token: string; id: string };
  let id: string;
  const open: EventSourceReader[] = [];

  beforeAll(async () => {
    app = await TestApp.start();
    second = await app.sibling({ APP_ROLES: 'api' });
    admin = await app.signIn('admin@example.org', 'admin');
  });
  beforeEach(async () => {
    id = await insertCase(app, { fundraising_goal: 5_000 });
  });
  afterEach(() => Promise.all(open.splice(0).map((reader) => reader.close())));
  afterAll(async () => {
    await second.stop();
    await app.stop();
  });

  const watch = async (lastEventId?: string, at = app): Promise<EventSourceReader> => {
    const reader = await EventSourceReader.open(`${at.url}/v1/cases/${id}/events`, { lastEventId });
    open.push(reader);
    return reader;
  };
  const give = (amount: number): Promise<unknown> => app.app.get(Database).transaction((tx) => app.app.get(CasesFacade).addFunding(tx, { caseId: id, amount }));
  const totals = (reader: EventSourceReader): unknown[] => reader.events.map((event) => (event.data as { current: number }).current);

  it('starts with the present state and sees the total rise, on every process', async () => {
    await give(100);
    const readers = [await watch(), await watch(undefined, second)];
    for (const reader of readers) await expect(reader.received(1)).resolves.toMatchObject([{ type: 'case.funding', data: { current: 100, goal: 5_000, currency: 'EUR', status: 'active' } }]);
    await give(4_900);
    for (const reader of readers) await expect(reader.received(2)).resolves.toMatchObject([{}, { type: 'case.funding', data: { current: 5_000, status: 'funded' } }]);
  });

  it('misses nothing over a reconnect with Last-Event-ID, also at another process', async () => {
    const before = await watch();
    await before.received(1);
    await give(1);
    await before.received(2);
    await before.close();
    for (let i = 0; i < 5; i++) await give(1);
    const after = await watch(before.events[1]!.id, second);
    await after.received(5);
    await give(1);
    await after.received(6);
    expect(totals(after)).toEqual([2, 3, 4, 5, 6, 7]);
  });

  it('starts anew from an id that it never gave', async () => {
    await give(7);
    for (const strange of ['999999999999', 'nonsense', '-1']) {
      const reader = await watch(strange);
      await expect(reader.received(1)).resolves.toMatchObject([{ type: 'case.funding', data: { current: 7 } }]);
    }
  });

  it('shows updates and the way of the case', async () => {
    const reader = await watch();
    await reader.received(1);
    await app.post(`/v1/cases/${id}/lifecycle`, { token: admin.token, body: { stage: 'seeking_adoption' } });
    await expect(reader.received(3)).resolves.toMatchObject([
      { type: 'case.funding' },
      { type: 'case.lifecycle', data: { from: 'active_treatment', to: 'seeking_adoption' } },
      { type: 'case.update', data: { type: 'milestone', caseId: id } },
    ]);
  });

  it('ends on every process when the case is hidden, and resumes after that once it is back', async () => {
    const readers = [await watch(), await watch(undefined, second)];
    for (const reader of readers) await reader.received(1);
    await app.put(`/v1/admin/cases/${id}/hidden`, { token: admin.token, body: { reason: 'Scam' } });
    for (const reader of readers) await reader.ended;
    const last = readers[0]!.events.at(-1)!;
    expect(last).toMatchObject({ type: 'case.hidden', data: {} });
    await expect(watch(last.id)).resolves.toMatchObject({ response: { status: 404 } });
    await app.delete(`/v1/admin/cases/${id}/hidden`, { token: admin.token });
    const back = await watch(last.id);
    await give(3);
    await back.received(1);
    expect(totals(back)).toEqual([3]);
  });

  it('needs a case that is there', async () => {
    await expect(app.get(`/v1/cases/${newId()}/events`)).resolves.toMatchObject({ status: 404, body: { code: 'CASE_NOT_FOUND' } });
    await expect(app.get('/v1/cases/x/events')).resolves.toMatchObject({ status: 400 });
  });
});
