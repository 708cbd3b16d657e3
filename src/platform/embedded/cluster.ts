import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chooseServerAccount, giveTo, prepareHome, serverProcessOptions, type ServerAccount } from './server-account.js';
import { prepareBinaries, type ServerBinaries } from './server-binaries.js';

const run = promisify(execFile);
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;
const UNFINISHED = 'unfinished-';
const SETTINGS_FILE = 'pawtreon.conf';

/** Sized for a small machine; the rest is Postgres's own default (fsync and synchronous_commit are on). */
const DEFAULT_SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '128MB',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // A killed application's long query ends with it instead of running on.
  client_connection_check_interval: '2s',
  // The values in a failed statement are personal data; the application logs its own errors.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

/** What has to be known again at the next start; kept beside the data, readable by the server's account alone. */
interface ClusterState {
  port?: number;
  superuserPassword: string;
  /** Of the role that owns the tables; a folder of an earlier version has none yet. */
  ownerPassword: string;
  applicationPassword: string;
}

/** A database cluster on disk. */
export interface Cluster {
  home: string;
  data: string;
  account: ServerAccount | undefined;
  binaries: ServerBinaries;
  state: ClusterState;
}

/** A server process started by this process. */
export interface Launch {
  port: number;
  /** Whether the process has ended. */
  ended(): boolean;
  /** What the server has logged since this launch. */
  output(): Promise<string>;
}

/** Opens the cluster below `DATA_DIR`, made on first use. Call under the start lock. */
export async function openCluster(dataDir: string, settings: Record<string, string>, log: (line: string) => void): Promise<Cluster> {
  const account = await chooseServerAccount(dataDir);
  const home = await prepareHome(dataDir, account, log);
  const binaries = await prepareBinaries(home, account, log);
  const data = join(home, 'data');
  const initialised = Boolean(await stat(data).catch(() => undefined));
  const cluster: Cluster = { home, data, account, binaries, state: await readState(home, account, initialised) };
  if (initialised) {
    await removeUnfinished(home);
  } else {
    log('creating the database files');
    await initialise(cluster, settings['fsync'] !== 'off');
  }
  return cluster;
}

async function readState(home: string, account: ServerAccount | undefined, initialised: boolean): Promise<ClusterState> {
  const path = join(home, 'server.json');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  if (text === undefined && initialised) throw new Error(`${path} is missing: without its passwords the database beside it cannot be opened`);
  const password = (): string => randomBytes(24).toString('hex');
  const known = text === undefined ? {} : (JSON.parse(text) as Partial<ClusterState>);
  const state = { superuserPassword: password(), ownerPassword: password(), applicationPassword: password(), ...known };
  if (known.ownerPassword) return state;
  await writeWhole(path, JSON.stringify(state), account);
  return state;
}

/** Remembers the port, so that addresses noted by people and tools stay good. */
export async function rememberPort(cluster: Cluster, port: number): Promise<void> {
  if (cluster.state.port === port) return;
  cluster.state.port = port;
  await writeWhole(join(cluster.home, 'server.json'), JSON.stringify(cluster.state), cluster.account);
}

/** Built in a neighbouring folder and renamed when done, so that a kill half-way leaves nothing that looks finished. */
async function initialise({ home, data, account, binaries, state }: Cluster, durable: boolean): Promise<void> {
  await removeUnfinished(home);
  // A folder of its own: the initdb of a killed application may still be writing in an earlier one.
  const unfinished = await mkdtemp(join(home, UNFINISHED));
  await giveTo(account, unfinished);
  const passwordFile = `${unfinished}.password`;
  await writeWhole(passwordFile, state.superuserPassword, account);
  // The builtin C.UTF-8 locale sorts by code point on every platform alike, and lower() knows Cyrillic.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const args = ['-D', unfinished, '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', ...locale];
  await run(binaries.initdb, durable ? args : [...args, '--no-sync'], serverProcessOptions(account));
  await appendFile(join(unfinished, 'postgresql.conf'), `\ninclude_if_exists = '${SETTINGS_FILE}'\n`);
  await rename(unfinished, data);
  await removeUnfinished(home);
}

/** What an initdb that is still writing holds back goes at the next start. */
async function removeUnfinished(home: string): Promise<void> {
  const leftovers = (await readdir(home)).filter((name) => name.startsWith(UNFINISHED));
  await Promise.allSettled(leftovers.map((name) => rm(join(home, name), { recursive: true })));
}

/** The server process named in the cluster's pid file, if it is alive and really is this cluster's. */
export async function findServer({ data }: Cluster): Promise<{ pid: number; port: number } | undefined> {
  const recorded = await readPidFile(data);
  return recorded && (await isServerOf(data, recorded.pid)) ? recorded : undefined;
}

async function readPidFile(data: string): Promise<{ pid: number; port: number } | undefined> {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 && port > 0 ? { pid, port } : undefined;
}

/** Process ids are used again, in containers at once: the command line tells whose it is. */
async function isServerOf(data: string, pid: number): Promise<boolean> {
  try {
    if (process.platform === 'linux') return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').includes(data);
    return (await run('ps', ['-p', String(pid), '-o', 'command='])).stdout.includes(data);
  } catch {
    return false;
  }
}

/** Starts the server as a process of its own, which a killed application does not take along. Does not wait until it answers. */
export async function launchServer(cluster: Cluster, port: number, settings: Record<string, string>): Promise<Launch> {
  const { home, data, account, binaries } = cluster;
  await writeSettings(cluster, { ...DEFAULT_SETTINGS, ...settings, port: String(port) });
  const logPath = join(home, 'server.log');
  const size = await stat(logPath).then((file) => file.size, () => 0);
  const logFile = await open(logPath, size > LOG_LIMIT_BYTES ? 'w' : 'a', 0o600);
  try {
    await giveTo(account, logPath);
    const start = (await logFile.stat()).size;
    const options = serverProcessOptions(account);
    // Postgres takes a pid file for stale when it names its own "grandparent": so it clears, under its own
    // interlock, one whose pid now belongs to another program.
    const stale = await readPidFile(data);
    const env = { ...options.env, ...(stale && { PG_GRANDPARENT_PID: String(stale.pid) }) };
    const server = spawn(binaries.postgres, ['-D', data], { ...options, env, detached: true, stdio: ['ignore', logFile.fd, logFile.fd] });
    let ended = false;
    server.once('exit', () => (ended = true)).once('error', () => (ended = true));
    server.unref();
    return { port, ended: () => ended, output: async () => (await readFile(logPath)).subarray(start).toString('utf8') };
  } finally {
    await logFile.close();
  }
}

async function writeSettings({ data, account }: Cluster, settings: Record<string, string>): Promise<void> {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`);
  await writeWhole(join(data, SETTINGS_FILE), lines.join(''), account);
}

/** Fast shutdown: open transactions roll back, the data is checkpointed. Resolves when the server is gone. */
export async function stopServer(cluster: Cluster): Promise<void> {
  const { data, account, binaries } = cluster;
  try {
    await run(binaries.pgCtl, ['stop', '-D', data, '-m', 'fast', '-w', '-t', '60'], serverProcessOptions(account));
  } catch (error) {
    if (await findServer(cluster)) throw error;
  }
}

/** A port that is free right now on the loopback address. */
export async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Replaces a file in one step, readable by its owner alone. */
async function writeWhole(path: string, content: string, account: ServerAccount | undefined): Promise<void> {
  const unfinished = `${path}.unfinished`;
  await writeFile(unfinished, content, { mode: 0o600, flush: true });
  await giveTo(account, unfinished);
  await rename(unfinished, path);
}
