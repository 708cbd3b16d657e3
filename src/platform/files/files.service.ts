import { buffer } from 'node:stream/consumers';
import { type EntityManager, In, IsNull, LessThan, MoreThan, Not, type Repository } from 'typeorm';
import { type FileVisibility, StoredFile } from './file.entity.js';
import { FileNotFoundError, FileStorageUnavailableError } from './files.errors.js';
import type { FileStorage, StoredObject } from './file-storage.js';
import { newId } from '../ids.js';
import { processImage, type ProcessedImage, signatureOf } from './image-processing.js';

/** What an upload is for; see {@link StoredFile}. */
export interface UploadOptions {
  /** Default `image`. */
  purpose?: string;
  /** Default `public`. */
  visibility?: FileVisibility;
}

/** What one sweep did. */
export interface OrphanSweep {
  /** Files whose objects and row are gone. */
  removed: number;
  /** Files whose objects could not be removed; the next sweep tries them again. */
  failed: number;
}

/** A file is an orphan when nothing refers to it this many milliseconds after its upload (spec 2.26). */
export const ORPHAN_AGE = 24 * 60 * 60 * 1000;

const SWEEP_BATCH = 100;

/** Uploaded pictures: taking them in, handing them out, tying them to what uses them, sweeping the rest. */
export class FilesService {
  constructor(
    private readonly files: Repository<StoredFile>,
    private readonly storage: FileStorage,
    private readonly clock: { now(): Date },
  ) {}

  /**
   * Checks, re-encodes and stores a picture. The row comes before the objects, so that a crash at any
   * point leaves a row by which the sweep finds what was written.
   *
   * @throws UnsupportedImageError, ImageTooLargeError, ImageUnreadableError as `processImage` does
   * @throws FileStorageUnavailableError nothing is usable; the same upload may be sent again
   */
  async upload(ownerId: string, bytes: Buffer, options: UploadOptions = {}): Promise<StoredFile> {
    const image = await processImage(bytes);
    const file = this.describe(ownerId, image, options);
    await this.files.insert(file);
    try {
      await this.storage.put(file.storageKey, image.bytes, image.contentType);
      await this.storage.put(file.thumbnailKey, image.thumbnail, 'image/webp');
    } catch (error) {
      throw new FileStorageUnavailableError({ cause: error });
    }
    file.storedAt = this.clock.now();
    await this.files.update({ id: file.id }, { storedAt: file.storedAt });
    return file;
  }

  /** The row of a file that is stored and not deleted, or null. Whether the caller may see it is the caller's question. */
  find(id: string): Promise<StoredFile | null> {
    return this.files.findOneBy({ id, storedAt: Not(IsNull()), deletedAt: IsNull() });
  }

  /** The contents of a file found before, or null when the storage has lost them. */
  open(file: StoredFile, variant: 'original' | 'thumbnail' = 'original'): Promise<StoredObject | null> {
    return this.storage.get(variant === 'original' ? file.storageKey : file.thumbnailKey);
  }

  /** The signature of a file found before; made from its thumbnail where it was stored without one, null when the storage has lost that. */
  async signature(file: StoredFile): Promise<Buffer | null> {
    if (file.signature) return file.signature;
    const thumbnail = await this.open(file, 'thumbnail');
    if (!thumbnail) return null;
    const signature = await signatureOf(await buffer(thumbnail.stream));
    await this.files.update({ id: file.id }, { signature });
    return signature;
  }

  /**
   * Ties files to what the caller is writing, inside the caller's transaction: if that rolls back, they
   * stay unattached. A file may be attached more than once; the first time counts.
   *
   * @returns the files in the order of `ids`
   * @throws FileNotFoundError one of them is unknown, deleted, unfinished or another user's
   */
  async attach(manager: EntityManager, ids: readonly string[], ownerId: string): Promise<StoredFile[]> {
    if (ids.length === 0) return [];
    const files = manager.getRepository(StoredFile);
    // Locked in the order of their ids, so that two callers with the same files cannot deadlock.
    const found = await files.find({
      where: { id: In(ids), ownerId, storedAt: Not(IsNull()), deletedAt: IsNull() },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    const byId = new Map(found.map((file) => [file.id, file]));
    const attached = ids.map((id) => {
      const file = byId.get(id);
      if (!file) throw new FileNotFoundError(`File ${id} does not exist or is not yours.`);
      return file;
    });
    const attachedAt = this.clock.now();
    await files.update({ id: In(ids), attachedAt: IsNull() }, { attachedAt });
    for (const file of found) file.attachedAt ??= attachedAt;
    return attached;
  }

  /**
   * Ties one file to what the caller is writing, inside the caller's transaction, and keeps it to its owner and staff
   * from then on.
   *
   * @throws FileNotFoundError as for `attach`, and when something refers to it already, for then others may see it
   */
  async attachPrivately(manager: EntityManager, id: string, ownerId: string, purpose: string): Promise<void> {
    const { affected } = await manager.update(
      StoredFile,
      { id, ownerId, attachedAt: IsNull(), storedAt: Not(IsNull()), deletedAt: IsNull() },
      { attachedAt: this.clock.now(), visibility: 'signed', purpose },
    );
    if (!affected) throw new FileNotFoundError(`File ${id} does not exist, is not yours, or is in use.`);
  }

  /**
   * Removes what was uploaded more than {@link ORPHAN_AGE} before `now` and never attached, uploads that
   * a crash cut short among them.
   *
   * The mark comes first and is its own transaction: it waits for an `attach` under way and then sees its
   * result, and an `attach` that comes later sees the mark. Only then go the objects, and the row last,
   * so that a crash in between is taken up by the next sweep.
   */
  async removeOrphans(now: Date): Promise<OrphanSweep> {
    const uploadedBefore = new Date(now.getTime() - ORPHAN_AGE);
    await this.files.update(
      { attachedAt: IsNull(), deletedAt: IsNull(), createdAt: LessThan(uploadedBefore) },
      { deletedAt: now },
    );
    const sweep: OrphanSweep = { removed: 0, failed: 0 };
    for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
      const batch = await this.files.find({
        where: { id: MoreThan(after), attachedAt: IsNull(), deletedAt: Not(IsNull()) },
        order: { id: 'ASC' },
        take: SWEEP_BATCH,
      });
      for (const file of batch) sweep[(await this.remove(file)) ? 'removed' : 'failed']++;
      const last = batch.at(-1);
      if (!last || batch.length < SWEEP_BATCH) return sweep;
      after = last.id;
    }
  }

  private async remove(file: StoredFile): Promise<boolean> {
    try {
      await this.storage.delete(file.storageKey);
      await this.storage.delete(file.thumbnailKey);
    } catch {
      return false;
    }
    await this.files.delete({ id: file.id });
    return true;
  }

  private describe(ownerId: string, image: ProcessedImage, options: UploadOptions): StoredFile {
    const id = newId();
    return this.files.create({
      id,
      ownerId,
      purpose: options.purpose ?? 'image',
      visibility: options.visibility ?? 'public',
      contentType: image.contentType,
      size: image.bytes.length,
      width: image.width,
      height: image.height,
      sha256: image.sha256,
      sourceSha256: image.sourceSha256,
      phash: image.phash,
      dhash: image.dhash,
      signature: image.signature,
      storageKey: `images/${id}.${image.extension}`,
      thumbnailKey: `images/${id}.thumbnail.webp`,
      createdAt: this.clock.now(),
      storedAt: null,
      attachedAt: null,
      deletedAt: null,
    });
  }
}
