import { createHash } from 'node:crypto';
import sharp, { type Sharp, type SharpOptions } from 'sharp';
import { ImageTooLargeError, ImageUnreadableError, UnsupportedImageError } from './files.errors.js';
import { type ImageType, sniffImageType } from './image-type.js';
import { DHASH_HEIGHT, DHASH_WIDTH, dhash, phash, PHASH_SIDE } from './perceptual-hash.js';
import { SIGNATURE_COLOUR } from './picture-likeness.js';
import { Semaphore } from './semaphore.js';

/** Largest upload in bytes (spec 2.26). */
export const MAX_IMAGE_BYTES = 10 * 1024 * 1024;

/** Most pixels an upload may unfold to; a few kilobytes of PNG can otherwise ask for gigabytes. */
export const MAX_IMAGE_PIXELS = 50_000_000;

/** Longest side of the stored picture in pixels; larger ones are shrunk. */
export const MAX_IMAGE_SIDE = 4096;

/** Longest side of the thumbnail in pixels. */
export const THUMBNAIL_SIDE = 480;

/** A picture ready to store: decoded and encoded anew, so that nothing but its pixels is left. */
export interface ProcessedImage {
  /** The re-encoded picture. */
  bytes: Buffer;
  contentType: 'image/jpeg' | 'image/png' | 'image/webp';
  /** File name ending of {@link bytes}, without a dot. */
  extension: 'jpg' | 'png' | 'webp';
  /** Pixels, after the turn that EXIF asked for. */
  width: number;
  height: number;
  /** WebP, at most {@link THUMBNAIL_SIDE} pixels a side. */
  thumbnail: Buffer;
  /** SHA-256 of {@link bytes}, 64 hex digits. */
  sha256: string;
  /** SHA-256 of the bytes as they were uploaded, 64 hex digits. */
  sourceSha256: string;
  /** DCT perceptual hash, 16 hex digits. */
  phash: string;
  /** Difference hash, 16 hex digits. */
  dhash: string;
  /** The picture in few pixels, see `picture-likeness`. */
  signature: Buffer;
}

/** Seconds after which the decoder gives up on a picture. */
const TIMEOUT_SECONDS = 20;

/** A decoded picture may need 200 MB: two at a time, one thread each, nothing kept between them. */
const slots = new Semaphore(2);
sharp.concurrency(1);
sharp.cache(false);

/** HEIC needs an HEVC decoder, which sharp's own binaries leave out for its patents. */
const canDecodeHeic = sharp.format.heif.input.fileSuffix?.includes('.heic') ?? false;

const OUTPUT = {
  jpeg: { extension: 'jpg', contentType: 'image/jpeg', encode: (image: Sharp) => image.jpeg({ quality: 85 }) },
  png: { extension: 'png', contentType: 'image/png', encode: (image: Sharp) => image.png() },
  webp: { extension: 'webp', contentType: 'image/webp', encode: (image: Sharp) => image.webp({ quality: 85, effort: 2 }) },
} as const;

/**
 * Checks an uploaded picture and encodes it anew: first frame only, upright, in sRGB, at most
 * {@link MAX_IMAGE_SIDE} pixels a side, without EXIF (GPS), comments or trailing bytes. JPEG, PNG and
 * WebP keep their type; HEIC becomes JPEG.
 *
 * @throws UnsupportedImageError another type, or HEIC where the installed decoder lacks it
 * @throws ImageTooLargeError more than {@link MAX_IMAGE_BYTES} or {@link MAX_IMAGE_PIXELS}
 * @throws ImageUnreadableError damaged or truncated
 */
export async function processImage(bytes: Buffer): Promise<ProcessedImage> {
  if (bytes.length > MAX_IMAGE_BYTES) throw new ImageTooLargeError('A picture may have at most 10 MB.');
  const type = sniffImageType(bytes);
  if (type === null) throw new UnsupportedImageError('Only JPEG, PNG, WebP and HEIC pictures are accepted.');
  if (type === 'heic' && !canDecodeHeic) {
    throw new UnsupportedImageError('HEIC pictures are not supported by this installation; send JPEG, PNG or WebP.');
  }
  return slots.run(() => reencode(bytes, type));
}

async function reencode(bytes: Buffer, type: ImageType): Promise<ProcessedImage> {
  await checkHeader(bytes, type);
  const output = OUTPUT[type === 'heic' ? 'jpeg' : type];
  try {
    const upright = open(bytes)
      .autoOrient()
      .resize({ width: MAX_IMAGE_SIDE, height: MAX_IMAGE_SIDE, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb');
    const stored = await output.encode(upright).toBuffer({ resolveWithObject: true });
    const preview = await open(stored.data)
      .resize({ width: THUMBNAIL_SIDE, height: THUMBNAIL_SIDE, fit: 'inside', withoutEnlargement: true })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const small = (): Sharp => sharp(preview.data, { raw: preview.info });
    const gray = await grayPixels(small(), PHASH_SIDE, PHASH_SIDE);
    return {
      bytes: stored.data,
      contentType: output.contentType,
      extension: output.extension,
      width: stored.info.width,
      height: stored.info.height,
      thumbnail: await small().webp({ quality: 78 }).toBuffer(),
      sha256: sha256(stored.data),
      sourceSha256: sha256(bytes),
      phash: phash(gray),
      dhash: dhash(await grayPixels(small(), DHASH_WIDTH, DHASH_HEIGHT)),
      signature: Buffer.concat([gray, await colours(small())]),
    };
  } catch (error) {
    throw new ImageUnreadableError({ detail: 'The picture is damaged or incomplete.', cause: error });
  }
}

/** Reads the header alone, so that a bomb is refused before any pixel of it is unpacked. */
async function checkHeader(bytes: Buffer, type: ImageType): Promise<void> {
  const header = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw new ImageUnreadableError({ detail: 'The picture is damaged or incomplete.', cause: error });
    });
  if (header.format !== (type === 'heic' ? 'heif' : type)) {
    throw new ImageUnreadableError('The picture is not what its first bytes promise.');
  }
  if (header.width * header.height > MAX_IMAGE_PIXELS) {
    throw new ImageTooLargeError(`A picture may have at most ${MAX_IMAGE_PIXELS / 1_000_000} million pixels.`);
  }
}

function open(bytes: Buffer): Sharp {
  const options: SharpOptions = { failOn: 'error', limitInputPixels: MAX_IMAGE_PIXELS, pages: 1 };
  return sharp(bytes, options).timeout({ seconds: TIMEOUT_SECONDS });
}

/** Squeezed to the size asked for whatever its shape, transparent parts on white. */
async function grayPixels(image: Sharp, width: number, height: number): Promise<Uint8Array> {
  return image.flatten({ background: 'white' }).grayscale().resize(width, height, { fit: 'fill' }).raw().toBuffer();
}

/** Blue and red difference of 8 x 8 pixels, around 128; a gray picture has none. */
async function colours(image: Sharp): Promise<Uint8Array> {
  const { data, info } = await image.flatten({ background: 'white' }).resize(SIGNATURE_COLOUR, SIGNATURE_COLOUR, { fit: 'fill' }).raw().toBuffer({ resolveWithObject: true });
  const plane = (red: number, green: number, blue: number): number[] =>
    Array.from({ length: SIGNATURE_COLOUR ** 2 }, (_, pixel) => {
      const [r, g, b] = info.channels < 3 ? [0, 0, 0] : data.subarray(pixel * info.channels);
      return Math.round(128 + red * r! + green * g! + blue * b!);
    });
  // The weights of JPEG's own colour planes.
  return Uint8Array.from([...plane(-0.169, -0.331, 0.5), ...plane(0.5, -0.419, -0.081)], (value) => Math.min(255, value));
}

/**
 * The signature of a picture stored before signatures were kept, from its thumbnail.
 * @throws ImageUnreadableError
 */
export async function signatureOf(thumbnail: Buffer): Promise<Buffer> {
  return slots.run(async () => {
    try {
      return Buffer.concat([await grayPixels(open(thumbnail), PHASH_SIDE, PHASH_SIDE), await colours(open(thumbnail))]);
    } catch (error) {
      throw new ImageUnreadableError({ detail: 'The picture is damaged or incomplete.', cause: error });
    }
  });
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
