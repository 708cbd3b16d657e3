import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { runMigrations } from 'bullmq';
import { Logger } from 'nestjs-pino';
import pg from 'pg';
import { migrations } from '../migrations/index.js';
import { AppModule } from './app.module.js';
import type { Config } from './platform/config/config.js';
import { migrate } from './platform/database/migrate.js';
import { configureHttp, httpAdapter, serveDocs } from './platform/http/http-app.js';

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

/** Builds the whole application, ready to listen. The database must be prepared. */
export async function createApp(config: Config, databaseUrl: string): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config, databaseUrl), httpAdapter(config), {
    bufferLogs: true,
    rawBody: true,
    abortOnError: false,
    forceCloseConnections: true,
  });
  app.useLogger(app.get(Logger));
  configureHttp(app);
  serveDocs(app);
  return app;
}
