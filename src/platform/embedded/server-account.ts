import { execFile, spawnSync } from 'node:child_process';
import { chmod, chown, lstat, mkdir, mkdtemp, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where the server's folder goes when the account cannot reach `DATA_DIR`; the first that works is taken. */
const REACHABLE_ROOTS = ['/var/lib', '/var/tmp'];

/** The operating system user that the server runs as. */
export interface ServerAccount {
  uid: number;
  gid: number;
}

/**
 * Postgres refuses to run as root. When the application is root, the server gets the account that already
 * owns the data, else `postgres`, else `nobody`. An ordinary user runs the server itself: undefined.
 */
export async function chooseServerAccount(dataDir: string): Promise<ServerAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  for (const path of [join(dataDir, 'postgres'), dataDir]) {
    const owner = await stat(path).catch(() => undefined);
    if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  }
  return (await accountNamed('postgres')) ?? (await accountNamed('nobody')) ?? { uid: 65534, gid: 65534 };
}

async function accountNamed(name: string): Promise<ServerAccount | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/** What the server and its tools see: none of the application's environment, which holds secrets and `PG*` settings. */
export function serverProcessOptions(account: ServerAccount | undefined) {
  return { ...account, cwd: '/', env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' } };
}

/** Gives a file or folder to the server's account; nothing to do when the application is that account. */
export async function giveTo(account: ServerAccount | undefined, path: string): Promise<void> {
  if (account) await chown(path, account.uid, account.gid);
}

/**
 * The folder that holds everything of the server: `DATA_DIR/postgres`. When a parent folder is closed to the
 * server's account (a 0700 home, say) the folder is made elsewhere and `DATA_DIR/postgres` is a link to it.
 * Call under the start lock.
 */
export async function prepareHome(dataDir: string, account: ServerAccount | undefined, log: (line: string) => void): Promise<string> {
  const home = join(dataDir, 'postgres');
  await openDataDir(dataDir, account);
  if (!(await lstat(home).catch(() => undefined))) {
    if (account && !canEnter(dataDir, account)) return relocateHome(home, account, log);
    await mkdir(home, { mode: 0o700 });
  }
  const real = await realpath(home).catch(() => {
    throw new Error(`${home} points to a folder that is gone; bring it back, or remove the link to start empty`);
  });
  await giveTo(account, real);
  if (!canEnter(real, account)) throw new Error(`${real} is closed to the database server's user (uid ${account?.uid}); open its parent folders to it`);
  return real;
}

/** A private DATA_DIR in an open place (as `mktemp -d` makes) is opened for passing through, to the server's group alone. */
async function openDataDir(dataDir: string, account: ServerAccount | undefined): Promise<void> {
  if (!account || canEnter(dataDir, account) || !canEnter(dirname(dataDir), account)) return;
  const { uid, mode } = await stat(dataDir);
  if (mode & 0o070) return;
  await chown(dataDir, uid, account.gid);
  await chmod(dataDir, (mode & 0o777) | 0o010);
}

async function relocateHome(link: string, account: ServerAccount, log: (line: string) => void): Promise<string> {
  for (const root of REACHABLE_ROOTS) {
    const home = await mkdtemp(join(root, 'pawtreon-')).catch(() => undefined);
    if (!home) continue;
    await giveTo(account, home);
    if (canEnter(home, account)) {
      await writeFile(join(home, 'origin'), `${link}\n`);
      await symlink(home, link);
      log(`the database server's user cannot reach ${link}, so its files are kept in ${home}`);
      return home;
    }
    await rm(home, { recursive: true });
  }
  throw new Error(`no folder for the database can be reached by its user (uid ${account.uid}): tried ${link}, ${REACHABLE_ROOTS.join(', ')}`);
}

/** Whether the account can pass through every parent of `dir`: tried for real, since modes do not tell about ACLs or mounts. */
function canEnter(dir: string, account: ServerAccount | undefined): boolean {
  return !account || spawnSync('/bin/sh', ['-c', 'cd "$0"', dir], serverProcessOptions(account)).status === 0;
}
