import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT, type JSONWebKeySet } from 'jose';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TestApp } from '../../../../test/support/test-app.js';

interface DevToken {
  accessToken: string;
  user: { id: string; email: string; name: string; role: string };
}

describe('the local issuer', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  const devToken = (body: object) => app.post<DevToken & { code: string }>('/v1/auth/dev-token', { body });

  it('makes an account at the first token and finds it again, whatever the case of the e-mail', async () => {
    const first = await devToken({ email: 'Maria@Example.com', name: 'Maria Ivanova' });
    expect(first).toMatchObject({ status: 201, body: { user: { email: 'maria@example.com', name: 'Maria Ivanova', role: 'user' } } });
    const again = await devToken({ email: 'maria@example.com' });
    expect(again.body.user.id).toBe(first.body.user.id);
  });

  it('makes one account of twenty simultaneous requests', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => devToken({ email: 'race@example.com' })));
    expect(new Set(answers.map((answer) => answer.body.user.id)).size).toBe(1);
  });

  it('gives the role that is asked for, audited, and keeps it afterwards', async () => {
    const { body } = await devToken({ email: 'boss@example.com', role: 'admin' });
    expect(body.user.role).toBe('admin');
    expect((await devToken({ email: 'boss@example.com' })).body.user.role).toBe('admin');
    const audits = await app.sql(`SELECT metadata_json FROM platform.audit_logs WHERE action = 'user.role_changed' AND entity_id = $1`, [body.user.id]);
    expect(audits).toEqual([{ metadata_json: { before: { role: 'user' }, after: { role: 'admin' } } }]);
  });

  it.each([{}, { email: 'no-at' }, { email: 'a@b.bg', role: 'god' }, { email: 'a@b.bg', surprise: 1 }, { email: ['a@b.bg'] }])('refuses %j', async (body) => {
    expect(await devToken(body)).toMatchObject({ status: 400, body: { code: 'VALIDATION' } });
  });

  it('signs tokens that its published keys verify', async () => {
    const { body } = await devToken({ email: 'verify@example.com' });
    const jwks = await app.get<JSONWebKeySet>('/.well-known/jwks.json');
    expect(jwks.status).toBe(200);
    expect(JSON.stringify(jwks.body)).not.toMatch(/"[dpq]"/);
    await expect(jwtVerify(body.accessToken, createLocalJWKSet(jwks.body))).resolves.toMatchObject({ payload: { email: 'verify@example.com' } });
  });

  it('opens /v1/me with the token and with nothing else', async () => {
    const { token, id } = await app.signIn('me@example.com');
    expect(await app.get('/v1/me', { token })).toMatchObject({ status: 200, body: { id, email: 'me@example.com', role: 'user', version: 1 } });
    expect(await app.get('/v1/me')).toMatchObject({ status: 401, body: { code: 'NOT_AUTHENTICATED' } });
    expect((await app.get('/v1/me', { token: `${token}x` })).status).toBe(401);
    expect((await app.get('/v1/me', { token: 'junk' })).status).toBe(401);
  });
});

describe('another identity provider', () => {
  let app: TestApp;
  let provider: Server;
  let sign: (claims: { sub: string; iat?: number; issuer?: string; audience?: string; email?: string; name?: string }) => Promise<string>;

  beforeAll(async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
    provider = createServer((_, response) => response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ keys: [jwk] })));
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    sign = ({ sub, iat, issuer = 'https://id.example', audience = 'shop', ...claims }) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
        .setSubject(sub)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(iat)
        .setExpirationTime('5m')
        .sign(privateKey);
    app = await TestApp.start({
      AUTH_JWKS_URL: `http://127.0.0.1:${(provider.address() as AddressInfo).port}/jwks.json`,
      AUTH_ISSUER: 'https://id.example',
      AUTH_AUDIENCE: 'shop',
    });
  });
  afterAll(async () => {
    await app.stop();
    provider.close();
  });

  it('makes the row at the first request of a token, once under concurrency', async () => {
    const token = await sign({ sub: 'user_first', email: 'First@Example.com', name: '<b>First</b> One' });
    const answers = await Promise.all(Array.from({ length: 15 }, () => app.get<{ id: string }>('/v1/me', { token })));
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(answers[0]!.body).toMatchObject({ clerkId: 'user_first', email: 'first@example.com', name: 'First One', role: 'user', isPublic: true });
  });

  it('never finds a person by e-mail', async () => {
    const one = await app.get<{ id: string }>('/v1/me', { token: await sign({ sub: 'user_a', email: 'same@example.com' }) });
    const other = await app.get<{ id: string }>('/v1/me', { token: await sign({ sub: 'user_b', email: 'same@example.com' }) });
    expect(other.body.id).not.toBe(one.body.id);
  });

  it('takes the role from the row and never from the token', async () => {
    const token = await sign({ sub: 'user_climber', name: 'x', role: 'admin' } as never);
    expect((await app.get('/v1/me', { token })).body['role']).toBe('user');
    expect((await app.put(`/v1/admin/users/${crypto.randomUUID()}/role`, { token, body: { role: 'admin' } })).status).toBe(403);
  });

  it('refuses another issuer and another audience', async () => {
    expect((await app.get('/v1/me', { token: await sign({ sub: 'u', issuer: 'https://evil.example' }) })).status).toBe(401);
    expect((await app.get('/v1/me', { token: await sign({ sub: 'u', audience: 'other' }) })).status).toBe(401);
  });

  it('has no dev-token and shows no keys of its own', async () => {
    expect((await app.post('/v1/auth/dev-token', { body: { email: 'a@example.com' } })).status).toBe(404);
    expect((await app.get('/.well-known/jwks.json')).status).toBe(404);
  });
});
