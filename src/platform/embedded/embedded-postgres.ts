import { mkdir, realpath } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';
import { findFreePort, findServer, launchServer, openCluster, rememberPort, stopServer, type Cluster, type Launch } from './cluster.js';
import { withExclusiveLock } from './exclusive-lock.js';
import { APPLICATION_ROLE, OWNER_ROLE, provision } from './provision.js';
import { chooseServerAccount, giveTo } from './server-account.js';

const START_TIMEOUT_MS = 120_000;
const LOCK_TIMEOUT_MS = START_TIMEOUT_MS + 30_000;
const POLL_MS = 25;
const LONGEST_RETRY_MS = 30_000;
/** How long the server may take to notice that this process has closed its connections. */
const DISCONNECT_GRACE_MS = 1_000;

/** How to start the embedded server. */
export interface EmbeddedPostgresOptions {
  /** The application's data folder; everything of the server lives in its subfolder `postgres`. */
  dataDir: string;
  /** Fixed port; without it a free one is chosen and kept for later starts. A running server keeps its own. */
  port?: number;
  /** Receives one line for each thing worth telling. */
  log?: (line: string) => void;
  /** Database to make; `pawtreon` when not given. */
  database?: string;
  /** Server settings over the defaults, such as `fsync: 'off'` in tests. Without effect on a server that already runs. */
  settings?: Record<string, string>;
}

/** A running embedded server. */
export interface EmbeddedPostgres {
  /** Connects as the application's role: it works with rows and owns nothing. */
  url: string;
  /** Connects as the owner of the database and its tables; for migrations. */
  ownerUrl: string;
  /** Connects to the same database as superuser. */
  adminUrl: string;
  port: number;
  /** Whether the server was already running, started by another process or before a crash. */
  attached: boolean;
  /**
   * Stops the server and waits for it; close your own connections first. It is left running while another
   * process still uses it: whoever leaves last stops it.
   */
  stop(): Promise<void>;
}

/** A superuser connection held for as long as this process uses the server: others see it, and its end tells of a crash. */
interface Session {
  guard: Client;
  socket: Socket;
  port: number;
  attached: boolean;
}

/**
 * Starts a real Postgres below `dataDir`, or attaches to the one that already runs there. Any number of processes may do so at
 * once. The server outlives a killed application, and a killed server is started again while the application lives.
 *
 * @throws when there are no binaries for this platform or the server does not start; the message holds its log
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log = () => undefined, database = 'pawtreon', settings = {} } = options;
  await mkdir(options.dataDir, { recursive: true });
  const dataDir = await realpath(options.dataDir);
  const lockPath = join(dataDir, 'postgres.lock');
  const locked = <T>(work: () => Promise<T>) => withExclusiveLock(lockPath, LOCK_TIMEOUT_MS, work);

  const { cluster, session, adminUrl } = await locked(async () => {
    await giveTo(await chooseServerAccount(dataDir), lockPath);
    const cluster = await openCluster(dataDir, settings, log);
    const session = await attachOrLaunch(cluster, options.port, settings);
    await rememberPort(cluster, session.port);
    const adminUrl = addressOf(session.port, 'postgres', cluster.state.superuserPassword, database);
    await provision(session.guard, adminUrl, database, cluster.state);
    return { cluster, session, adminUrl };
  });
  const { port, attached } = session;
  log(`${attached ? 'attached to' : 'started'} the embedded Postgres on port ${port}`);

  let { guard, socket } = session;
  let stopped: Promise<void> | undefined;
  let recovery: Promise<void> | undefined;
  watch();

  /** Using the server does not keep the process alive. */
  function watch(): void {
    socket.unref();
    guard.once('end', () => {
      if (!stopped) recovery = recover();
    });
  }

  /** The port stays the same, so that the application's pools find the server again by themselves. */
  async function recover(): Promise<void> {
    log('the embedded Postgres went away, starting it again');
    for (let delay = 250; !stopped; delay = Math.min(delay * 2, LONGEST_RETRY_MS)) {
      try {
        ({ guard, socket } = await locked(() => attachOrLaunch(cluster, port, settings)));
        watch();
        return log('the embedded Postgres is back');
      } catch (error) {
        log(`the embedded Postgres is not back yet: ${error instanceof Error ? error.message : String(error)}`);
        await sleep(delay, undefined, { ref: false });
      }
    }
  }

  async function leave(): Promise<void> {
    await recovery;
    socket.ref();
    await locked(async () => {
      const inUse = await usedByOthers(guard);
      await guard.end().catch(() => undefined);
      if (inUse) return log('the embedded Postgres is left running for the other processes that use it');
      await stopServer(cluster);
      log('stopped the embedded Postgres');
    });
  }

  return {
    url: addressOf(port, APPLICATION_ROLE, cluster.state.applicationPassword, database),
    ownerUrl: addressOf(port, OWNER_ROLE, cluster.state.ownerPassword, database),
    adminUrl,
    port,
    attached,
    stop: () => (stopped ??= leave()),
  };
}

/** Call under the start lock. */
async function attachOrLaunch(cluster: Cluster, fixedPort: number | undefined, settings: Record<string, string>): Promise<Session> {
  let port = fixedPort ?? cluster.state.port ?? (await findFreePort());
  let launch: Launch | undefined;
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const server = await findServer(cluster);
    if (server) {
      const connection = await connect(cluster, server.port);
      if (connection) return { ...connection, port: server.port, attached: !launch };
    } else if (!launch || launch.ended()) {
      if (launch) port = await portAfterFailure(launch, fixedPort);
      launch = await launchServer(cluster, port, settings);
    }
    await sleep(POLL_MS);
  }
  throw new Error(`the embedded Postgres did not answer within ${START_TIMEOUT_MS / 1000} s; see ${join(cluster.home, 'server.log')}`);
}

/** The port for the next try, where another try makes sense. */
async function portAfterFailure(launch: Launch, fixedPort: number | undefined): Promise<number> {
  const output = await launch.output();
  if (output.includes('Address already in use') && fixedPort === undefined) return findFreePort();
  // The last processes of a killed server are still on their way out.
  if (output.includes('shared memory block') && output.includes('still in use')) {
    await sleep(POLL_MS * 8);
    return launch.port;
  }
  throw new Error(`the embedded Postgres did not start on port ${launch.port}:\n${output.trim().split('\n').slice(-10).join('\n')}`);
}

/** Undefined while the server is not ready: starting, recovering after a crash, or shutting down. */
async function connect(cluster: Cluster, port: number): Promise<Pick<Session, 'guard' | 'socket'> | undefined> {
  const socket = new Socket();
  const guard = new Client({
    stream: () => socket,
    connectionString: addressOf(port, 'postgres', cluster.state.superuserPassword, 'postgres'),
    application_name: 'pawtreon launcher',
    connectionTimeoutMillis: 5_000,
  });
  guard.on('error', () => undefined);
  try {
    await guard.connect();
    return { guard, socket };
  } catch (error) {
    const refused = error instanceof DatabaseError && error.code !== '57P03';
    if (refused) throw new Error(`the embedded Postgres refuses its own password: ${error.message}`, { cause: error });
    return undefined;
  }
}

async function usedByOthers(guard: Client): Promise<boolean> {
  const others = "SELECT FROM pg_stat_activity WHERE application_name LIKE 'pawtreon%' AND pid <> pg_backend_pid()";
  const deadline = Date.now() + DISCONNECT_GRACE_MS;
  try {
    for (;;) {
      const { rowCount } = await guard.query(others);
      if (!rowCount) return false;
      if (Date.now() > deadline) return true;
      await sleep(POLL_MS);
    }
  } catch {
    return false;
  }
}

function addressOf(port: number, role: string, password: string, database: string): string {
  return `postgres://${role}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}
