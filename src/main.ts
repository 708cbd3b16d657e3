import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp, prepareDatabase } from './app.js';
import { ensureFirstAccount, type FirstAccount } from './backoffice/staff/first-account.js';
import { seedDemo } from './demo/seed-demo.js';
import { type Config, ConfigError, loadConfig } from './platform/config/config.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './platform/embedded/embedded-postgres.js';
import { Readiness } from './platform/health/readiness.js';
import { stopWithParent } from './platform/lifecycle.js';

/** Time for requests and jobs to end after SIGTERM; then the process goes, and what was cut off is found again. */
const DRAIN_MS = 25_000;
/** A predecessor that is just going may still hold the port. */
const PORT_WAIT_MS = 15_000;

const AUDIT_WARNING =
  'WARNING: the role of DATABASE_URL owns the audit log, so only triggers keep it from being changed. Give the owner in DATABASE_MIGRATION_URL and a role without rights of its own in DATABASE_URL.';

const running: { postgres?: EmbeddedPostgres; app?: NestFastifyApplication } = {};
let stopping: Promise<void> | null = null;

/** Stops taking requests, drains jobs, closes connections, and stops Postgres last. */
function stop(reason: string): Promise<void> {
  stopping ??= (async () => {
    console.log(`\nStopping (${reason}): finishing requests and jobs ...`);
    const deadline = setTimeout(() => {
      console.error('Not finished in time; leaving the rest to the next start.');
      void (running.postgres?.stop() ?? Promise.resolve()).finally(() => process.exit(1));
    }, DRAIN_MS);
    await running.app?.close();
    await running.postgres?.stop();
    clearTimeout(deadline);
    console.log('Stopped.');
    process.exit(0);
  })();
  return stopping;
}

async function start(config: Config): Promise<void> {
  const began = Date.now();
  const step = (text: string): void => console.log(`      ${text}`);

  if (!config.databaseUrl) {
    step(`Postgres under ${config.dataDir} ...`);
    running.postgres = await startEmbeddedPostgres({ dataDir: config.dataDir, log: step });
  }
  const databaseUrl = config.databaseUrl ?? running.postgres!.url;
  const prepared = await prepareDatabase(config, databaseUrl, running.postgres?.ownerUrl ?? config.databaseMigrationUrl);
  if (prepared.migrations.length > 0) step(`${prepared.migrations.length} migrations applied`);
  if (prepared.auditKeptBy === 'triggers') console.warn(AUDIT_WARNING);

  running.app = await createApp(config, databaseUrl);
  // Not ready before everything is there, the demo included.
  const release = running.app.get(Readiness).hold('start', 'starting');
  await listen(running.app, config);
  if (config.seedDemo) {
    await seedDemo(running.app, { step }).catch((error: unknown) => console.error('The demo is not complete; the next start goes on with it.', error));
  }
  const firstAccount = config.roles.has('admin') ? await ensureFirstAccount(running.app, config) : null;
  release();
  console.log(welcome(config, firstAccount, (Date.now() - began) / 1_000));
}

/** Where to go and how to get in. */
function welcome(config: Config, account: FirstAccount | null, seconds: number): string {
  const at = config.appOrigin;
  const token = `curl -s -X POST ${at}/v1/auth/dev-token -H 'Content-Type: application/json' -d '{"email":"donor@pawtreon.example"}'`;
  return [
    '',
    `Pawtreon is ready after ${seconds.toFixed(1)} s (${[...config.roles].join(', ')}).`,
    ...(config.roles.has('api') ? ['', `  API documentation   ${at}/docs`] : []),
    ...(config.roles.has('admin') ? [`  Back office         ${at}/admin${account ? `   login: ${account.email}   password: ${account.password}` : ''}`] : []),
    ...(config.roles.has('api') && config.auth.local && !config.production ? [`  A token             ${token}`] : []),
    ...(config.stripe.sandbox ? ['  Payments            the local sandbox; no real money moves'] : []),
    '',
  ].join('\n');
}

async function listen(server: NestFastifyApplication, config: Config): Promise<void> {
  for (const until = Date.now() + PORT_WAIT_MS; ; ) {
    try {
      await server.listen(config.port, config.host);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || Date.now() > until) throw error;
      await sleep(250);
    }
  }
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop(signal));
stopWithParent(() => {
  // Somebody killed what started us and may start it again at once: the port is free before the drain begins.
  const server = running.app?.getHttpServer();
  server?.close();
  server?.closeAllConnections();
  void stop('the parent process is gone');
});

try {
  await start(loadConfig());
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  await running.app?.close().catch(() => undefined);
  await running.postgres?.stop().catch(() => undefined);
  process.exit(1);
}
