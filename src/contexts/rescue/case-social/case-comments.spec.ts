import { insertCase } from '../../../../test/support/rescue.factory.js';
import { type Answer, TestApp } from '../../../../test/support/test-app.js';
import { SYSTEM } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import { UserErasure } from '../../identity/users/index.js';
import { CaseCommentsFacade } from './case-comments.facade.js';
import { CaseCommentsService } from './case-comments.service.js';
import type { CaseCommentPage, CaseCommentView } from './case-comments.dto.js';

interface Person {
  token: string;
  id: string;
}

const PLACEHOLDER = 'This comment was deleted.';

describe('comments on a case', () => {
  let app: TestApp;
  let owner: Person;
  let admin: Person;
  let people = 0;
  let writer: Person;
  let id: string;

  const someone = (): Promise<Person> => app.signIn(`p${++people}@example.org`);
  beforeAll(async () => {
    app = await TestApp.start();
    owner = await app.signIn('owner@example.org');
    admin = await app.signIn('admin@example.org', 'admin');
  });
  beforeEach(async () => {
    writer = await someone();
    id = await insertCase(app, { user_id: owner.id });
  });
  afterAll(() => app.stop());

  const write = (person: Person | undefined, content: unknown, parentId?: string, caseId = id): Promise<Answer<CaseCommentView>> =>
    app.post<CaseCommentView>(`/v1/cases/${caseId}/comments`, { token: person?.token, body: { content, ...(parentId ? { parentId } : {}) } });
  const remove = (person: Person | undefined, commentId: string): Promise<Answer<CaseCommentView>> => app.delete<CaseCommentView>(`/v1/comments/${commentId}`, { token: person?.token });
  const list = async (query = '', caseId = id): Promise<CaseCommentPage> => (await app.get<CaseCommentPage>(`/v1/cases/${caseId}/comments${query}`)).body;
  const commentsCount = async (): Promise<number> => (await app.get<{ commentsCount: number }>(`/v1/cases/${id}`)).body.commentsCount;
  const stored = async (commentId: string): Promise<{ content: string; evidence: string | null }> =>
    (await app.sql<{ content: string; evidence: string | null }>(`SELECT content, evidence FROM rescue.comments WHERE id = $1`, [commentId]))[0]!;

  it('are written, answered, counted, told live and listed newest first with their authors', async () => {
    const first = await write(writer, 'Get well,\nRex <b>!</b>');
    expect(first).toMatchObject({
      status: 201,
      body: { caseId: id, parentId: null, content: 'Get well,\nRex !', deleted: false, author: { id: writer.id, name: expect.any(String), avatar: null }, createdAt: expect.any(String) },
    });
    const reply = await write(owner, 'Thank you', first.body.id);
    expect(reply).toMatchObject({ status: 201, body: { parentId: first.body.id, author: { id: owner.id } } });
    await expect(list()).resolves.toEqual({ items: [reply.body, first.body], nextCursor: null });
    expect(await commentsCount()).toBe(2);
    expect(await app.sql(`SELECT type, data FROM platform.live_events WHERE channel = $1 ORDER BY id`, [`case:${id}`])).toEqual([
      { type: 'case.comment', data: first.body },
      { type: 'case.comment', data: reply.body },
    ]);
    expect(await app.sql(`SELECT payload FROM platform.outbox_events WHERE type = 'rescue.case_comment.added.v1' AND payload->>'caseId' = $1 ORDER BY id`, [id])).toEqual([
      { payload: { caseId: id, caseOwnerId: owner.id, commentId: first.body.id, authorId: writer.id, parentAuthorId: null } },
      { payload: { caseId: id, caseOwnerId: owner.id, commentId: reply.body.id, authorId: owner.id, parentAuthorId: writer.id } },
    ]);
  });

  it('are paged without loss while others write', async () => {
    const wanted: string[] = [];
    for (let i = 0; i < 5; i++) wanted.unshift((await write(writer, `n${i}`)).body.id);
    const first = await list('?limit=2');
    await write(owner, 'meanwhile');
    const second = await list(`?limit=2&cursor=${first.nextCursor}`);
    const third = await list(`?limit=2&cursor=${second.nextCursor}`);
    expect([...first.items, ...second.items, ...third.items].map((item) => item.id)).toEqual(wanted);
    expect(third.nextCursor).toBeNull();
    await expect(app.get(`/v1/cases/${id}/comments?cursor=x`)).resolves.toMatchObject({ status: 400, body: { code: 'CURSOR_INVALID' } });
  });

  it.each<[string, Record<string, unknown>]>([
    ['no content', {}],
    ['blank content', { content: ' \n ' }],
    ['1001 characters', { content: 'x'.repeat(1_001) }],
    ['an unknown parent', { content: 'x', parentId: newId() }],
    ['a parent that is no id', { content: 'x', parentId: 'x' }],
    ['an unknown field', { content: 'x', userId: newId() }],
  ])('refuse %s', async (_, body) => {
    await expect(app.post(`/v1/cases/${id}/comments`, { token: writer.token, body })).resolves.toMatchObject({ status: 400, body: { code: 'VALIDATION' } });
  });

  it('have replies one level deep, to comments of the same case that are still there', async () => {
    const { body: parent } = await write(writer, 'Hello');
    const { body: reply } = await write(owner, 'Hello yourself', parent.id);
    const { body: elsewhere } = await write(writer, 'x', undefined, await insertCase(app));
    const { body: gone } = await write(writer, 'y');
    await remove(writer, gone.id);
    for (const parentId of [reply.id, elsewhere.id, gone.id]) {
      await expect(write(owner, 'z', parentId)).resolves.toMatchObject({ status: 400, body: { errors: [{ path: 'parentId' }] } });
    }
    expect(await commentsCount()).toBe(2);
  });

  it('need a session and a case; a closed one is as good', async () => {
    await expect(write(undefined, 'x')).resolves.toMatchObject({ status: 401 });
    await expect(write(writer, 'x', undefined, newId())).resolves.toMatchObject({ status: 404, body: { code: 'CASE_NOT_FOUND' } });
    await expect(write(writer, 'x', undefined, 'nonsense')).resolves.toMatchObject({ status: 400 });
    await expect(app.get(`/v1/cases/${newId()}/comments`)).resolves.toMatchObject({ status: 404 });
    const closed = await insertCase(app, { status: 'closed', lifecycle_stage: 'closed_success' });
    await expect(write(writer, 'What a story', undefined, closed)).resolves.toMatchObject({ status: 201 });
  });

  it('of a hidden case are there for owner and admins only', async () => {
    const { body: comment } = await write(writer, 'x');
    await app.sql(`UPDATE rescue.cases SET hidden_at = now() WHERE id = $1`, [id]);
    for (const person of [undefined, writer]) await expect(app.get(`/v1/cases/${id}/comments`, { token: person?.token })).resolves.toMatchObject({ status: 404 });
    await expect(write(writer, 'y')).resolves.toMatchObject({ status: 404 });
    await expect(remove(writer, comment.id)).resolves.toMatchObject({ status: 404 });
    for (const person of [owner, admin]) {
      await expect(app.get(`/v1/cases/${id}/comments`, { token: person.token })).resolves.toMatchObject({ status: 200, body: { items: [{ id: comment.id }] } });
    }
    await expect(remove(admin, comment.id)).resolves.toMatchObject({ status: 200 });
  });

  it('are limited to ten in five minutes; refused ones do not count', async () => {
    await write(writer, '');
    for (let i = 0; i < 10; i++) await expect(write(writer, `n${i}`)).resolves.toMatchObject({ status: 201 });
    const refused = await write(writer, 'one more');
    expect(refused).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED', scope: 'case.comment.burst' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await commentsCount()).toBe(10);
  });

  it('are counted exactly when people write and delete at the same time', async () => {
    const crowd = await Promise.all(Array.from({ length: 10 }, someone));
    const old = await Promise.all(crowd.map((person) => write(person, 'old')));
    const answers = await Promise.all(
      crowd.flatMap((person, i) => [write(person, 'new'), remove(person, old[i]!.body.id), remove(admin, old[i]!.body.id), write(person, 'newer')]),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(10);
    expect(await commentsCount()).toBe(20);
    expect((await list('?limit=100')).items.filter(({ deleted }) => !deleted)).toHaveLength(20);
  });

  describe('deleted', () => {
    it('leave a placeholder for everyone at once, keep their replies, and are kept for staff', async () => {
      const { body: comment } = await write(writer, 'You are all thieves');
      const { body: reply } = await write(owner, 'Calm down', comment.id);
      const gone = { ...comment, content: PLACEHOLDER, deleted: true, author: null };
      await expect(remove(writer, comment.id)).resolves.toMatchObject({ status: 200, body: gone });
      expect((await list()).items).toEqual([reply, gone]);
      await expect(app.get(`/v1/cases/${id}/comments`, { token: admin.token })).resolves.toMatchObject({ body: { items: [reply, gone] } });
      expect(await commentsCount()).toBe(1);
      expect(await stored(comment.id)).toEqual({ content: PLACEHOLDER, evidence: 'You are all thieves' });
      expect(await app.sql(`SELECT action, entity_type, actor_id, metadata_json FROM platform.audit_logs WHERE entity_id = $1`, [comment.id])).toMatchObject([
        { action: 'case.comment_deleted', entity_type: 'case_comment', actor_id: writer.id, metadata_json: { caseId: id, by: 'author' } },
      ]);
      const signals = await app.sql<{ data: unknown }>(`SELECT data FROM platform.live_events WHERE channel = $1 ORDER BY id DESC LIMIT 1`, [`case:${id}`]);
      expect(signals).toEqual([{ data: gone }]);
      await expect(remove(writer, comment.id)).resolves.toMatchObject({ status: 404, body: { code: 'COMMENT_NOT_FOUND' } });
    });

    it('is for the author and admins: not for guests, others or the owner of the case', async () => {
      const { body: comment } = await write(writer, 'x');
      await expect(remove(undefined, comment.id)).resolves.toMatchObject({ status: 401 });
      for (const person of [owner, await someone()]) await expect(remove(person, comment.id)).resolves.toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
      await expect(remove(writer, newId())).resolves.toMatchObject({ status: 404, body: { code: 'COMMENT_NOT_FOUND' } });
      await expect(remove(writer, 'x')).resolves.toMatchObject({ status: 400 });
      await expect(remove(admin, comment.id)).resolves.toMatchObject({ status: 200 });
      expect(await app.sql(`SELECT metadata_json FROM platform.audit_logs WHERE entity_id = $1`, [comment.id])).toMatchObject([{ metadata_json: { by: 'moderator' } }]);
    });

    it('are forgotten after 90 days', async () => {
      const [recent, old] = [(await write(writer, 'recent')).body, (await write(writer, 'old')).body];
      for (const { id: one } of [recent, old]) await remove(writer, one);
      const clock = app.app.get(Clock);
      await app.sql(`UPDATE rescue.comments SET deleted_at = $2 WHERE id = $1`, [old.id, new Date(clock.now().getTime() - 91 * 86_400_000)]);
      await app.app.get(CaseCommentsService).purgeEvidence();
      expect(await stored(recent.id)).toEqual({ content: PLACEHOLDER, evidence: 'recent' });
      expect(await stored(old.id)).toEqual({ content: PLACEHOLDER, evidence: null });
    });

    it('by moderation are kept as evidence, once, whoever deleted them before', async () => {
      const { body: comment } = await write(writer, 'Buy my pills');
      const facade = app.app.get(CaseCommentsFacade);
      const database = app.app.get(Database);
      const find = (): ReturnType<CaseCommentsFacade['find']> => database.transaction((tx) => facade.find(tx, comment.id));
      await expect(find()).resolves.toEqual({ id: comment.id, caseId: id, authorId: writer.id, content: 'Buy my pills', deletedAt: null });
      for (const shown of [true, false]) expect(await database.transaction((tx) => facade.hide(tx, SYSTEM, comment.id, 'spam'))).toBe(shown);
      await expect(find()).resolves.toMatchObject({ content: 'Buy my pills', deletedAt: expect.any(Date) });
      expect(await commentsCount()).toBe(0);
      await expect(database.transaction((tx) => facade.find(tx, newId()))).resolves.toBeNull();
      for (let i = 0; i < 2; i++) await database.transaction((tx) => facade.restore(tx, SYSTEM, comment.id, null));
      expect(await stored(comment.id)).toMatchObject({ content: 'Buy my pills', evidence: null });
      expect(await commentsCount()).toBe(1);
      await expect(database.transaction((tx) => facade.hide(tx, SYSTEM, newId(), null))).rejects.toMatchObject({ code: 'COMMENT_NOT_FOUND' });
    });
  });

  it('of an erased person go at once, with what staff kept of them', async () => {
    const [kept, deleted] = [(await write(writer, 'My name is Ivan')).body, (await write(writer, 'My number is 1')).body];
    await remove(writer, deleted.id);
    await write(owner, 'Hello Ivan', kept.id);
    const [row] = await app.sql<{ clerk_id: string }>(`SELECT clerk_id FROM identity.users WHERE id = $1`, [writer.id]);
    await app.app.get(UserErasure).eraseIdentity(SYSTEM, row!.clerk_id);
    await app.drain();
    for (const { id: one } of [kept, deleted]) expect(await stored(one)).toEqual({ content: PLACEHOLDER, evidence: null });
    expect((await list()).items).toMatchObject([{ deleted: false }, { deleted: true, author: null }, { deleted: true, author: null }]);
    expect(await commentsCount()).toBe(1);
  });
});
