/** Side of the grayscale picture that {@link phash} looks at. */
export const PHASH_SIDE = 32;

/** Width and height of the grayscale picture that {@link dhash} looks at. */
export const DHASH_WIDTH = 9;
export const DHASH_HEIGHT = 8;

const KEPT = 8;

/** Below this a frequency is rounding noise (a flat picture has nothing else); it counts as zero. */
const NOISE = 0.01;

/** `COSINES[k][x]` is cos((2x + 1) k pi / 2N), the basis of the DCT-II, for the frequencies kept. */
const COSINES: readonly (readonly number[])[] = Array.from({ length: KEPT }, (_, k) =>
  Array.from({ length: PHASH_SIDE }, (_unused, x) => Math.cos(((2 * x + 1) * k * Math.PI) / (2 * PHASH_SIDE))),
);

/**
 * Perceptual hash of a picture: the signs, against their median, of the 64 lowest frequencies of its
 * 2-D cosine transform. Scaling, recompression and small crops move few bits.
 *
 * @param pixels 32 x 32 gray values 0-255, row by row
 * @returns 64 bits as 16 hex digits
 */
export function phash(pixels: Uint8Array): string {
  expectLength(pixels, PHASH_SIDE * PHASH_SIDE);
  // The transform is separable: rows first, then columns of what the rows gave.
  const rows: number[][] = [];
  for (let y = 0; y < PHASH_SIDE; y++) {
    rows.push(COSINES.map((basis) => sum(PHASH_SIDE, (x) => pixels[y * PHASH_SIDE + x]! * basis[x]!)));
  }
  const frequencies: number[] = [];
  for (let v = 0; v < KEPT; v++) {
    for (let u = 0; u < KEPT; u++) {
      const value = sum(PHASH_SIDE, (y) => rows[y]![u]! * COSINES[v]![y]!);
      frequencies.push(Math.abs(value) < NOISE ? 0 : value);
    }
  }
  // The first frequency is the mean brightness; left in the median it would only shift it.
  const middle = median(frequencies.slice(1));
  return hex(frequencies.map((value, index) => index > 0 && value > middle));
}

/**
 * Difference hash: for each of 8 rows, whether each of 8 pixels is brighter than the one to its right.
 *
 * @param pixels 9 x 8 gray values 0-255, row by row
 * @returns 64 bits as 16 hex digits
 */
export function dhash(pixels: Uint8Array): string {
  expectLength(pixels, DHASH_WIDTH * DHASH_HEIGHT);
  const bits: boolean[] = [];
  for (let y = 0; y < DHASH_HEIGHT; y++) {
    for (let x = 0; x < DHASH_WIDTH - 1; x++) {
      const at = y * DHASH_WIDTH + x;
      bits.push(pixels[at]! > pixels[at + 1]!);
    }
  }
  return hex(bits);
}

/** Number of bits, 0-64, in which two hashes of 16 hex digits differ. */
export function hammingDistance(a: string, b: string): number {
  let different = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  let count = 0;
  for (; different > 0n; different &= different - 1n) count++;
  return count;
}

function sum(count: number, term: (index: number) => number): number {
  let total = 0;
  for (let index = 0; index < count; index++) total += term(index);
  return total;
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

function hex(bits: boolean[]): string {
  return BigInt(`0b${bits.map((bit) => (bit ? '1' : '0')).join('')}`)
    .toString(16)
    .padStart(16, '0');
}

function expectLength(pixels: Uint8Array, length: number): void {
  if (pixels.length !== length) throw new RangeError(`expected ${length} gray pixels, got ${pixels.length}`);
}
