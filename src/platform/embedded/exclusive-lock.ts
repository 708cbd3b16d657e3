import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

const SQLITE_BUSY = 5;
const RETRY_MS = 25;

/**
 * Runs `work` while no other process runs work under the same lock file.
 *
 * Node has no file locking of its own. An exclusive SQLite transaction is one: the operating system
 * takes the lock back when its holder dies, so a killed process never leaves a stale lock behind.
 *
 * @param path lock file, created when missing; stays empty
 * @param timeoutMs how long to wait for another holder before giving up with an error
 */
export async function withExclusiveLock<T>(path: string, timeoutMs: number, work: () => Promise<T>): Promise<T> {
  const file = openLockFile(path);
  try {
    const deadline = Date.now() + timeoutMs;
    while (!tryLock(file)) {
      if (Date.now() > deadline) throw new Error(`${path} has been locked by another process for ${timeoutMs / 1000} s`);
      await sleep(RETRY_MS);
    }
    return await work();
  } finally {
    file.close();
  }
}

function openLockFile(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { timeout: 0 });
  } catch (cause) {
    throw new Error(`${path} cannot be opened; does the folder belong to another user?`, { cause });
  }
}

function tryLock(file: DatabaseSync): boolean {
  try {
    file.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false;
    throw error;
  }
}
