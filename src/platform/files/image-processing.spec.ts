import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { ImageTooLargeError, ImageUnreadableError, UnsupportedImageError } from './files.errors.js';
import { MAX_IMAGE_BYTES, processImage } from './image-processing.js';

/** A picture with soft shapes and some grain, so that encoders have something to do. */
async function picture(width = 800, height = 600): Promise<Sharp> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="#7aa"/><circle cx="35%" cy="40%" r="25%" fill="#c63"/>
    <rect x="60%" y="50%" width="30%" height="45%" fill="#234"/></svg>`;
  return sharp(await sharp(Buffer.from(svg)).removeAlpha().png().toBuffer());
}

/** The parts of a PNG, so that a header can promise what the data does not hold. */
function png(width: number, height: number, data: Buffer): Buffer {
  const chunk = (type: string, body: Buffer): Buffer => {
    const content = Buffer.concat([Buffer.from(type, 'latin1'), body]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(body.length, 0);
    frame.writeUInt32BE(crc32(content), 4);
    return Buffer.concat([frame.subarray(0, 4), content, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(data)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('processImage', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('keeps %s as it is and adds a WebP thumbnail', async (format) => {
    const uploaded = await (await picture()).toFormat(format).toBuffer();
    const result = await processImage(uploaded);
    expect(result).toMatchObject({ contentType: `image/${format}`, width: 800, height: 600 });
    expect((await sharp(result.bytes).metadata()).format).toBe(format);
    expect(await sharp(result.thumbnail).metadata()).toMatchObject({ format: 'webp', width: 480, height: 360 });
    expect(result.sha256).toBe(createHash('sha256').update(result.bytes).digest('hex'));
    expect(result.sourceSha256).toBe(createHash('sha256').update(uploaded).digest('hex'));
    expect(result.phash).toMatch(/^[0-9a-f]{16}$/);
    expect(result.dhash).toMatch(/^[0-9a-f]{16}$/);
  });

  it('removes EXIF with its GPS position and every other text', async () => {
    const tagged = await (
      await picture()
    )
      .jpeg()
      .withExif({
        IFD0: { Artist: 'Somebody Private', ImageDescription: 'my home' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '42/1 41/1 52/1', GPSLongitudeRef: 'E', GPSLongitude: '23/1 19/1 19/1' },
      })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">owner</x:xmpmeta>')
      .toBuffer();
    expect((await sharp(tagged).metadata()).exif?.includes('Somebody Private')).toBe(true);

    const { bytes, thumbnail } = await processImage(tagged);

    for (const output of [bytes, thumbnail]) {
      const { exif, xmp, icc, comments } = await sharp(output).metadata();
      expect({ exif, xmp, icc, comments }).toEqual({});
      expect(output.includes('Exif')).toBe(false);
      expect(output.includes('Somebody Private')).toBe(false);
    }
  });

  it('turns the picture upright before the orientation tag goes', async () => {
    const lying = await (await picture(800, 600)).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const upright = await processImage(lying);
    expect(upright).toMatchObject({ width: 600, height: 800 });
    expect((await sharp(upright.bytes).metadata()).orientation).toBeUndefined();
  });

  it('shrinks to 4096 pixels a side and never enlarges', async () => {
    const wide = await processImage(await (await picture(5000, 500)).jpeg().toBuffer());
    expect(wide).toMatchObject({ width: 4096, height: 410 });
    const tiny = await processImage(await (await picture(20, 10)).png().toBuffer());
    expect(tiny).toMatchObject({ width: 20, height: 10 });
    expect(await sharp(tiny.thumbnail).metadata()).toMatchObject({ width: 20, height: 10 });
  });

  it('takes the first frame of an animation', async () => {
    const frames = Buffer.concat([Buffer.alloc(64 * 64 * 3, 255), Buffer.alloc(64 * 64 * 3, 0)]);
    const animated = await sharp(frames, { raw: { width: 64, height: 128, channels: 3, pageHeight: 64 } })
      .webp()
      .toBuffer();
    expect((await sharp(animated).metadata()).pages).toBe(2);
    const { bytes, width, height } = await processImage(animated);
    expect({ width, height, pages: (await sharp(bytes).metadata()).pages }).toEqual({ width: 64, height: 64, pages: undefined });
  });

  it('keeps transparency of a PNG and turns CMYK and 16-bit colours into plain sRGB', async () => {
    const clear = await sharp({ create: { width: 30, height: 30, channels: 4, background: '#12345680' } })
      .png()
      .toBuffer();
    expect((await sharp((await processImage(clear)).bytes).metadata()).hasAlpha).toBe(true);
    const cmyk = await (await picture()).toColourspace('cmyk').jpeg().toBuffer();
    expect((await sharp((await processImage(cmyk)).bytes).metadata()).space).toBe('srgb');
    const deep = await (await picture()).toColourspace('rgb16').png().toBuffer();
    expect((await sharp((await processImage(deep)).bytes).metadata()).depth).toBe('uchar');
  });

  it('drops what was hidden behind the picture', async () => {
    const polyglot = Buffer.concat([
      await (await picture()).jpeg().toBuffer(),
      Buffer.from('<script>alert(1)</script>PK\x03\x04'),
    ]);
    expect((await processImage(polyglot)).bytes.includes('<script>')).toBe(false);
  });

  it.each([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'],
    ['renamed HTML', '<!doctype html><script>alert(1)</script>'],
    ['GIF', 'GIF89a\x01\x00\x01\x00\x00\x00\x00;'],
    ['PDF', '%PDF-1.7\n'],
    ['AVIF', '\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf'],
    ['nothing', ''],
  ])('refuses %s', async (_name, content) => {
    await expect(processImage(Buffer.from(content, 'latin1'))).rejects.toThrow(UnsupportedImageError);
  });

  it('says plainly that HEIC is not supported here', async () => {
    const heic = Buffer.from('\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic', 'latin1');
    await expect(processImage(heic)).rejects.toThrow(
      expect.objectContaining({ code: 'FILE_TYPE_UNSUPPORTED', message: expect.stringContaining('HEIC') }),
    );
  });

  it('refuses a truncated JPEG, PNG and WebP', async () => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const whole = await (await picture()).toFormat(format).toBuffer();
      await expect(processImage(whole.subarray(0, Math.floor(whole.length * 0.6)))).rejects.toThrow(ImageUnreadableError);
    }
  });

  it('refuses magic numbers with something else behind them', async () => {
    const disguised = [
      '\xff\xd8\xff\xe0<svg/>',
      'RIFF\x00\x00\x00\x00WEBP<svg xmlns="http://www.w3.org/2000/svg"/>',
      '\x89PNG\r\n\x1a\n',
    ];
    for (const content of disguised) {
      await expect(processImage(Buffer.from(content, 'latin1'))).rejects.toThrow(ImageUnreadableError);
    }
  });

  it('refuses more than 10 MB without looking inside', async () => {
    const bytes = Buffer.concat([await (await picture()).jpeg().toBuffer(), Buffer.alloc(12 * 1024 * 1024)]);
    await expect(processImage(bytes)).rejects.toThrow(ImageTooLargeError);
    await expect(processImage(bytes.subarray(0, MAX_IMAGE_BYTES))).resolves.toMatchObject({ width: 800 });
  });

  it('refuses a PNG bomb by its header, in no time', async () => {
    const bomb = png(30_000, 30_000, Buffer.alloc(30_001 * 200));
    expect(bomb.length).toBeLessThan(100_000);
    const started = performance.now();
    await expect(processImage(bomb)).rejects.toThrow(ImageTooLargeError);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('survives random damage: every answer is a picture or one of its own errors', async () => {
    const whole = await (await picture(200, 150)).jpeg().toBuffer();
    // A fixed sequence, so that a failure can be repeated.
    let state = 42;
    const random = (below: number): number => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) % below;
    for (let round = 0; round < 60; round++) {
      const damaged = Buffer.from(whole);
      for (let hit = 0; hit < 8; hit++) damaged[3 + random(damaged.length - 3)] = random(256);
      const outcome = await processImage(damaged).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toHaveProperty('code', expect.stringMatching(/^FILE_/));
      else expect(outcome).toHaveProperty('contentType', 'image/jpeg');
    }
  });
});
