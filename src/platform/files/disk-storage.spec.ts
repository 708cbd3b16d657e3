import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { DiskStorage } from './disk-storage.js';

describe('DiskStorage', () => {
  let root: string;
  let storage: DiskStorage;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'disk-storage-'));
    storage = new DiskStorage(join(root, 'files'));
  });

  afterEach(() => rm(root, { recursive: true }));

  /** Every file under the root, without folders. */
  const files = async (): Promise<string[]> =>
    (await readdir(root, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));

  it('gives back what it was given', async () => {
    await storage.put('images/a.jpg', Buffer.from('content'));
    const object = await storage.get('images/a.jpg');
    expect(object?.size).toBe(7);
    expect((await buffer(object!.stream)).toString()).toBe('content');
  });

  it('leaves one file and nothing temporary behind', async () => {
    await storage.put('images/a.jpg', Buffer.from('first'));
    await storage.put('images/a.jpg', Buffer.from('again'));
    expect(await files()).toEqual([expect.stringMatching(/[\\/][0-9a-f]{2}[\\/]images[\\/]a\.jpg$/)]);
  });

  it('spreads keys that begin alike over folders', async () => {
    for (let index = 0; index < 20; index++) await storage.put(`images/0199-${index}.jpg`, Buffer.from('x'));
    expect((await readdir(join(root, 'files'))).length).toBeGreaterThan(10);
  });

  it('answers null for what is not there, and deletes it without complaint', async () => {
    expect(await storage.get('images/none.jpg')).toBeNull();
    await expect(storage.delete('images/none.jpg')).resolves.toBeUndefined();
  });

  it('deletes the object together with what a crash left half written', async () => {
    await storage.put('images/a.jpg', Buffer.from('content'));
    const [path] = await files();
    await writeFile(`${path}~`, 'cont');
    await storage.delete('images/a.jpg');
    expect(await files()).toEqual([]);
  });

  it.each([
    '',
    '.',
    '..',
    '../a',
    'a/../b',
    '/etc/passwd',
    'a//b',
    'a/',
    '.hidden',
    'a\\b',
    'a\0',
    'C:a',
    'a~',
    'a/b/c/d/e/f',
    'x'.repeat(201),
  ])('refuses the key %j', async (key) => {
    await expect(storage.put(key, Buffer.from('x'))).rejects.toThrow(RangeError);
    await expect(storage.get(key)).rejects.toThrow(RangeError);
    await expect(storage.delete(key)).rejects.toThrow(RangeError);
    expect(await files()).toEqual([]);
  });
});
