import { type Answer, TestApp } from '../../../../test/support/test-app.js';
import { type Actor, SYSTEM } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { newId } from '../../../platform/ids.js';
import { type NewReviewItem, REVIEW_PRIORITY, ReviewQueueFacade, type ReviewKind } from './index.js';
import { ReviewItem } from './review-item.entity.js';
import { ReviewClockService } from './review-clock.service.js';
import type { ReviewItemPage, ReviewSla, SlaView } from './review-queue.dto.js';

const START = Date.parse('2026-05-04T08:00:00.000Z');
const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];
const moderator = (id = newId()): Actor => ({ kind: 'user', userId: id, role: 'admin', createdAt: new Date(START) });

describe('the review queue', () => {
  let app: TestApp;
  let queue: ReviewQueueFacade;
  let admin: { token: string; id: string };
  let somebody: { token: string };
  let now = START;

  beforeAll(async () => {
    app = await TestApp.start({ APP_ROLES: 'api,admin' });
    queue = app.app.get(ReviewQueueFacade, { strict: false });
    admin = await app.signIn('admin@example.org', 'admin');
    somebody = await app.signIn('somebody@example.org');
    app.app.get(Clock).now = () => new Date(now);
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    now = START;
    await app.sql(`TRUNCATE trust.review_items`);
    await app.sql(`DELETE FROM platform.outbox_events`);
  });

  const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => app.app.get(Database).transaction(work);
  const open = async (item: Partial<NewReviewItem> = {}): Promise<string> => {
    const sourceId = item.sourceId ?? newId();
    const target = { context: 'rescue', type: 'case', id: newId() };
    await run((tx) => queue.open(tx, { kind: 'case_report', target, priority: REVIEW_PRIORITY.normal, openedAt: new Date(now), firstResponseHours: 24, resolutionHours: 48, ...item, sourceId }));
    return sourceId;
  };
  type Act = 'claim' | 'release' | 'respond' | 'pause' | 'resolve';
  const act = (name: Act, sourceId: string, actor: Actor = moderator(), kind: ReviewKind = 'case_report'): Promise<void> => run((tx) => queue[name](tx, actor, kind, sourceId));
  const resume = (sourceId: string): Promise<void> => run((tx) => queue.resume(tx, 'case_report', sourceId));
  const row = (sourceId: string): Promise<ReviewItem> => app.app.get(Database).manager.findOneByOrFail(ReviewItem, { sourceId });
  const list = (query = '', token: string | undefined = admin.token): Promise<Answer<ReviewItemPage>> => app.get<ReviewItemPage>(`/v1/admin/review-queue${query}`, { token });
  const sla = async (): Promise<SlaView> => (await app.get<SlaView>('/v1/admin/sla', { token: admin.token })).body;
  const breaches = (): Promise<{ payload: { sourceId: string; clock: string; dueAt: string } }[]> =>
    app.sql(`SELECT payload FROM platform.outbox_events WHERE type = 'trust.review_item.breached.v1' ORDER BY payload->>'dueAt'`);

  describe('claims', () => {
    it('are exclusive until they expire, and say until when', async () => {
      const [mine, theirs] = [moderator(), moderator()];
      const id = await open();
      await act('claim', id, mine);
      for (const name of ['claim', 'release', 'respond', 'pause', 'resolve'] as const) {
        await expect(act(name, id, theirs)).rejects.toMatchObject({ code: 'REVIEW_ITEM_CLAIMED', options: { extra: { claimedUntil: '2026-05-04T08:30:00.000Z' } } });
      }
      now += 30 * MINUTE - 1;
      await expect(act('claim', id, theirs)).rejects.toMatchObject({ code: 'REVIEW_ITEM_CLAIMED' });
      now += 1;
      await act('claim', id, theirs);
      await expect(act('claim', id, mine)).rejects.toMatchObject({ code: 'REVIEW_ITEM_CLAIMED' });
    });

    it('are extended by the same person, also from the back office', async () => {
      const userId = newId();
      const id = await open();
      await act('claim', id, moderator(userId));
      now += 20 * MINUTE;
      await act('claim', id, { kind: 'staff', staffId: newId(), userId, role: 'moderator' });
      expect(await row(id)).toMatchObject({ claimedBy: `user:${userId}`, claimedAt: new Date(START), claimedUntil: new Date(START + 50 * MINUTE) });
    });

    it('end when they are given back or the thing is decided', async () => {
      const mine = moderator();
      const id = await open();
      await act('claim', id, mine);
      await act('release', id, mine);
      expect(await row(id)).toMatchObject({ claimedBy: null, claimedAt: null, claimedUntil: null });
      await act('claim', id, mine);
      await act('resolve', id, mine);
      expect(await row(id)).toMatchObject({ claimedBy: null, resolvedAt: new Date(START) });
      await expect(act('claim', id, mine)).rejects.toMatchObject({ code: 'REVIEW_ITEM_DECIDED' });
    });

    it('do not stop the system', async () => {
      const id = await open();
      await act('claim', id);
      await act('resolve', id, SYSTEM);
      expect((await row(id)).resolvedAt).toEqual(new Date(START));
    });

    it('go to one of ten who ask at once', async () => {
      const id = await open();
      const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => act('claim', id)));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it('need an item', async () => {
      await expect(act('claim', newId())).rejects.toMatchObject({ code: 'REVIEW_ITEM_NOT_FOUND' });
      const id = await open();
      await expect(act('claim', id, moderator(), 'appeal')).rejects.toMatchObject({ code: 'REVIEW_ITEM_NOT_FOUND' });
      await expect(open({ sourceId: id })).rejects.toThrow('ux_review_items_source');
    });
  });

  describe('clocks', () => {
    it('start with the item and stop with the first look and the decision', async () => {
      const id = await open();
      expect(await row(id)).toMatchObject({ firstResponseDueAt: new Date(START + 24 * HOUR), resolutionDueAt: new Date(START + 48 * HOUR), dueAt: new Date(START + 24 * HOUR) });
      now += HOUR;
      await act('respond', id);
      now += HOUR;
      await act('respond', id);
      expect(await row(id)).toMatchObject({ firstRespondedAt: new Date(START + HOUR), dueAt: new Date(START + 48 * HOUR) });
      await act('resolve', id);
      expect(await row(id)).toMatchObject({ firstRespondedAt: new Date(START + HOUR), resolvedAt: new Date(START + 2 * HOUR) });
    });

    it('stand in pauses and go on by exactly as much, to the millisecond', async () => {
      const id = await open();
      now += 1_234;
      await act('pause', id);
      now += 7_654_321;
      await act('pause', id);
      await resume(id);
      expect(await row(id)).toMatchObject({ pausedAt: null, pausedMs: 7_654_321, firstRespondedAt: new Date(START + 1_234), resolutionDueAt: new Date(START + 48 * HOUR + 7_654_321) });
      await resume(id);
      now += 1;
      await act('pause', id);
      now += 100 * HOUR;
      await act('resolve', id);
      expect(await row(id)).toMatchObject({ pausedAt: null, pausedMs: 7_654_321 + 100 * HOUR, resolutionBreachedAt: null });
      expect(await breaches()).toEqual([]);
      expect((await sla()).reports.resolution.p50Seconds).toBeCloseTo(1.235, 6);
    });

    it('are noticed once when they run out, for staff and for the audit log', async () => {
      const id = await open();
      const clocks = app.app.get(ReviewClockService, { strict: false });
      now += 24 * HOUR;
      expect(await clocks.markBreaches()).toBe(0);
      now += 1;
      expect(await Promise.all([clocks.markBreaches(), clocks.markBreaches()]).then((both) => both[0] + both[1])).toBe(1);
      now += 24 * HOUR;
      expect(await clocks.markBreaches()).toBe(1);
      expect(await clocks.markBreaches()).toBe(0);
      expect((await breaches()).map(({ payload }) => payload)).toMatchObject([
        { sourceId: id, kind: 'case_report', clock: 'first_response', dueAt: '2026-05-05T08:00:00.000Z' },
        { sourceId: id, kind: 'case_report', clock: 'resolution', dueAt: '2026-05-06T08:00:00.000Z' },
      ]);
      const item = await row(id);
      expect(item).toMatchObject({ firstResponseBreachedAt: new Date(START + 24 * HOUR), resolutionBreachedAt: new Date(START + 48 * HOUR) });
      expect(await app.sql(`SELECT actor_kind FROM platform.audit_logs WHERE action = 'review_item.breached' AND entity_id = $1`, [item.id])).toEqual([{ actor_kind: 'system' }, { actor_kind: 'system' }]);
    });

    it('that run out between two looks of the schedule are noticed by whoever decides', async () => {
      const id = await open();
      now += 49 * HOUR;
      await act('resolve', id);
      expect((await breaches()).map(({ payload }) => payload.clock)).toEqual(['first_response', 'resolution']);
      expect(await row(id)).toMatchObject({ resolutionBreachedAt: new Date(START + 48 * HOUR), resolvedAt: new Date(now) });
    });

    it('more than one batch of them are all noticed', async () => {
      await Promise.all(Array.from({ length: 53 }, () => open()));
      now += 25 * HOUR;
      expect(await app.app.get(ReviewClockService, { strict: false }).markBreaches()).toBe(53);
    });
  });

  describe('GET /v1/admin/sla', () => {
    const NOTHING: ReviewSla = { open: 0, dueWithin24h: 0, breached: 0, oldestAt: null, firstResponse: { p50Seconds: null, p90Seconds: null }, resolution: { p50Seconds: null, p90Seconds: null } };

    it('answers zeros while nothing waits', async () => {
      expect(await sla()).toEqual({ clinicClaims: NOTHING, petServiceClaims: NOTHING, reports: NOTHING, communityReports: NOTHING });
    });

    it('counts by kind what waits, what is due and what is late', async () => {
      await open({ resolutionHours: 72 });
      const seen = await open();
      await act('respond', seen);
      const paused = await open({ kind: 'community_report', resolutionHours: 24 });
      await act('pause', paused, moderator(), 'community_report');
      await open({ kind: 'clinic_claim', firstResponseHours: 12, resolutionHours: 72 });
      await open({ kind: 'appeal' });
      expect(await sla()).toMatchObject({
        reports: { open: 2, dueWithin24h: 1, breached: 0, oldestAt: '2026-05-04T08:00:00.000Z' },
        communityReports: { open: 1, dueWithin24h: 0, breached: 0 },
        clinicClaims: { open: 1, dueWithin24h: 1, breached: 0 },
        petServiceClaims: { open: 0 },
      });
      now += 24 * HOUR + 1;
      expect(await sla()).toMatchObject({ reports: { open: 2, dueWithin24h: 1, breached: 1 }, communityReports: { breached: 0 }, clinicClaims: { breached: 1 } });
      now += 365 * 24 * HOUR;
      expect(await sla()).toMatchObject({ reports: { dueWithin24h: 0, breached: 2 }, communityReports: { open: 1, breached: 0 } });
    });

    it('tells the 50th and 90th percentile of both clocks, of the last 90 days', async () => {
      const ids = await Promise.all(Array.from({ length: 11 }, () => open()));
      for (const id of ids) {
        now += 10 * SECOND;
        await act('respond', id);
      }
      for (const id of ids) {
        now += 100 * SECOND;
        await act('resolve', id);
      }
      expect((await sla()).reports).toEqual({ ...NOTHING, firstResponse: { p50Seconds: 60, p90Seconds: 100 }, resolution: { p50Seconds: 710, p90Seconds: 1_110 } });
      now += 90 * 24 * HOUR + 1;
      expect((await sla()).reports).toEqual(NOTHING);
    });
  });

  describe('GET /v1/admin/review-queue', () => {
    it('shows what waits, high priority first, then what is due next, page by page', async () => {
      const late = await open({ kind: 'appeal', resolutionHours: 72, firstResponseHours: 72 });
      const first = await open({ priority: REVIEW_PRIORITY.high });
      const second = await open({ kind: 'community_report', firstResponseHours: 12 });
      const decided = await open();
      await act('resolve', decided);
      const shown: string[] = [];
      let cursor = '';
      do {
        const { body } = await list(`?limit=1${cursor}`);
        shown.push(...body.items.map(({ sourceId }) => sourceId));
        cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
      } while (cursor);
      expect(shown).toEqual([first, second, late]);
    });

    it('filters by kind, claim and breach', async () => {
      const mine = moderator();
      const [claimed, free] = [await open({ kind: 'appeal' }), await open({ firstResponseHours: 1 })];
      await act('claim', claimed, mine, 'appeal');
      now += HOUR + 1;
      await act('claim', claimed, mine, 'appeal');
      const ids = async (query: string): Promise<string[]> => (await list(query)).body.items.map(({ sourceId }) => sourceId);
      expect(await ids('?kind=appeal')).toEqual([claimed]);
      expect(await ids('?claimed=true')).toEqual([claimed]);
      expect(await ids('?claimed=false')).toEqual([free]);
      expect(await ids('?breached=true')).toEqual([free]);
      expect(await ids('?breached=false')).toEqual([claimed]);
      now += 30 * MINUTE;
      expect(await ids('?claimed=true')).toEqual([]);
      expect((await list('?kind=appeal')).body.items[0]).toMatchObject({ kind: 'appeal', priority: 'normal', breached: false, claimedBy: null, claimedUntil: null });
      for (const bad of ['?kind=tea', '?claimed=perhaps', '?cursor=x']) expect((await list(bad)).status).toBe(400);
    });

    it('moves forward what is about a case whose risk has risen', async () => {
      const target = { context: 'rescue', type: 'case', id: newId() };
      const [other, about] = [await open(), await open({ target, firstResponseHours: 40 })];
      await run((tx) => queue.reprioritise(tx, target, REVIEW_PRIORITY.high));
      expect((await list()).body.items.map(({ sourceId }) => sourceId)).toEqual([about, other]);
    });
  });

  it.each(['/v1/admin/review-queue', '/v1/admin/sla'])('%s is for admins only', async (path) => {
    expect((await app.get(path)).status).toBe(401);
    expect(await app.get(path, { token: somebody.token })).toMatchObject({ status: 403, body: { code: 'ADMIN_REQUIRED' } });
  });
});
