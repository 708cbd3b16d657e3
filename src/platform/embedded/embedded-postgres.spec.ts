import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.js';

/** Lets plain Node run the TypeScript sources, whose imports name the built files. */
const SOURCES_AS_MODULES = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  registerHooks({ resolve: (specifier, context, next) =>
    next(context.parentURL?.endsWith('.ts') ? specifier.replace(/^(\\..*)\\.js$/, '$1.ts') : specifier, context) });
`)}`;
const LAUNCHER = join(dirname(fileURLToPath(import.meta.url)), 'embedded-postgres.ts');
const settings = { fsync: 'off' };

let dataDir: string;
let applications: ChildProcess[];
let servers: EmbeddedPostgres[];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'pawtreon-embedded-'));
  applications = [];
  servers = [];
});

afterEach(async () => {
  for (const application of applications) application.kill('SIGKILL');
  // Attaching is the way to stop what a killed application left behind.
  if (applications.length > 0) await start();
  await Promise.all(servers.map((server) => server.stop()));
  for (const { url } of servers) expect(await isServing(url)).toBe(false);
  await rm(dataDir, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, settings });
  servers.push(server);
  return server;
}

/** Another process that starts the server, says how, and stops it on SIGTERM. */
async function startApplication(): Promise<{ process: ChildProcess; port: number; attached: boolean; url: string; ownerUrl: string }> {
  const code = `
    import { startEmbeddedPostgres } from ${JSON.stringify(LAUNCHER)};
    const { stop, ...server } = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, settings: { fsync: 'off' } });
    console.log(JSON.stringify(server));
    const running = setInterval(() => undefined, 1000);
    process.once('SIGTERM', () => stop().then(() => clearInterval(running)));
  `;
  const application = spawn(process.execPath, ['--no-warnings', '--import', SOURCES_AS_MODULES, '--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'] },
  });
  applications.push(application);
  const ended = once(application, 'exit').then(() => Promise.reject(new Error('the application ended before it had a server')));
  const [line] = (await Promise.race([once(createInterface(application.stdout), 'line'), ended])) as [string];
  return { process: application, ...(JSON.parse(line) as { port: number; attached: boolean; url: string; ownerUrl: string }) };
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function writeNote(url: string): Promise<void> {
  await query(url, "CREATE TABLE notes (body text); INSERT INTO notes VALUES ('kept')");
}

function readNotes(url: string): Promise<Record<string, unknown>[]> {
  return query(url, 'SELECT body FROM notes');
}

function pidFile(): string {
  return join(dataDir, 'postgres', 'data', 'postmaster.pid');
}

async function serverPid(): Promise<number> {
  return Number((await readFile(pidFile(), 'utf8')).split('\n')[0]);
}

async function isServing(url: string): Promise<boolean> {
  return query(url, 'SELECT 1').then(() => true, () => false);
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(50);
}

it('makes a database that one role owns and the application uses, neither of them superuser', async () => {
  const { url, ownerUrl, adminUrl, attached } = await start();

  expect(attached).toBe(false);
  const facts = `SELECT current_database() AS database, usesuper, datdba = usesysid AS owner, lower('ЖЪЛТ') AS lower,
    current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS synchronous_commit
    FROM pg_user, pg_database WHERE usename = current_user AND datname = current_database()`;
  const own = { database: 'pawtreon', lower: 'жълт', fsync: 'off', synchronous_commit: 'on' };
  expect(await query(url, facts)).toEqual([{ ...own, usesuper: false, owner: false }]);
  expect(await query(ownerUrl, facts)).toEqual([{ ...own, usesuper: false, owner: true }]);
  expect(await query(adminUrl, facts)).toEqual([{ ...own, usesuper: true, owner: false }]);
  await expect(query(url, 'CREATE TABLE mine ()')).rejects.toThrow('permission denied');
  await expect(query(url, 'SET ROLE pawtreon_owner')).rejects.toThrow('permission denied');
  const extensions = await query(url, "SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY extname");
  expect(extensions.map(({ extname }) => extname)).toEqual(['btree_gin', 'citext', 'pg_trgm', 'pgcrypto', 'unaccent']);
});

it('takes what the application owned in a folder of an earlier version, and gives it to the owner', async () => {
  const first = await start();
  await query(first.adminUrl, 'ALTER DATABASE pawtreon OWNER TO pawtreon');
  await query(first.url, "CREATE SCHEMA rescue CREATE TABLE notes (body text); INSERT INTO rescue.notes VALUES ('kept')");
  await query(first.adminUrl, 'DROP ROLE pawtreon_owner');
  await first.stop();
  const stateFile = join(dataDir, 'postgres', 'server.json');
  const { ownerPassword: _, ...earlier } = JSON.parse(await readFile(stateFile, 'utf8')) as Record<string, unknown>;
  await writeFile(stateFile, JSON.stringify(earlier));

  const second = await start();

  expect(await query(second.ownerUrl, 'SELECT body FROM rescue.notes')).toEqual([{ body: 'kept' }]);
  await expect(query(second.url, 'DROP TABLE rescue.notes')).rejects.toThrow(/permission denied|must be owner/);
});

it('asks for the password and keeps it to its owner', async () => {
  const { port } = await start();

  await expect(query(`postgres://postgres:guess@127.0.0.1:${port}/pawtreon`, 'SELECT 1')).rejects.toThrow('password authentication failed');
  const { mode } = await stat(join(dataDir, 'postgres', 'server.json'));
  expect(mode & 0o777).toBe(0o600);
});

it('keeps data and port over a stop and a second start', async () => {
  const first = await start();
  await writeNote(first.ownerUrl);
  await first.stop();
  expect(await isServing(first.url)).toBe(false);

  const second = await start();

  expect(second).toMatchObject({ attached: false, port: first.port, url: first.url });
  expect(await readNotes(second.ownerUrl)).toEqual([{ body: 'kept' }]);
});

it('attaches to the server that a killed application left running', async () => {
  const killed = await startApplication();
  await writeNote(killed.ownerUrl);
  killed.process.kill('SIGKILL');
  await once(killed.process, 'exit');

  const next = await start();

  expect(next).toMatchObject({ attached: true, port: killed.port });
  expect(await readNotes(next.ownerUrl)).toEqual([{ body: 'kept' }]);
  await next.stop();
  expect(await isServing(next.url)).toBe(false);
});

it('starts once when several applications start at the same time', async () => {
  const started = await Promise.all([startApplication(), startApplication(), startApplication()]);

  expect(started.map(({ attached }) => attached).sort()).toEqual([false, true, true]);
  expect(new Set(started.map(({ url }) => url)).size).toBe(1);
});

it('leaves the server to the other applications until the last one stops', async () => {
  const first = await startApplication();
  const last = await startApplication();

  first.process.kill('SIGTERM');
  await once(first.process, 'exit');
  expect(await isServing(first.url)).toBe(true);

  last.process.kill('SIGTERM');
  await once(last.process, 'exit');
  expect(await isServing(first.url)).toBe(false);
});

it('brings a killed server back while the application lives', async () => {
  const server = await start();
  await writeNote(server.ownerUrl);
  const killed = await serverPid();

  process.kill(killed, 'SIGKILL');
  await until(() => isServing(server.url));

  expect(await serverPid()).not.toBe(killed);
  expect(await readNotes(server.ownerUrl)).toEqual([{ body: 'kept' }]);
});

it('starts after application and server were both killed', async () => {
  const killed = await startApplication();
  await writeNote(killed.ownerUrl);
  killed.process.kill('SIGKILL');
  await once(killed.process, 'exit');
  process.kill(await serverPid(), 'SIGKILL');

  const next = await start();

  expect(next.port).toBe(killed.port);
  expect(await readNotes(next.ownerUrl)).toEqual([{ body: 'kept' }]);
});

it('is not misled by a pid file that names a living process of another program', async () => {
  const first = await start();
  await writeNote(first.ownerUrl);
  const lines = (await readFile(pidFile(), 'utf8')).split('\n');
  await first.stop();
  const bystander = spawn(process.execPath, ['--eval', 'setTimeout(() => undefined, 60_000)'], await asServer());
  applications.push(bystander);
  await writeFile(pidFile(), [bystander.pid, ...lines.slice(1)].join('\n'));

  const second = await start();

  expect(second.attached).toBe(false);
  expect(await readNotes(second.ownerUrl)).toEqual([{ body: 'kept' }]);
});

/** Runs as the server's user: only such a process does Postgres take for a possible server. */
async function asServer(): Promise<{ uid?: number; gid?: number; cwd: string }> {
  const { uid, gid } = await stat(join(dataDir, 'postgres', 'data'));
  return process.getuid?.() === 0 ? { uid, gid, cwd: '/' } : { cwd: '/' };
}

it('moves to another port when a stranger holds the remembered one', async () => {
  const first = await start();
  await first.stop();
  const stranger = spawn(process.execPath, ['--eval', `require('net').createServer().listen(${first.port}, '127.0.0.1', () => console.log('listening'))`]);
  applications.push(stranger);
  await once(stranger.stdout, 'data');

  const second = await start();

  expect(second.port).not.toBe(first.port);
  expect(await isServing(second.url)).toBe(true);
});

it('survives being killed at any moment of its first start', async () => {
  for (const moment of [150, 300, 450, 600, 750, 900]) {
    const application = startApplication().then(
      () => 'served',
      () => 'killed',
    );
    await sleep(moment);
    applications.at(-1)?.kill('SIGKILL');
    if ((await application) === 'served') break;
  }

  const server = await start();

  expect(await isServing(server.url)).toBe(true);
});
