import { resolve } from 'node:path';

export const APP_ROLES = ['api', 'worker', 'admin'] as const;
export type AppRole = (typeof APP_ROLES)[number];

export const LOCALES = ['en', 'bg', 'uk', 'ru', 'de'] as const;
export type Locale = (typeof LOCALES)[number];

/** Who issues receipts, as they name it. */
export interface Issuer {
  name: string;
  /** One line. */
  address?: string;
  /** Such as a company or tax number, with its name. */
  registration?: string;
  /** An address or page for questions. */
  contact?: string;
}

/** Everything the process is told from outside, parsed once at start. README.md lists each variable. */
export interface Config {
  production: boolean;
  /** True under the test runner; it only changes where logs go, never behaviour. */
  test: boolean;
  port: number;
  host: string;
  /** Folder of everything the embedded defaults keep: database, files, captured mail. */
  dataDir: string;
  /** Real Postgres; absent means the embedded server under `dataDir`. */
  databaseUrl?: string;
  /** As whom the schema is made, where `databaseUrl` names a role that owns nothing. */
  databaseMigrationUrl?: string;
  /** Named prepared statements; off behind a pooler that cannot hold them. */
  databasePreparedStatements: boolean;
  databasePoolSize: number;
  redisUrl?: string;
  roles: ReadonlySet<AppRole>;
  /** Public address of this installation, without a trailing slash. */
  appOrigin: string;
  auth: { local: boolean; issuer: string; audience: string; jwksUrl?: string };
  clerkWebhookSecret?: string;
  stripe: { sandbox: boolean; secretKey?: string; webhookSecret?: string; apiBase?: string };
  smtpUrl?: string;
  mailFrom: string;
  s3?: { endpoint?: string; bucket: string; region: string; accessKeyId: string; secretAccessKey: string };
  /** Platform's share of a donation in basis points; 500 is 5 %. */
  platformFeeBps: number;
  receiptIssuer: Issuer;
  /** Who bears what the payment provider keeps of refunded and disputed money: the platform, or the fund that got the donation. */
  refundFeeBearer: 'platform' | 'fund';
  /** First staff account, made when the table of staff accounts is empty. */
  staff: { email: string; password?: string };
  seedDemo: boolean;
  logLevel: string;
  /** How many proxies stand in front; 0 ignores forwarded headers. */
  trustProxy: number;
  /** Behaviour 2.1, decision 12: hand out `verified_volunteer` at onboarding. */
  volunteerBadgeAtOnboarding: boolean;
  /** Behaviour 2.6: thresholds of the automatic risk rules. */
  risk: { newAccountDays: number; highGoalMinor: number };
  /** For how many minutes somebody who reviews something has it to themselves. */
  reviewClaimMinutes: number;
  /** For how many days after a decision the affected person may appeal. */
  appealWindowDays: number;
  /** Behaviour 1.4: whose endorsements count, how many verify a case, and what a burst of them looks like. */
  endorsements: {
    /** New endorsements of one person on a UTC day. */
    perDay: number;
    /** Qualified endorsements that verify a case. */
    required: number;
    /** Youngest account in days whose endorsement counts. */
    accountDays: number;
    /** Completed donations that make a person trusted. */
    donations: number;
    /** Own cases that ended well and make a person trusted. */
    successes: number;
    /** A burst: so many endorsements within so many minutes, so many percent of them from accounts younger than so many days. */
    burst: { count: number; minutes: number; newPercent: number; newAccountDays: number };
  };
  /** Behaviour 2.20: minutes between two requests for transport of one case. */
  transportCooldownMinutes: number;
  /** Requests a minute of one client (session first, then address) before 429. */
  requestsPerMinute: number;
}

/** Thrown at start with every problem at once, so that an operator fixes them in one go. */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(`The configuration cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/**
 * Reads and checks the environment.
 * @throws ConfigError listing every problem found.
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const problems: string[] = [];
  const text = (name: string): string | undefined => env[name]?.trim() || undefined;

  const integer = (name: string, fallback: number, min: number, max: number): number => {
    const raw = text(name);
    if (raw === undefined) return fallback;
    const value = Number(raw);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    problems.push(`${name} must be a whole number from ${min} to ${max}, not "${raw}"`);
    return fallback;
  };
  const flag = (name: string, fallback: boolean): boolean => {
    const raw = text(name)?.toLowerCase();
    if (raw === undefined) return fallback;
    if (['1', 'true', 'yes', 'on'].includes(raw)) return true;
    if (['0', 'false', 'no', 'off'].includes(raw)) return false;
    problems.push(`${name} must be true or false, not "${raw}"`);
    return fallback;
  };
  const url = (name: string, protocols: string[]): string | undefined => {
    const raw = text(name);
    if (raw === undefined) return undefined;
    if (URL.canParse(raw) && protocols.includes(new URL(raw).protocol)) return raw.replace(/\/+$/, '');
    problems.push(`${name} must be a URL starting with ${protocols.map((p) => `${p}//`).join(' or ')}`);
    return undefined;
  };

  const production = env['NODE_ENV'] === 'production';
  const port = integer('PORT', 3000, 0, 65535);
  const roleNames = (text('APP_ROLES') ?? APP_ROLES.join(',')).split(',').map((role) => role.trim());
  const roles = new Set(roleNames.filter((role): role is AppRole => (APP_ROLES as readonly string[]).includes(role)));
  if (roles.size !== new Set(roleNames).size) problems.push(`APP_ROLES may hold ${APP_ROLES.join(', ')}, not "${roleNames.join(',')}"`);

  const appOrigin = url('APP_ORIGIN', ['http:', 'https:']) ?? `http://localhost:${port}`;
  const jwksUrl = url('AUTH_JWKS_URL', ['http:', 'https:']);
  const issuer = text('AUTH_ISSUER');
  if (jwksUrl && !issuer) problems.push('AUTH_ISSUER is needed beside AUTH_JWKS_URL: tokens of any issuer would be accepted');

  const secretKey = text('STRIPE_SECRET_KEY');
  const webhookSecret = text('STRIPE_WEBHOOK_SECRET');
  if (secretKey && !webhookSecret) problems.push('STRIPE_WEBHOOK_SECRET is needed beside STRIPE_SECRET_KEY: no payment could be confirmed');

  const refundFeeBearer = text('REFUND_FEE_BEARER') ?? 'platform';
  if (!['platform', 'fund'].includes(refundFeeBearer)) problems.push(`REFUND_FEE_BEARER must be platform or fund, not "${refundFeeBearer}"`);

  const bucket = text('S3_BUCKET');
  const s3 = bucket
    ? {
        endpoint: url('S3_ENDPOINT', ['http:', 'https:']),
        bucket,
        region: text('S3_REGION') ?? 'auto',
        accessKeyId: text('S3_ACCESS_KEY_ID') ?? '',
        secretAccessKey: text('S3_SECRET_ACCESS_KEY') ?? '',
      }
    : undefined;
  if (s3 && (!s3.accessKeyId || !s3.secretAccessKey)) problems.push('S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY are needed beside S3_BUCKET');

  if (text('DATABASE_MIGRATION_URL') && !text('DATABASE_URL')) problems.push('DATABASE_URL is needed beside DATABASE_MIGRATION_URL: the embedded database has owners of its own');

  if (production) {
    const required: Record<string, string> = {
      DATABASE_URL: 'the database',
      APP_ORIGIN: 'the public address that links and checkout returns use',
      AUTH_JWKS_URL: 'the identity provider whose tokens are accepted',
      AUTH_AUDIENCE: 'the audience that tokens must carry',
      CLERK_WEBHOOK_SECRET: 'the identity webhook',
      STRIPE_SECRET_KEY: 'payments (without it the sandbox would run)',
      STRIPE_WEBHOOK_SECRET: 'the payment webhook',
    };
    for (const [name, purpose] of Object.entries(required)) {
      if (!text(name)) problems.push(`${name} is missing: production needs it for ${purpose}`);
    }
  }

  const config: Config = {
    production,
    test: env['NODE_ENV'] === 'test',
    port,
    host: text('HOST') ?? (production ? '0.0.0.0' : '127.0.0.1'),
    dataDir: resolve(text('DATA_DIR') ?? '.data'),
    databaseUrl: url('DATABASE_URL', ['postgres:', 'postgresql:']),
    databaseMigrationUrl: url('DATABASE_MIGRATION_URL', ['postgres:', 'postgresql:']),
    databasePreparedStatements: flag('DATABASE_PREPARED_STATEMENTS', true),
    databasePoolSize: integer('DATABASE_POOL_SIZE', 20, 2, 500),
    redisUrl: url('REDIS_URL', ['redis:', 'rediss:']),
    roles,
    appOrigin,
    auth: { local: !jwksUrl, issuer: issuer ?? appOrigin, audience: text('AUTH_AUDIENCE') ?? 'pawtreon', jwksUrl },
    clerkWebhookSecret: text('CLERK_WEBHOOK_SECRET'),
    stripe: { sandbox: !secretKey, secretKey, webhookSecret, apiBase: url('STRIPE_API_BASE', ['http:', 'https:']) },
    smtpUrl: url('SMTP_URL', ['smtp:', 'smtps:']),
    mailFrom: text('MAIL_FROM') ?? 'Pawtreon <no-reply@pawtreon.example>',
    s3,
    platformFeeBps: integer('PLATFORM_FEE_BPS', 500, 0, 10_000),
    receiptIssuer: {
      name: text('RECEIPT_ISSUER_NAME') ?? 'Pawtreon',
      address: text('RECEIPT_ISSUER_ADDRESS'),
      registration: text('RECEIPT_ISSUER_REGISTRATION'),
      contact: text('RECEIPT_ISSUER_CONTACT'),
    },
    refundFeeBearer: refundFeeBearer === 'fund' ? 'fund' : 'platform',
    staff: { email: text('ADMIN_EMAIL') ?? 'staff@pawtreon.example', password: text('ADMIN_PASSWORD') },
    seedDemo: flag('SEED_DEMO', !production),
    logLevel: text('LOG_LEVEL') ?? (production ? 'info' : 'warn'),
    trustProxy: integer('TRUST_PROXY', 0, 0, 10),
    volunteerBadgeAtOnboarding: flag('VOLUNTEER_BADGE_AT_ONBOARDING', false),
    risk: {
      newAccountDays: integer('RISK_NEW_ACCOUNT_DAYS', 7, 0, 365),
      highGoalMinor: integer('RISK_HIGH_GOAL_MINOR', 200_000, 1, 100_000_000),
    },
    reviewClaimMinutes: integer('REVIEW_CLAIM_MINUTES', 30, 1, 1_440),
    appealWindowDays: integer('APPEAL_WINDOW_DAYS', 20, 1, 3_650),
    endorsements: {
      perDay: integer('ENDORSEMENTS_PER_DAY', 10, 1, 10_000),
      required: integer('ENDORSEMENTS_REQUIRED', 3, 1, 1_000),
      accountDays: integer('ENDORSER_ACCOUNT_DAYS', 7, 0, 365),
      donations: integer('ENDORSER_DONATIONS', 1, 1, 1_000),
      successes: integer('ENDORSER_SUCCESSES', 1, 1, 1_000),
      burst: {
        count: integer('BRIGADING_ENDORSEMENTS', 5, 2, 10_000),
        minutes: integer('BRIGADING_MINUTES', 60, 1, 10_080),
        newPercent: integer('BRIGADING_NEW_PERCENT', 60, 0, 100),
        newAccountDays: integer('BRIGADING_ACCOUNT_DAYS', 7, 0, 365),
      },
    },
    transportCooldownMinutes: integer('TRANSPORT_COOLDOWN_MINUTES', 30, 0, 1_440),
    requestsPerMinute: integer('REQUESTS_PER_MINUTE', 6_000, 600, 1_000_000),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}
