import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { assertStorageKey, type FileStorage, type StoredObject } from './file-storage.js';

/** Files in a folder of this machine: the default, for one machine or a shared volume. */
export class DiskStorage implements FileStorage {
  private readonly root: string;

  /** @param root folder that holds the objects; made when missing */
  constructor(root: string) {
    this.root = resolve(root);
  }

  async put(key: string, bytes: Buffer): Promise<void> {
    const path = this.pathOf(key);
    const folder = dirname(path);
    await mkdir(folder, { recursive: true });
    const partial = partialOf(path);
    const file = await open(partial, 'w', 0o640);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
    await syncFolder(folder);
  }

  async get(key: string): Promise<StoredObject | null> {
    try {
      const file = await open(this.pathOf(key), 'r');
      const { size } = await file.stat();
      return { stream: file.createReadStream(), size };
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async delete(key: string): Promise<void> {
    const path = this.pathOf(key);
    await rm(path, { force: true });
    await rm(partialOf(path), { force: true });
  }

  /** 256 folders by a hash of the key: keys begin with a time and would all share their first letters. */
  private pathOf(key: string): string {
    assertStorageKey(key);
    const shard = createHash('sha256').update(key).digest('hex').slice(0, 2);
    return join(this.root, shard, key);
  }
}

/** No key contains `~`. The name is fixed so that deleting the key also clears what a crash left half written. */
const partialOf = (path: string): string => `${path}~`;

/** Makes the rename itself durable. Windows cannot open a folder, and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';
