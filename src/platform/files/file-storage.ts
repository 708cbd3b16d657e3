import type { Readable } from 'node:stream';

/** An object read back; the caller consumes or destroys the stream. */
export interface StoredObject {
  stream: Readable;
  /** Bytes. */
  size: number;
}

/**
 * Where file contents live. Keys are made by the application, used for one object only and never
 * written again with other bytes. Never called inside a database transaction.
 */
export interface FileStorage {
  /** Stores the bytes; when it returns they survive a crash, before that the key reads as absent. */
  put(key: string, bytes: Buffer, contentType: string): Promise<void>;
  /** The object, or null when there is none. */
  get(key: string): Promise<StoredObject | null>;
  /** Removes the object; removing an absent one is no error. */
  delete(key: string): Promise<void>;
}

const SEGMENT = '[A-Za-z0-9][A-Za-z0-9_-]*(?:\\.[A-Za-z0-9_-]+)*';
const KEY = new RegExp(`^${SEGMENT}(?:/${SEGMENT}){0,4}$`);

/**
 * Refuses keys that could leave the storage's folder or mean something to a file system: only
 * letters, digits, `-`, `_`, single inner dots, and up to five segments parted by `/`.
 *
 * @throws RangeError
 */
export function assertStorageKey(key: string): void {
  if (key.length > 200 || !KEY.test(key)) throw new RangeError('invalid storage key');
}
