import { EventSourceReader } from '../../../../test/support/event-source.js';
import { insertCase } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { SYSTEM } from '../../../platform/auth/actor.js';
import { LOCALES } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import { donationCompleted } from '../../giving/donations/index.js';
import { UserErasure } from '../../identity/users/index.js';
import { NOTICE_KEYS, noticeText } from './notice-texts.js';
import type { NotificationPage, NotificationView } from './notifications.dto.js';

interface Person {
  token: string;
  id: string;
}

describe('notifications', () => {
  let app: TestApp;
  let owner: Person;
  let donor: Person;
  let follower: Person;
  let caseId: string;

  beforeAll(async () => {
    app = await TestApp.start();
    owner = await app.signIn('owner@example.org');
    donor = await app.signIn('donor@example.org');
    follower = await app.signIn('follower@example.org');
  });
  beforeEach(async () => {
    await app.sql(`DELETE FROM engagement.notifications`);
    caseId = await insertCase(app, { user_id: owner.id, title: 'Rex' });
  });
  afterAll(() => app.stop());

  const list = async (person: Person, query = ''): Promise<NotificationPage> => (await app.get<NotificationPage>(`/v1/me/notifications${query}`, { token: person.token })).body;
  const unread = async (person: Person): Promise<unknown> => (await app.get(`/v1/me/notifications/unread-count`, { token: person.token })).body;
  /** What giving tells when money has come, without the money. */
  const gave = async (amount: number, columns: Partial<Parameters<typeof donationCompleted>[0]> = {}): Promise<void> => {
    await app.app.get(Database).transaction(async (tx) =>
      tx.publish(donationCompleted({ donationId: newId(), userId: donor.id, caseId, campaignId: null, amount, currency: 'EUR', kind: 'one_time', anonymous: false, ...columns })),
    );
    await app.drain();
  };
  const post = async (): Promise<void> => {
    await app.post(`/v1/cases/${caseId}/updates`, { token: owner.token, body: { text: 'He eats again' } });
    await app.drain();
  };

  it('tell the donor and the owner of a donation, and the owner not who gave', async () => {
    await gave(2_550);
    const [toOwner] = (await list(owner)).items;
    expect(toOwner).toMatchObject({ type: 'donation_received', title: 'A new donation', message: '€25.50 arrived for “Rex”.', caseId, caseAvailable: true, link: `/case/${caseId}`, read: false });
    expect(JSON.stringify(await app.sql(`SELECT * FROM engagement.notifications WHERE user_id = $1`, [owner.id]))).not.toContain(donor.id);
    expect((await list(donor)).items).toMatchObject([{ type: 'system', message: 'Your €25.50 for “Rex” arrived. The receipt is with your donations.', link: null }]);
  });

  it('become one summary from the sixth donation of an hour on', async () => {
    for (let i = 1; i <= 5; i++) await gave(100);
    expect((await list(owner)).items).toHaveLength(5);
    await app.put('/v1/me/notifications/read', { token: owner.token });
    await gave(100);
    await expect(list(owner)).resolves.toMatchObject({ items: [{ title: '6 new donations', message: '“Rex” has received 6 donations within an hour, €6.00 in all.', read: false }] });
    await gave(50);
    const { items } = await list(owner);
    expect(items).toMatchObject([{ title: '7 new donations', message: '“Rex” has received 7 donations within an hour, €6.50 in all.' }]);
    await app.sql(`UPDATE engagement.notifications SET params = jsonb_set(params, '{began}', to_jsonb(now() - interval '61 minutes')) WHERE key = 'donation_received.many'`);
    await gave(100);
    expect((await list(owner)).items).toHaveLength(2);
  });

  it('count every donation of a storm that comes at once', async () => {
    await Promise.all(
      Array.from({ length: 20 }, () =>
        app.app.get(Database).transaction(async (tx) => tx.publish(donationCompleted({ donationId: newId(), userId: donor.id, caseId, campaignId: null, amount: 100, currency: 'EUR', kind: 'one_time', anonymous: true }))),
      ),
    );
    await app.drain();
    await expect(list(owner)).resolves.toMatchObject({ items: [{ title: '20 new donations', message: expect.stringContaining('€20.00') }] });
    expect((await list(donor)).items).toHaveLength(20);
  });

  it('bring news of a case to donors, keepers and followers once, but not to who wrote them', async () => {
    await app.sql(
      `INSERT INTO giving.donations (id, user_id, case_id, requested_amount, requested_currency, amount, currency, anonymous, status, completed_at, receipt_id, created_at, updated_at)
       VALUES ($1, $2, $3, 100, 'EUR', 100, 'EUR', true, 'completed', now(), $4, now(), now())`,
      [newId(), donor.id, caseId, `PT-${newId()}`],
    );
    await app.put(`/v1/users/${owner.id}/follow`, { token: donor.token });
    await app.put(`/v1/users/${owner.id}/follow`, { token: follower.token });
    await app.put(`/v1/cases/${caseId}/save`, { token: owner.token });
    await post();
    for (const person of [donor, follower]) expect((await list(person)).items).toMatchObject([{ type: 'case_update', title: 'News of “Rex”', caseId, link: `/case/${caseId}` }]);
    expect((await list(owner)).items).toEqual([]);
  });

  it('come in the language of who reads them', async () => {
    await app.put(`/v1/users/${owner.id}/follow`, { token: follower.token });
    await app.put('/v1/me/settings', { token: follower.token, body: { language: 'bg' } });
    await post();
    expect((await list(follower)).items).toMatchObject([{ title: 'Новини за „Rex“' }]);
    await app.put('/v1/me/settings', { token: follower.token, body: { language: 'en' } });
  });

  it('have a text in every language, which asks for what it is given', () => {
    const params = { money: { amount: 1, currency: 'EUR' }, count: 2, target: 'Rex', city: 'Sofia', date: { day: '2026-03-01T10:00:00.000Z' } };
    for (const key of NOTICE_KEYS) {
      const texts = LOCALES.map((locale) => noticeText(key, locale, params));
      for (const { title, message } of texts) expect(title.length * message.length).toBeGreaterThan(0);
      expect(new Set(texts.map(({ message }) => message)).size).toBe(LOCALES.length);
    }
    expect(() => noticeText('case_update', 'en', {})).toThrow('target');
  });

  it('are counted, read, all read and removed by their owner alone', async () => {
    for (let i = 0; i < 3; i++) await gave(100);
    await expect(unread(owner)).resolves.toEqual({ count: 3 });
    const [first, second] = (await list(owner)).items as [NotificationView, NotificationView];
    for (const [method, path] of [['PUT', `/v1/notifications/${first.id}/read`], ['DELETE', `/v1/notifications/${first.id}`]] as const) {
      await expect(app.call(method, path)).resolves.toMatchObject({ status: 401 });
      await expect(app.call(method, path, { token: donor.token })).resolves.toMatchObject({ status: 404, body: { code: 'NOTIFICATION_NOT_FOUND' } });
    }
    for (let i = 0; i < 2; i++) await expect(app.put(`/v1/notifications/${first.id}/read`, { token: owner.token })).resolves.toMatchObject({ status: 204 });
    await expect(unread(owner)).resolves.toEqual({ count: 2 });
    await expect(app.delete(`/v1/notifications/${second.id}`, { token: owner.token })).resolves.toMatchObject({ status: 204 });
    await expect(unread(owner)).resolves.toEqual({ count: 1 });
    await app.put('/v1/me/notifications/read', { token: owner.token });
    await expect(unread(owner)).resolves.toEqual({ count: 0 });
    expect((await list(owner)).items.map(({ read }) => read)).toEqual([true, true]);
    for (const path of ['/v1/me/notifications', '/v1/me/notifications/unread-count', '/v1/me/events']) await expect(app.get(path)).resolves.toMatchObject({ status: 401 });
  });

  it('are listed newest first in pages, and a case that is gone is marked', async () => {
    for (let i = 1; i <= 3; i++) await gave(i * 100);
    const first = await list(owner, '?limit=2');
    const rest = await list(owner, `?limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...rest.items].map(({ message }) => message)).toEqual([3, 2, 1].map((euros) => `€${euros}.00 arrived for “Rex”.`));
    expect(rest.nextCursor).toBeNull();
    await app.sql(`UPDATE rescue.cases SET hidden_at = now() WHERE id = $1`, [caseId]);
    expect((await list(owner)).items[0]).toMatchObject({ caseId, caseAvailable: false });
  });

  it('arrive live, also after a reconnect', async () => {
    const watch = (lastEventId?: string): Promise<EventSourceReader> => EventSourceReader.open(`${app.url}/v1/me/events`, { token: owner.token, lastEventId });
    const reader = await watch();
    await gave(100);
    const [event] = await reader.received(1);
    expect(event).toMatchObject({ type: 'notification.created', data: { type: 'donation_received', caseId } });
    await reader.close();
    await gave(100);
    const again = await watch(event!.id);
    await expect(again.received(1)).resolves.toMatchObject([{ type: 'notification.created' }]);
    await again.close();
  });

  it('go with an erased person', async () => {
    const gone = await app.signIn('gone@example.org');
    await gave(100, { userId: gone.id });
    expect((await list(gone)).items).toHaveLength(1);
    const [row] = await app.sql<{ clerk_id: string }>(`SELECT clerk_id FROM identity.users WHERE id = $1`, [gone.id]);
    await app.app.get(UserErasure).eraseIdentity(SYSTEM, row!.clerk_id);
    await app.drain();
    await expect(app.sql(`SELECT 1 FROM engagement.notifications WHERE user_id = $1`, [gone.id])).resolves.toEqual([]);
    await gave(100, { userId: gone.id });
    await expect(app.sql(`SELECT 1 FROM engagement.notifications WHERE user_id = $1`, [gone.id])).resolves.toEqual([]);
  });
});
