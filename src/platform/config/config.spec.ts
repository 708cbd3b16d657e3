import { ConfigError, loadConfig } from './config.js';

const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://db/pawtreon',
  APP_ORIGIN: 'https://pawtreon.example',
  AUTH_JWKS_URL: 'https://id.example/jwks.json',
  AUTH_ISSUER: 'https://id.example',
  AUTH_AUDIENCE: 'pawtreon',
  CLERK_WEBHOOK_SECRET: 'whsec_clerk',
  STRIPE_SECRET_KEY: 'sk_live_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_stripe',
};

function problemsOf(env: Record<string, string>): string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('needs nothing: embedded database, local issuer, payments sandbox, one process for everything', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      databaseUrl: undefined,
      redisUrl: undefined,
      appOrigin: 'http://localhost:3000',
      auth: { local: true, issuer: 'http://localhost:3000', audience: 'pawtreon' },
      stripe: { sandbox: true },
      platformFeeBps: 500,
      trustProxy: 0,
      seedDemo: true,
    });
    expect([...config.roles]).toEqual(['api', 'worker', 'admin']);
  });

  it('takes an owner for migrations beside the application’s role, and only beside it', () => {
    expect(loadConfig({ DATABASE_URL: 'postgres://app@db/pawtreon', DATABASE_MIGRATION_URL: 'postgres://owner@db/pawtreon' }).databaseMigrationUrl).toBe('postgres://owner@db/pawtreon');
    expect(problemsOf({ DATABASE_MIGRATION_URL: 'postgres://owner@db/pawtreon' })).toEqual([expect.stringContaining('DATABASE_URL is needed')]);
  });

  it('names every problem at once', () => {
    const problems = problemsOf({
      PORT: '70000',
      APP_ROLES: 'api,cook',
      DATABASE_URL: 'mysql://db',
      REDIS_URL: 'not a url',
      SEED_DEMO: 'perhaps',
      PLATFORM_FEE_BPS: '1.5',
      TRUST_PROXY: '-1',
      AUTH_JWKS_URL: 'https://id.example/jwks.json',
      STRIPE_SECRET_KEY: 'sk_live_1',
      S3_BUCKET: 'pictures',
    });
    for (const name of ['PORT', 'APP_ROLES', 'DATABASE_URL', 'REDIS_URL', 'SEED_DEMO', 'PLATFORM_FEE_BPS', 'TRUST_PROXY', 'AUTH_ISSUER', 'STRIPE_WEBHOOK_SECRET', 'S3_ACCESS_KEY_ID']) {
      expect(problems.filter((problem) => problem.includes(name))).toHaveLength(1);
    }
  });

  it('shows the problems as a list an operator can work through', () => {
    expect(() => loadConfig({ PORT: 'x', SEED_DEMO: 'y' })).toThrow(/^The configuration cannot be used:\n {2}- PORT .*\n {2}- SEED_DEMO /);
  });

  it.each(['', 'api,,worker', 'API'])('refuses APP_ROLES="%s" unless it is empty', (roles) => {
    expect(problemsOf({ APP_ROLES: roles })).toHaveLength(roles === '' ? 0 : 1);
  });

  it('starts in production with everything it needs', () => {
    expect(loadConfig(PRODUCTION)).toMatchObject({ production: true, host: '0.0.0.0', seedDemo: false, auth: { local: false }, stripe: { sandbox: false } });
  });

  it.each(Object.keys(PRODUCTION).filter((name) => name !== 'NODE_ENV'))('refuses production without %s', (missing) => {
    const env = Object.fromEntries(Object.entries(PRODUCTION).filter(([name]) => name !== missing));
    expect(problemsOf(env).some((problem) => problem.includes(missing))).toBe(true);
  });

  it('lists all that production misses, not only the first', () => {
    expect(problemsOf({ NODE_ENV: 'production' }).length).toBeGreaterThanOrEqual(7);
  });

  it('never repeats a secret in what it says', () => {
    const problems = problemsOf({ DATABASE_URL: 'mysql://root:hunter2@db', STRIPE_SECRET_KEY: 'sk_live_hunter2' });
    expect(problems.join('\n')).not.toContain('hunter2');
  });
});
