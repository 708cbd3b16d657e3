import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const HEARTBEAT_MS = 1_000;
const SILENT_MS = 15_000;

/**
 * Runs `work` while no other process does so under the same lock file. The holder touches the file every second;
 * one whose process is gone, or that has been silent (its process id may be another program's by now), has lost it.
 *
 * @param {string} path
 * @param {() => void} waiting called once when another process holds the lock
 * @param {() => Promise<void>} work
 */
export async function exclusively(path, waiting, work) {
  for (let told = false; !(await acquire(path)); await sleep(200)) {
    if (!told) waiting();
    told = true;
  }
  const heartbeat = setInterval(() => utimes(path, new Date(), new Date()).catch(() => undefined), HEARTBEAT_MS);
  try {
    await work();
  } finally {
    clearInterval(heartbeat);
    await rm(path, { force: true });
  }
}

async function acquire(path) {
  for (;;) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx' });
      return true;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!(await removeStale(path))) return false;
  }
}

async function removeStale(path) {
  const holder = await readFile(path, 'utf8').catch(() => undefined);
  const file = await stat(path).catch(() => undefined);
  if (holder === undefined || !file) return true;
  const silent = Date.now() - file.mtimeMs > SILENT_MS;
  if (!silent && (holder === '' || isAlive(Number(holder)))) return false;
  // Renaming shows which of several waiting processes removes it, and whether it is still the file that was read.
  const aside = `${path}.${process.pid}`;
  const renamed = await rename(path, aside).then(() => true, () => false);
  if (renamed && (await readFile(aside, 'utf8')) !== holder) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
  return true;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
