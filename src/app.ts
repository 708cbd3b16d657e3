import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { runMigrations } from 'bullmq';
import { Logger } from 'nestjs-pino';
import pg from 'pg';
import { migrations } from '../migrations/index.js';
import { AppModule } from './app.module.js';
import { mountBackoffice } from './backoffice/backoffice.module.js';
import { auditStaff } from './backoffice/staff-audit.js';
import type { Config } from './platform/config/config.js';
import { couldForgeAudit, grantToApplication } from './platform/database/application-role.js';
import { Database } from './platform/database/database.js';
import { migrate } from './platform/database/migrate.js';
import { configureHttp, httpAdapter, serveDocs } from './platform/http/http-app.js';
import { InstallationSecrets } from './platform/secrets/installation-secrets.js';

/** How {@link prepareDatabase} left the database. */
export interface PreparedDatabase {
  /** Names of the migrations that ran. */
  migrations: string[];
  /** What keeps the application itself from changing the audit log; privileges hold whatever SQL it is made to run. */
  auditKeptBy: 'privileges' | 'triggers';
}

/**
 * Brings the schemas of the project and of the queues up to date, and gives the application its rights.
 * @param databaseUrl as whom the application works
 * @param ownerUrl as whom the schemas are made; the same role where there is one address only
 */
export async function prepareDatabase(config: Config, databaseUrl: string, ownerUrl = databaseUrl): Promise<PreparedDatabase> {
  return connected(databaseUrl, async (application) => {
    const ran = await migrate(ownerUrl, migrations, () =>
      connected(ownerUrl, async (owner) => {
        if (!config.redisUrl) await runMigrations(owner);
        const { rows } = await application.query<{ role: string }>('SELECT current_user AS role');
        if (ownerUrl !== databaseUrl) await grantToApplication(owner, rows[0]!.role);
      }),
    );
    return { migrations: ran, auditKeptBy: (await couldForgeAudit(application)) ? 'triggers' : 'privileges' };
  });
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'pawtreon-migrate' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Builds the whole application, ready to listen. The database must be prepared.
 * @param additions modules on top, such as a test's own consumers
 */
export async function createApp(config: Config, databaseUrl: string, additions: Type[] = []): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config, databaseUrl, additions), httpAdapter(config), {
    bufferLogs: true,
    rawBody: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  await configureHttp(app, config);
  serveDocs(app);
  if (config.roles.has('admin')) await mountDesk(app, config);
  return app;
}

async function mountDesk(app: NestFastifyApplication, config: Config): Promise<void> {
  const database = app.get(Database);
  const desk = mountBackoffice(app, {
    pool: database.pool,
    sessionSecret: await app.get(InstallationSecrets).get('staff-session'),
    secureCookies: config.production,
    trustProxy: config.trustProxy,
    onAct: auditStaff(database),
  });
  app.getHttpAdapter().getInstance().addHook('onClose', () => desk.close());
}
