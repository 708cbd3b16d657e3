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
import { Database } from './platform/database/database.js';
import { migrate } from './platform/database/migrate.js';
import { configureHttp, httpAdapter, serveDocs } from './platform/http/http-app.js';
import { InstallationSecrets } from './platform/secrets/installation-secrets.js';

/** Brings the schemas of the project and of the queues up to date. */
export async function prepareDatabase(config: Config, databaseUrl: string): Promise<string[]> {
  const ran = await migrate(databaseUrl, migrations);
  if (!config.redisUrl) {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: 'pawtreon-migrate' });
    await client.connect();
    try {
      await runMigrations(client);
    } finally {
      await client.end();
    }
  }
  return ran;
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
