import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import type { Repository } from 'typeorm';
import { createScratchDatabase, type ScratchDatabase } from '../../../test/support/scratch-database.js';
import { User } from '../../contexts/identity/users/user.entity.js';
import { StoredFile } from './file.entity.js';
import type { FileStorage, StoredObject } from './file-storage.js';
import { FileNotFoundError, FileStorageUnavailableError, UnsupportedImageError } from './files.errors.js';
import { FilesService, ORPHAN_AGE } from './files.service.js';

/** Storage in memory that can be told to fail. */
class MemoryStorage implements FileStorage {
  readonly objects = new Map<string, Buffer>();
  failing: 'put' | 'delete' | null = null;
  /** Fails the put of the second object only, as a crash half-way would. */
  failingKey: RegExp = /./;

  async put(key: string, bytes: Buffer): Promise<void> {
    if (this.failing === 'put' && this.failingKey.test(key)) throw new Error('storage down');
    this.objects.set(key, bytes);
  }

  async get(key: string): Promise<StoredObject | null> {
    const bytes = this.objects.get(key);
    return bytes ? { stream: Readable.from([bytes]), size: bytes.length } : null;
  }

  async delete(key: string): Promise<void> {
    if (this.failing === 'delete' && this.failingKey.test(key)) throw new Error('storage down');
    this.objects.delete(key);
  }
}

describe('FilesService', () => {
  let database: ScratchDatabase;
  const owner = randomUUID();
  let picture: Buffer;
  let files: Repository<StoredFile>;
  let storage: MemoryStorage;
  let now: Date;
  let service: FilesService;

  const hoursLater = (hours: number): Date => new Date(now.getTime() + hours * 3_600_000);
  const attach = (ids: string[], userId = owner): Promise<StoredFile[]> =>
    database.dataSource.transaction((manager) => service.attach(manager, ids, userId));

  beforeAll(async () => {
    database = await createScratchDatabase([StoredFile, User]);
    files = database.dataSource.getRepository(StoredFile);
    await database.pool.query(`INSERT INTO identity.users (id, clerk_id, name, created_at, updated_at) VALUES ($1, 'test|owner', 'Mila', now(), now())`, [owner]);
    picture = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#c63' } })
      .jpeg()
      .toBuffer();
  });

  afterAll(async () => {
    await database.drop();
  });

  beforeEach(async () => {
    await files.deleteAll();
    storage = new MemoryStorage();
    now = new Date('2026-03-01T10:00:00.123Z');
    service = new FilesService(files, storage, { now: () => now });
  });

  describe('upload', () => {
    it('stores picture and thumbnail and describes them in a row', async () => {
      const file = await service.upload(owner, picture, { purpose: 'case_image' });
      expect(await files.findOneByOrFail({ id: file.id })).toEqual(file);
      expect(file).toMatchObject({
        ownerId: owner,
        purpose: 'case_image',
        visibility: 'public',
        width: 60,
        height: 40,
        storedAt: now,
        attachedAt: null,
      });
      expect(storage.objects.get(file.storageKey)?.length).toBe(file.size);
      expect((await sharp(storage.objects.get(file.thumbnailKey)).metadata()).format).toBe('webp');
    });

    it('writes nothing for a file that is not a picture', async () => {
      await expect(service.upload(owner, Buffer.from('<html>'))).rejects.toThrow(UnsupportedImageError);
      expect([await files.count(), storage.objects.size]).toEqual([0, 0]);
    });

    it('leaves a row by which the sweep finds what a failure half-way wrote', async () => {
      storage.failing = 'put';
      storage.failingKey = /thumbnail/;
      await expect(service.upload(owner, picture)).rejects.toThrow(FileStorageUnavailableError);
      const [row] = await files.find();
      expect(row?.storedAt).toBeNull();
      expect(storage.objects.size).toBe(1);
      expect(await service.find(row!.id)).toBeNull();
      await expect(attach([row!.id])).rejects.toThrow(FileNotFoundError);
      expect(await service.removeOrphans(hoursLater(25))).toEqual({ removed: 1, failed: 0 });
      expect([await files.count(), storage.objects.size]).toEqual([0, 0]);
    });
  });

  it('opens the original and the thumbnail', async () => {
    const file = await service.upload(owner, picture);
    const original = await service.open((await service.find(file.id))!);
    expect((await buffer(original!.stream)).equals(storage.objects.get(file.storageKey)!)).toBe(true);
    const thumbnail = await service.open(file, 'thumbnail');
    expect(thumbnail?.size).toBe(storage.objects.get(file.thumbnailKey)?.length);
  });

  it('attaches what is private only while nothing refers to it, and once', async () => {
    const [file, used] = [await service.upload(owner, picture), await service.upload(owner, picture)];
    const attachPrivately = (id: string, userId = owner): Promise<void> => service.attachPrivately(database.dataSource.manager, id, userId, 'clinic_invoice');
    await attach([used.id]);
    await expect(attachPrivately(used.id)).rejects.toThrow(FileNotFoundError);
    await expect(attachPrivately(file.id, randomUUID())).rejects.toThrow(FileNotFoundError);
    await attachPrivately(file.id);
    await expect(attachPrivately(file.id)).rejects.toThrow(FileNotFoundError);
    expect(await service.find(file.id)).toMatchObject({ visibility: 'signed', purpose: 'clinic_invoice', attachedAt: now });
  });

  describe('attach', () => {
    it('answers in the order asked, repeated ids too, and keeps the first time', async () => {
      const [a, b] = [await service.upload(owner, picture), await service.upload(owner, picture)];
      const first = now;
      expect((await attach([b.id, a.id, b.id])).map((file) => file.id)).toEqual([b.id, a.id, b.id]);
      now = hoursLater(1);
      const [again] = await attach([a.id]);
      expect(again?.attachedAt).toEqual(first);
      expect((await files.findOneByOrFail({ id: a.id })).attachedAt).toEqual(first);
    });

    it('refuses ids that are unknown or belong to another, and then attaches none', async () => {
      const file = await service.upload(owner, picture);
      await expect(attach([file.id], randomUUID())).rejects.toMatchObject({ code: 'FILE_NOT_FOUND', status: 404 });
      await expect(attach([file.id, randomUUID()])).rejects.toThrow(FileNotFoundError);
      expect((await files.findOneByOrFail({ id: file.id })).attachedAt).toBeNull();
    });

    it('is undone when the transaction of the caller is', async () => {
      const file = await service.upload(owner, picture);
      const failed = database.dataSource.transaction(async (manager) => {
        await service.attach(manager, [file.id], owner);
        throw new Error('changed my mind');
      });
      await expect(failed).rejects.toThrow('changed my mind');
      expect((await files.findOneByOrFail({ id: file.id })).attachedAt).toBeNull();
    });
  });

  describe('removeOrphans', () => {
    it('removes what was never attached within 24 hours and nothing else', async () => {
      const old = await service.upload(owner, picture);
      const used = await service.upload(owner, picture);
      await attach([used.id]);
      now = new Date(now.getTime() + ORPHAN_AGE);
      const fresh = await service.upload(owner, picture);
      expect(await service.removeOrphans(new Date(now.getTime() + 1))).toEqual({ removed: 1, failed: 0 });
      expect((await files.find()).map((file) => file.id).sort()).toEqual([used.id, fresh.id].sort());
      expect(storage.objects.has(old.storageKey)).toBe(false);
      expect(storage.objects.size).toBe(4);
    });

    it('keeps the row while the objects cannot be removed, hides it, and tries again', async () => {
      const [stuck, other] = [await service.upload(owner, picture), await service.upload(owner, picture)];
      storage.failing = 'delete';
      storage.failingKey = new RegExp(stuck.id);
      expect(await service.removeOrphans(hoursLater(25))).toEqual({ removed: 1, failed: 1 });
      expect(await service.find(stuck.id)).toBeNull();
      await expect(attach([stuck.id])).rejects.toThrow(FileNotFoundError);
      expect(await files.countBy({ id: other.id })).toBe(0);
      storage.failing = null;
      expect(await service.removeOrphans(hoursLater(26))).toEqual({ removed: 1, failed: 0 });
      expect(storage.objects.size).toBe(0);
    });

    it('works through more than one batch', async () => {
      const file = await service.upload(owner, picture);
      const many = Array.from({ length: 250 }, (_, index) => ({
        ...file,
        id: randomUUID(),
        storageKey: `k${index}`,
        thumbnailKey: `t${index}`,
      }));
      await files.insert(many);
      expect(await service.removeOrphans(hoursLater(25))).toEqual({ removed: 251, failed: 0 });
    });

    it('spares a file that is being attached at that very moment', async () => {
      const file = await service.upload(owner, picture);
      let sweep: Promise<unknown> = Promise.resolve();
      await database.dataSource.transaction(async (manager) => {
        await service.attach(manager, [file.id], owner);
        sweep = service.removeOrphans(hoursLater(25));
        // Long enough for the sweep to arrive at the lock and wait there.
        await new Promise((resolve) => setTimeout(resolve, 200));
      });
      expect(await sweep).toEqual({ removed: 0, failed: 0 });
      expect((await service.find(file.id))?.attachedAt).toEqual(now);
      expect(storage.objects.size).toBe(2);
    });
  });
});
