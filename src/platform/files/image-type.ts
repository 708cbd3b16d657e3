/** Picture types that an upload may have. */
export type ImageType = 'jpeg' | 'png' | 'webp' | 'heic';

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG_START = Buffer.from([0xff, 0xd8, 0xff]);

/** Brands of HEIC (HEVC coded) and of generic HEIF containers; ISO/IEC 23008-12. */
const HEIF_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);

/**
 * The picture type told by the first bytes alone; a file name or a declared content type is never
 * believed. Null for everything else: SVG, GIF, PDF, AVIF, HTML and the rest.
 */
export function sniffImageType(bytes: Buffer): ImageType | null {
  if (startsWith(bytes, JPEG_START)) return 'jpeg';
  if (startsWith(bytes, PNG_SIGNATURE)) return 'png';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'webp';
  if (isHeif(bytes)) return 'heic';
  return null;
}

const startsWith = (bytes: Buffer, prefix: Buffer): boolean => bytes.subarray(0, prefix.length).equals(prefix);

const ascii = (bytes: Buffer, from: number, to: number): string => bytes.toString('latin1', from, to);

/** HEIF opens with an `ftyp` box: size, `ftyp`, major brand, minor version, compatible brands. */
function isHeif(bytes: Buffer): boolean {
  if (bytes.length < 16 || ascii(bytes, 4, 8) !== 'ftyp') return false;
  const boxEnd = Math.min(bytes.readUInt32BE(0), bytes.length, 256);
  const brands = [ascii(bytes, 8, 12)];
  for (let at = 16; at + 4 <= boxEnd; at += 4) brands.push(ascii(bytes, at, at + 4));
  // AVIF shares the container and lists mif1 too, but is not an accepted type.
  return !brands.includes('avif') && !brands.includes('avis') && brands.some((brand) => HEIF_BRANDS.has(brand));
}
