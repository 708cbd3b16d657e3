import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { type Answer, TestApp } from '../../../test/support/test-app.js';
import { Clock } from '../clock.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { FilesWorker } from './files.worker.js';

interface View {
  id: string;
  contentType: string;
  size: number;
  width: number;
  height: number;
  sha256: string;
  phash: string;
  url: string;
  thumbnailUrl: string;
  code?: string;
}

describe('pictures over HTTP', () => {
  let app: TestApp;
  let owner: { token: string; id: string };
  let picture: Buffer;

  beforeAll(async () => {
    app = await TestApp.start();
    owner = await app.signIn('owner@example.org');
    picture = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#a60' } })
      .withExif({ IFD0: { Make: 'CameraCo' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '42/1 41/1 0/1' } })
      .jpeg()
      .toBuffer();
  });
  afterAll(() => app.stop());
  beforeEach(() => app.sql(`DELETE FROM platform.rate_limits`));

  const upload = (bytes: Buffer | null, { name = 'rex.jpg', type = 'image/jpeg', field = 'file', token = owner.token } = {}): Promise<Answer<View>> => {
    const form = new FormData();
    if (bytes) form.append(field, new Blob([new Uint8Array(bytes)], { type }), name);
    else form.append('note', 'no picture here');
    return app.post<View>('/v1/files', { token, body: form });
  };
  const download = async (path: string, headers: Record<string, string> = {}): Promise<{ response: Response; bytes: Buffer }> => {
    const response = await fetch(app.url + path, { headers });
    return { response, bytes: Buffer.from(await response.arrayBuffer()) };
  };

  it('are taken, described, and shown again to anybody', async () => {
    const { status, body } = await upload(picture);
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      contentType: 'image/jpeg',
      size: expect.any(Number),
      width: 900,
      height: 600,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      phash: expect.stringMatching(/^[0-9a-f]{16}$/),
      url: `/v1/files/${body.id}`,
      thumbnailUrl: `/v1/files/${body.id}/thumbnail`,
    });
    const original = await download(body.url);
    expect(original.response.headers.get('content-type')).toBe('image/jpeg');
    expect(original.response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(original.response.headers.get('content-security-policy')).toBe("default-src 'none'");
    expect(original.bytes).toHaveLength(body.size);
    const thumbnail = await download(body.thumbnailUrl);
    expect(thumbnail.response.headers.get('content-type')).toBe('image/webp');
    expect(await sharp(thumbnail.bytes).metadata()).toMatchObject({ format: 'webp', width: 480, height: 320 });
  });

  it('lose what the camera wrote about place and time', async () => {
    expect((await sharp(picture).metadata()).exif).toBeDefined();
    const { bytes } = await download((await upload(picture)).body.url);
    const { exif, xmp, iptc } = await sharp(bytes).metadata();
    expect([exif, xmp, iptc]).toEqual([undefined, undefined, undefined]);
    expect(bytes.includes('CameraCo')).toBe(false);
  });

  it('are told from their bytes, whatever name and type they come under', async () => {
    expect((await upload(picture, { name: 'rex.txt', type: 'text/plain' })).body.contentType).toBe('image/jpeg');
    const html = Buffer.from('<html><script>alert(1)</script></html>');
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    for (const bytes of [html, svg, Buffer.from('GIF89a'), Buffer.alloc(0)]) {
      expect(await upload(bytes)).toMatchObject({ status: 415, body: { code: 'FILE_TYPE_UNSUPPORTED' } });
    }
  });

  it('are refused when damaged', async () => {
    expect(await upload(picture.subarray(0, 200))).toMatchObject({ status: 400, body: { code: 'FILE_UNREADABLE' } });
  });

  it('are taken up to 10 MB, and refused beyond', async () => {
    const noise = await sharp(randomBytes(1_750 * 1_750 * 3), { raw: { width: 1_750, height: 1_750, channels: 3 } }).png({ compressionLevel: 0 }).toBuffer();
    expect(noise.length).toBeGreaterThan(9_000_000);
    expect(noise.length).toBeLessThan(10 * 1_048_576);
    expect((await upload(noise)).status).toBe(201);
    expect(await upload(Buffer.concat([noise, Buffer.alloc(3_000_000)]))).toMatchObject({ status: 413, body: { code: 'FILE_TOO_LARGE' } });
  });

  it('need a session', async () => {
    expect(await upload(picture, { token: '' })).toMatchObject({ status: 401, body: { code: 'NOT_AUTHENTICATED' } });
  });

  it('must come as `file` of a form', async () => {
    const missing = { status: 400, body: { code: 'VALIDATION', errors: [{ path: 'file' }] } };
    expect(await upload(null)).toMatchObject(missing);
    expect(await upload(picture, { field: 'picture' })).toMatchObject(missing);
    expect(await app.post('/v1/files', { token: owner.token, body: { file: 'rex' } })).toMatchObject(missing);
    for (const body of ['not a form', '--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\nbroken off']) {
      expect(await app.post('/v1/files', { token: owner.token, body, headers: { 'Content-Type': 'multipart/form-data; boundary=x' } })).toMatchObject(missing);
    }
  });

  it('are not found under another id, nor under a malformed one', async () => {
    expect(await app.get('/v1/files/0197a3de-7c11-7c4e-9f50-1f0a3f5d9b10')).toMatchObject({ status: 404, body: { code: 'FILE_NOT_FOUND' } });
    expect((await app.get('/v1/files/..%2f..%2fetc%2fpasswd')).status).toBe(400);
  });

  it('are not sent twice to a cache that has them', async () => {
    const { body } = await upload(picture);
    for (const path of [body.url, body.thumbnailUrl]) {
      const etag = (await download(path)).response.headers.get('etag')!;
      const again = await download(path, { 'If-None-Match': etag });
      expect([again.response.status, again.bytes.length]).toEqual([304, 0]);
    }
  });

  it('that are private show to their owner and to staff only', async () => {
    const { body } = await upload(picture);
    await app.sql(`UPDATE platform.files SET visibility = 'signed' WHERE id = $1`, [body.id]);
    const { token: stranger } = await app.signIn('stranger@example.org');
    const { token: admin } = await app.signIn('admin@example.org', 'admin');
    const statusFor = async (token?: string): Promise<number> => (await download(body.url, token ? { Authorization: `Bearer ${token}` } : {})).response.status;
    expect([await statusFor(), await statusFor(stranger), await statusFor(owner.token), await statusFor(admin)]).toEqual([404, 404, 200, 200]);
    expect((await download(body.url, { Authorization: `Bearer ${owner.token}` })).response.headers.get('cache-control')).toContain('private');
  });

  it('may be sent 20 times an hour by one person', async () => {
    const small = await sharp(picture).resize(30).toBuffer();
    const statuses = [];
    for (let i = 0; i < 21; i++) statuses.push((await upload(small)).status);
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 201), 429]);
  });

  it('that nothing used within a day are removed, from disk too', async () => {
    const { body } = await upload(picture);
    const folder = join(app.app.get<Config>(CONFIG).dataDir, 'files');
    const onDisk = async (): Promise<boolean> => (await readdir(folder, { recursive: true })).some((name) => name.includes(body.id));
    expect(await onDisk()).toBe(true);
    const clock = app.app.get(Clock);
    try {
      clock.now = () => new Date(Date.now() + 25 * 3_600_000);
      await app.app.get(FilesWorker, { strict: false }).removeOrphans();
    } finally {
      clock.now = () => new Date();
    }
    expect(await onDisk()).toBe(false);
    expect((await app.get(body.url)).status).toBe(404);
  });
});
