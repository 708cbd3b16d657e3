import { Webhook } from 'svix';
import { TestApp } from '../../../../test/support/test-app.js';
import { AuditChain } from '../../../platform/audit/audit-chain.js';

const SECRET = `whsec_${Buffer.from('a secret of at least 24 bytes').toString('base64')}`;

interface UserRow {
  id: string;
  name: string;
  email: string | null;
  avatar: string | null;
  role: string;
  deleted_at: Date | null;
}

let sent = 0;

const signed = (body: string, { at = new Date(), secret = SECRET, id = `msg_${++sent}` } = {}): Record<string, string> => ({
  'Content-Type': 'application/json',
  'svix-id': id,
  'svix-timestamp': String(Math.floor(at.getTime() / 1_000)),
  'svix-signature': new Webhook(secret).sign(id, at, body),
});

describe('POST /webhooks/clerk', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ CLERK_WEBHOOK_SECRET: SECRET });
  });
  afterAll(() => app.stop());

  const send = (event: object, options?: Parameters<typeof signed>[1]) => {
    const body = JSON.stringify(event, null, 2);
    return app.post('/webhooks/clerk', { body, headers: signed(body, options) });
  };
  const T0 = Date.now() - 3_600_000;
  const account = (id: string, at: number, more: object = {}) => ({
    id,
    object: 'user',
    first_name: 'Ivan',
    last_name: 'Petrov',
    image_url: 'https://img.example/ivan.png',
    primary_email_address_id: 'idn_2',
    email_addresses: [
      { id: 'idn_1', email_address: 'old@example.com' },
      { id: 'idn_2', email_address: 'Ivan@Example.com' },
    ],
    created_at: T0,
    updated_at: at,
    ...more,
  });
  const created = (id: string, at = T0, more = {}) => send({ type: 'user.created', data: account(id, at, more) });
  const updated = (id: string, at: number, more = {}) => send({ type: 'user.updated', data: account(id, at, more) });
  const deleted = (id: string) => send({ type: 'user.deleted', data: { id, deleted: true, object: 'user' } });
  const rows = (id: string) => app.sql<UserRow>(`SELECT id, name, email, avatar, role, deleted_at FROM identity.users WHERE clerk_id = $1`, [id]);
  const total = async (): Promise<number> => (await app.sql<{ n: number }>(`SELECT count(*)::int AS n FROM identity.users`))[0]!.n;

  it('makes an account with name, primary e-mail and picture', async () => {
    expect(await created('user_1')).toMatchObject({ status: 200, body: { received: true } });
    expect(await rows('user_1')).toEqual([expect.objectContaining({ name: 'Ivan Petrov', email: 'ivan@example.com', avatar: 'https://img.example/ivan.png', role: 'user' })]);
  });

  it('calls somebody without a name User', async () => {
    await created('user_nameless', T0, { first_name: null, last_name: null, email_addresses: [] });
    expect(await rows('user_nameless')).toEqual([expect.objectContaining({ name: 'User', email: null })]);
  });

  it('makes one account of ten simultaneous copies', async () => {
    const before = await total();
    const body = JSON.stringify({ type: 'user.created', data: account('user_copies', T0) });
    const headers = signed(body);
    const answers = await Promise.all(Array.from({ length: 10 }, () => app.post('/webhooks/clerk', { body, headers })));
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
    expect(await total()).toBe(before + 1);
  });

  it('makes the account from an update that comes before its creation, and lets older news be', async () => {
    await updated('user_2', T0 + 2_000, { first_name: 'Newest' });
    await created('user_2');
    await updated('user_2', T0 + 1_000, { first_name: 'Older' });
    expect(await rows('user_2')).toEqual([expect.objectContaining({ name: 'Newest Petrov' })]);
  });

  it('overwrites name, e-mail and picture, and leaves what people chose here', async () => {
    await created('user_3');
    await app.sql(`UPDATE identity.users SET role = 'clinic', display_name = 'Vanya', bio = 'hi' WHERE clerk_id = 'user_3'`);
    await updated('user_3', T0 + 1_000, { first_name: 'Yoan', image_url: null });
    expect(await rows('user_3')).toEqual([expect.objectContaining({ name: 'Yoan Petrov', avatar: null, role: 'clinic' })]);
    expect(await app.sql(`SELECT display_name, bio FROM identity.users WHERE clerk_id = 'user_3'`)).toEqual([{ display_name: 'Vanya', bio: 'hi' }]);
  });

  it('does not count a repeat as a change', async () => {
    await created('user_4');
    await created('user_4');
    expect(await app.sql(`SELECT version FROM identity.users WHERE clerk_id = 'user_4'`)).toEqual([{ version: 1 }]);
  });

  it('takes events that it does not know', async () => {
    const before = await total();
    expect((await send({ type: 'session.created', data: { id: 'sess_1', user_id: 'user_x' } })).status).toBe(200);
    expect(await total()).toBe(before);
  });

  describe('refuses, and writes nothing,', () => {
    const event = JSON.stringify({ type: 'user.created', data: { id: 'user_evil' } });
    afterEach(async () => expect(await rows('user_evil')).toEqual([]));

    it.each<[string, () => Record<string, string>]>([
      ['without any headers', () => ({ 'Content-Type': 'application/json' })],
      ['without one header', () => Object.fromEntries(Object.entries(signed(event)).filter(([name]) => name !== 'svix-id'))],
      ['with the signature of another secret', () => signed(event, { secret: `whsec_${Buffer.from('another secret of 24 bytes').toString('base64')}` })],
      ['with the signature of another body', () => signed(`${event} `)],
      ['with a timestamp of six minutes ago', () => signed(event, { at: new Date(Date.now() - 360_000) })],
      ['with a timestamp of six minutes ahead', () => signed(event, { at: new Date(Date.now() + 360_000) })],
      ['with junk for a signature', () => ({ ...signed(event), 'svix-signature': 'v1,AAAA' })],
    ])('%s', async (_, headers) => {
      expect(await app.post('/webhooks/clerk', { body: event, headers: headers() })).toMatchObject({ status: 400, body: { code: 'SIGNATURE_INVALID' } });
    });

    it('signed news of nobody', async () => {
      expect((await send({ type: 'user.created', data: {} })).status).toBe(400);
    });
  });

  describe('user.deleted', () => {
    it('erases the person everywhere and keeps the row, anonymous', async () => {
      await created('user_gone', T0, { email_addresses: [{ id: 'e', email_address: 'gone@example.com' }] });
      const { token, id } = await app.signIn('gone@example.com');
      const fan = await app.signIn('fan@example.com');
      const staff = await app.signIn('staff@example.com', 'admin');
      await app.put('/v1/me/settings', { token, body: { language: 'bg' } });
      await app.put(`/v1/users/${id}/follow`, { token: fan.token });
      await app.put(`/v1/users/${fan.id}/follow`, { token });
      const clinic = await app.post<{ id: string }>('/v1/admin/clinics', { token: staff.token, body: { name: 'Vet', city: 'Sofia', address: 'Street 1', phone: '+3592', ownerId: id } });
      await app.sql(`INSERT INTO engagement.achievements (id, user_id, type, unlocked_at) VALUES (gen_random_uuid(), $1, 'ambassador', now())`, [id]);

      expect((await deleted('user_gone')).status).toBe(200);
      expect((await deleted('user_gone')).status).toBe(200);
      await app.drain();

      expect(await app.sql(`SELECT name, email, phone, avatar, bio, city, role, clerk_id LIKE 'erased:%' AS free, deleted_at IS NOT NULL AS gone FROM identity.users WHERE id = $1`, [id])).toEqual([
        { name: 'Deleted user', email: null, phone: null, avatar: null, bio: null, city: null, role: 'user', free: true, gone: true },
      ]);
      expect(await app.sql(`SELECT 1 FROM identity.user_settings WHERE user_id = $1`, [id])).toEqual([]);
      expect(await app.sql(`SELECT 1 FROM identity.follows WHERE $1 IN (follower_id, following_id)`, [id])).toEqual([]);
      expect(await app.sql(`SELECT 1 FROM engagement.achievements WHERE user_id = $1`, [id])).toEqual([]);
      expect(await app.sql(`SELECT owner_id, claimed_at FROM directory.clinics WHERE id = $1`, [clinic.body.id])).toEqual([{ owner_id: null, claimed_at: null }]);
      expect((await app.sql(`SELECT 1 FROM platform.audit_logs WHERE action = 'gdpr.user_erased' AND entity_id = $1`, [id])).length).toBe(1);
      expect((await app.get(`/v1/users/${id}`)).status).toBe(404);
      await expect(app.app.get(AuditChain).verify()).resolves.toMatchObject({ ok: true });
      expect(await app.sql(`SELECT 1 FROM platform.audit_logs WHERE row_to_json(audit_logs)::text ILIKE '%gone@example.com%'`)).toEqual([]);
    });

    it('refuses the tokens of before, and late news brings nobody back', async () => {
      await created('user_late', T0, { email_addresses: [{ id: 'e', email_address: 'late@example.com' }] });
      const { token } = await app.signIn('late@example.com');
      await deleted('user_late');
      await updated('user_late', Date.now() + 60_000);
      await created('user_late');
      for (const path of ['/v1/me', '/v1/users/me']) expect(await app.get(path, { token })).toMatchObject({ status: 401, body: { code: 'ACCOUNT_ERASED' } });
      expect(await rows('user_late')).toEqual([]);
    });

    it('makes a new account for a new sign-up with the same e-mail', async () => {
      await created('user_back', T0, { email_addresses: [{ id: 'e', email_address: 'back@example.com' }] });
      const before = await app.signIn('back@example.com');
      await deleted('user_back');
      const after = await app.signIn('back@example.com');
      expect(after.id).not.toBe(before.id);
      expect((await app.get('/v1/me', { token: after.token })).status).toBe(200);
      expect((await app.get('/v1/me', { token: before.token })).status).toBe(401);
    });

    it('frees the external id for whoever signs up with it afterwards, but not for old tokens', async () => {
      await created('user_again', T0, { email_addresses: [{ id: 'e', email_address: 'again@example.com' }] });
      const { token, id } = await app.signIn('again@example.com');
      await deleted('user_again');
      await created('user_again', Date.now() + 5_000, { created_at: Date.now() + 5_000 });
      const [row] = await rows('user_again');
      expect(row!.id).not.toBe(id);
      expect((await app.get('/v1/me', { token })).body).toMatchObject({ code: 'ACCOUNT_ERASED' });
    });

    it('that comes before everything else keeps the account from being made', async () => {
      await deleted('user_early');
      await created('user_early');
      expect(await rows('user_early')).toEqual([]);
    });
  });
});

describe('POST /webhooks/clerk without a configured secret', () => {
  it('answers 500 CONFIG_MISSING, whatever the signature, and writes nothing', async () => {
    const app = await TestApp.start();
    try {
      const body = JSON.stringify({ type: 'user.created', data: { id: 'user_evil' } });
      for (const headers of [signed(body), { 'Content-Type': 'application/json' }]) {
        expect(await app.post('/webhooks/clerk', { body, headers })).toMatchObject({ status: 500, body: { code: 'CONFIG_MISSING' } });
      }
      expect(await app.sql(`SELECT 1 FROM identity.users`)).toEqual([]);
    } finally {
      await app.stop();
    }
  });
});
