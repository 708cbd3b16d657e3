import { DHASH_HEIGHT, DHASH_WIDTH, dhash, hammingDistance, phash, PHASH_SIDE } from './perceptual-hash.js';

/**
 * Tells copies of a picture from other pictures, though the copy was encoded anew, shrunk, or lost up to 3 % at
 * each border. How the numbers here were found is in docs/duplicates.md.
 *
 * A crop moves everything that a hash looks at, so pictures are compared by the part that a crop leaves: of the
 * known picture the middle ({@link likenessOf}), of the one in question every window that the middle may be now
 * ({@link windowsOf}). Hashes find candidates; {@link compare} then looks at the pixels.
 */

/** Gray pixels a side, and pixels of each of the two colour planes a side, that a signature holds. */
export const SIGNATURE_GRAY = PHASH_SIDE;
export const SIGNATURE_COLOUR = 8;

/** Bytes of a signature: gray, then blue and red difference around 128. */
export const SIGNATURE_BYTES = SIGNATURE_GRAY ** 2 + 2 * SIGNATURE_COLOUR ** 2;

/** Share cut off each side of the known picture; as much may a copy lose. */
const MARGIN = 0.03;
/** What windows of the other picture lose at each side: nothing where the copy lost its margin, twice that where the known one did. */
const CUTS = [0, MARGIN, 2 * MARGIN];

/** Sides of the details that pixels are compared in. */
const DETAIL_GRAY = 16;
const DETAIL_COLOUR = 4;

/** Below this spread of its gray values (0-255) a picture is flat: its hashes are noise. */
const FLAT = 1.5;

/** Most bits in which hashes of copies differ (behaviour 2.6). */
export const PHASH_DISTANCE = 6;
export const DHASH_DISTANCE = 8;

/**
 * Most that copies differ in their details, in steps of 0-255: in brightness on the whole, in structure and in
 * colour, which may differ the more the more of it there is.
 */
const BRIGHTNESS = 6;
const STRUCTURE = { least: 1, share: 0.35 };
const COLOUR = { least: 2, share: 0.3 };

export interface Hashes {
  /** 16 hex digits. */
  phash: string;
  /** 16 hex digits. */
  dhash: string;
}

/** What is kept of a picture to know its copies by. */
export interface Likeness extends Hashes {
  /** The middle of the picture in few pixels, to tell pictures apart that only hash alike. */
  details: Buffer;
}

export interface Window extends Hashes {
  cut: Cut;
}

export interface Distance {
  phashDistance: number;
  dhashDistance: number;
}

/** Shares cut off left, top, right and bottom. */
type Cut = readonly [number, number, number, number];

const WINDOWS: readonly Cut[] = CUTS.flatMap((left) => CUTS.flatMap((top) => CUTS.flatMap((right) => CUTS.map((bottom): Cut => [left, top, right, bottom]))));
const MIDDLE: Cut = [MARGIN, MARGIN, MARGIN, MARGIN];

/** The likeness of a picture by its signature; null for a flat one, which looks like any other. */
export function likenessOf(signature: Uint8Array): Likeness | null {
  const { gray } = planes(signature);
  if (spread(gray) < FLAT) return null;
  return { ...hashesOf(gray, MIDDLE), details: detailsOf(signature, MIDDLE) };
}

/** Every part of a picture that the middle of its original, or of its copy, may be. */
export function windowsOf(signature: Uint8Array): Window[] {
  const { gray } = planes(signature);
  return WINDOWS.map((cut) => ({ cut, ...hashesOf(gray, cut) }));
}

/** How far the picture with these windows is from a known one; null where it is another picture. */
export function compare(signature: Uint8Array, windows: readonly Window[], known: Likeness): Distance | null {
  const near = windows
    .map(({ cut, phash: p, dhash: d }) => ({ cut, phashDistance: hammingDistance(p, known.phash), dhashDistance: hammingDistance(d, known.dhash) }))
    .filter(({ phashDistance, dhashDistance }) => phashDistance <= PHASH_DISTANCE && dhashDistance <= DHASH_DISTANCE)
    .sort((a, b) => a.phashDistance + a.dhashDistance - b.phashDistance - b.dhashDistance);
  const found = near.find(({ cut }) => sameDetails(detailsOf(signature, cut), known.details));
  return found ? { phashDistance: found.phashDistance, dhashDistance: found.dhashDistance } : null;
}

function hashesOf(gray: Uint8Array, cut: Cut): Hashes {
  return {
    phash: phash(resample(gray, SIGNATURE_GRAY, cut, PHASH_SIDE, PHASH_SIDE)),
    dhash: dhash(resample(gray, SIGNATURE_GRAY, cut, DHASH_WIDTH, DHASH_HEIGHT)),
  };
}

function detailsOf(signature: Uint8Array, cut: Cut): Buffer {
  const { gray, blue, red } = planes(signature);
  const colour = (plane: Uint8Array): Float64Array => resample(plane, SIGNATURE_COLOUR, cut, DETAIL_COLOUR, DETAIL_COLOUR);
  const values = [resample(gray, SIGNATURE_GRAY, cut, DETAIL_GRAY, DETAIL_GRAY), colour(blue), colour(red)];
  return Buffer.from(values.flatMap((plane) => Array.from(plane, Math.round)));
}

function sameDetails(a: Uint8Array, b: Uint8Array): boolean {
  const gray = DETAIL_GRAY ** 2;
  const blue = gray + DETAIL_COLOUR ** 2;
  const difference = Float64Array.from(a, (value, at) => value - b[at]!);
  const bound = (from: number, to: number, { least, share }: typeof STRUCTURE): number => least + share * Math.min(spread(a.subarray(from, to)), spread(b.subarray(from, to)));
  const colourIsNear = (from: number, to: number): boolean => {
    const plane = difference.subarray(from, to);
    return Math.hypot(mean(plane), spread(plane)) <= bound(from, to, COLOUR);
  };
  const structure = difference.subarray(0, gray);
  return Math.abs(mean(structure)) <= BRIGHTNESS && spread(structure) <= bound(0, gray, STRUCTURE) && colourIsNear(gray, blue) && colourIsNear(blue, a.length);
}

function planes(signature: Uint8Array): { gray: Uint8Array; blue: Uint8Array; red: Uint8Array } {
  if (signature.length !== SIGNATURE_BYTES) throw new RangeError(`expected a signature of ${SIGNATURE_BYTES} bytes, got ${signature.length}`);
  const gray = SIGNATURE_GRAY ** 2;
  const colour = SIGNATURE_COLOUR ** 2;
  return { gray: signature.subarray(0, gray), blue: signature.subarray(gray, gray + colour), red: signature.subarray(gray + colour) };
}

/** The part of a square that a cut leaves, as so many pixels: each the mean of the area it covers. */
function resample(pixels: Uint8Array, side: number, [left, top, right, bottom]: Cut, width: number, height: number): Float64Array {
  const across = areas(side, left, right, width);
  const down = areas(side, top, bottom, height);
  const rows = new Float64Array(side * width);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < width; x++) {
      const { first, shares } = across[x]!;
      for (let at = 0; at < shares.length; at++) rows[y * width + x]! += shares[at]! * pixels[y * side + first + at]!;
    }
  }
  const result = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    const { first, shares } = down[y]!;
    for (let x = 0; x < width; x++) {
      for (let at = 0; at < shares.length; at++) result[y * width + x]! += shares[at]! * rows[(first + at) * width + x]!;
    }
  }
  return result;
}

/** The pixels of a line that one pixel of the result covers, from the first, each with its share. */
interface Area {
  first: number;
  shares: number[];
}

const known = new Map<string, Area[]>();

function areas(side: number, before: number, after: number, count: number): Area[] {
  const key = [side, before, after, count].join();
  const found = known.get(key) ?? Array.from({ length: count }, (_, index) => area(side, before, after, count, index));
  known.set(key, found);
  return found;
}

function area(side: number, before: number, after: number, count: number, index: number): Area {
  const step = (side * (1 - before - after)) / count;
  const from = side * before + index * step;
  const first = Math.floor(from);
  const last = Math.min(side, Math.ceil(from + step - 1e-9));
  const shares = Array.from({ length: last - first }, (_, at) => (Math.min(from + step, first + at + 1) - Math.max(from, first + at)) / step);
  return { first, shares };
}

function mean(values: ArrayLike<number>): number {
  let total = 0;
  for (let at = 0; at < values.length; at++) total += values[at]!;
  return total / values.length;
}

/** Standard deviation. */
function spread(values: ArrayLike<number>): number {
  const middle = mean(values);
  let total = 0;
  for (let at = 0; at < values.length; at++) total += (values[at]! - middle) ** 2;
  return Math.sqrt(total / values.length);
}
