import { IdentityProvider } from '../../../test/support/identity-provider.js';
import { type Answer, TestApp } from '../../../test/support/test-app.js';

type Key = Awaited<ReturnType<IdentityProvider['makeKey']>>;

describe('tokens of an identity provider', () => {
  let provider: IdentityProvider;
  let app: TestApp;
  let rsa: Key;
  let elliptic: Key;

  beforeAll(async () => {
    provider = await IdentityProvider.start();
    rsa = await provider.makeKey('RS256', 'rsa-1');
    elliptic = await provider.makeKey('ES256', 'ec-1');
    await provider.show(rsa, elliptic);
    app = await TestApp.start(provider.env);
  });
  afterAll(async () => {
    await app.stop();
    provider.close();
  });

  const me = (token: string): Promise<Answer> => app.get('/v1/me', { token });
  const now = (): number => Math.floor(Date.now() / 1_000);

  it.each([
    ['RS256', () => rsa],
    ['ES256', () => elliptic],
  ])('signed with %s let in, and make the row at first sight', async (alg, key) => {
    const answer = await me(await provider.sign(key(), `person-${alg}`));
    expect(answer.status).toBe(200);
    expect(await app.sql(`SELECT clerk_id FROM identity.users WHERE id = $1`, [answer.body['id']])).toEqual([{ clerk_id: `person-${alg}` }]);
  });

  it('are checked against keys that are kept, not fetched each time', async () => {
    const before = provider.asked;
    const token = await provider.sign(rsa, 'frequent');
    for (let i = 0; i < 5; i++) expect((await me(token)).status).toBe(200);
    expect(provider.asked).toBe(before);
  });

  it.each<[string, Record<string, unknown>]>([
    ['of another issuer', { iss: 'https://evil.example.org' }],
    ['without an issuer', { iss: undefined }],
    ['for another audience', { aud: 'somebody-else' }],
    ['without an audience', { aud: undefined }],
    ['that have expired', { iat: now() - 7_200, exp: now() - 60 }],
    ['that never expire', { exp: undefined }],
    ['that are not valid yet', { nbf: now() + 600 }],
    ['without a subject', { sub: undefined }],
    ['with an empty subject', { sub: '' }],
    ['whose subject is no text', { sub: 5 }],
    ['without a time of issue', { iat: undefined }],
  ])('%s are refused', async (_, claims) => {
    expect(await me(await provider.sign(rsa, 'person', claims))).toMatchObject({ status: 401, body: { code: 'NOT_AUTHENTICATED' } });
  });

  it('are taken for one of several audiences', async () => {
    expect((await me(await provider.sign(rsa, 'many', { aud: ['another', provider.audience] }))).status).toBe(200);
  });

  it('signed with a key that the provider does not show are refused', async () => {
    expect((await me(await provider.sign(await provider.makeKey('RS256', 'rsa-1'), 'person'))).status).toBe(401);
    expect((await me(await provider.sign(await provider.makeKey('ES256', 'never-shown'), 'person'))).status).toBe(401);
  });

  it('of the local issuer are refused: there is none', async () => {
    expect((await app.post('/v1/auth/dev-token', { body: { email: 'a@example.org' } })).status).toBe(404);
  });

  describe('when time has passed', () => {
    const realNow = Date.now;
    /** Past the pause between two fetches of the keys. */
    beforeEach(() => {
      const ahead = (Date.now() - realNow()) + 11_000;
      Date.now = () => realNow() + ahead;
    });
    afterAll(() => {
      Date.now = realNow;
    });

    it('signed with a new key are taken at once, and with a withdrawn one no more', async () => {
      const next = await provider.makeKey('ES256', 'ec-2');
      await provider.show(next);
      expect((await me(await provider.sign(next, 'person'))).status).toBe(200);
      expect((await me(await provider.sign(elliptic, 'person'))).status).toBe(401);
    });

    it('do not make a client sign out when the provider cannot be asked', async () => {
      provider.status = 500;
      const unknown = await provider.makeKey('RS256', 'rsa-3');
      const answer = await me(await provider.sign(unknown, 'person'));
      expect(answer).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
      expect(answer.headers.get('retry-after')).toBe('2');
      provider.status = 200;
    });
  });
});
