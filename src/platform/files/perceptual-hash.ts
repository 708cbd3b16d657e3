/** Side of the grayscale picture that {@link phash} looks at. */
export const PHASH_SIDE = 32;

/** Width and height of the grayscale picture that {@link dhash} looks at. */
export const DHASH_WIDTH = 9;
export const DHASH_HEIGHT = 8;

const KEPT = 8;

/** Frequencies below this are what encoding leaves where a picture has nothing; as signs they would be dice. */
const NOISE = 40;

/** The same for neighbours: steps of 0-255 below which they count as equal. */
const STEP = 1.5;

/** At `k * N + x` is cos((2x + 1) k pi / 2N), the basis of the DCT-II, for the frequencies kept. */
const COSINES = Float64Array.from({ length: KEPT * PHASH_SIDE }, (_, at) =>
  Math.cos(((2 * (at % PHASH_SIDE) + 1) * Math.floor(at / PHASH_SIDE) * Math.PI) / (2 * PHASH_SIDE)),
);

/**
 * Perceptual hash of a picture: the signs, against their median, of the 64 lowest frequencies of its
 * 2-D cosine transform. Scaling and recompression move few bits.
 *
 * @param pixels 32 x 32 gray values 0-255, row by row
 * @returns 64 bits as 16 hex digits
 */
export function phash(pixels: ArrayLike<number>): string {
  expectLength(pixels, PHASH_SIDE * PHASH_SIDE);
  // The transform is separable: rows first, then columns of what the rows gave. Plain loops, since one case has hundreds of these.
  const rows = new Float64Array(PHASH_SIDE * KEPT);
  for (let y = 0; y < PHASH_SIDE; y++) {
    for (let u = 0; u < KEPT; u++) {
      for (let x = 0; x < PHASH_SIDE; x++) rows[y * KEPT + u]! += pixels[y * PHASH_SIDE + x]! * COSINES[u * PHASH_SIDE + x]!;
    }
  }
  const frequencies = new Float64Array(KEPT * KEPT);
  for (let v = 0; v < KEPT; v++) {
    for (let u = 0; u < KEPT; u++) {
      for (let y = 0; y < PHASH_SIDE; y++) frequencies[v * KEPT + u]! += rows[y * KEPT + u]! * COSINES[v * PHASH_SIDE + y]!;
    }
  }
  // The first frequency is the mean brightness; left in the median it would only shift it.
  const middle = Math.max(NOISE, median(frequencies.subarray(1)));
  return hex(Array.from(frequencies, (value, index) => index > 0 && value > middle));
}

/**
 * Difference hash: for each of 8 rows, whether each of 8 pixels is clearly brighter than the one to its right.
 *
 * @param pixels 9 x 8 gray values 0-255, row by row
 * @returns 64 bits as 16 hex digits
 */
export function dhash(pixels: ArrayLike<number>): string {
  expectLength(pixels, DHASH_WIDTH * DHASH_HEIGHT);
  const bits: boolean[] = [];
  for (let y = 0; y < DHASH_HEIGHT; y++) {
    for (let x = 0; x < DHASH_WIDTH - 1; x++) {
      const at = y * DHASH_WIDTH + x;
      bits.push(pixels[at]! > pixels[at + 1]! + STEP);
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

function median(values: Float64Array): number {
  const sorted = values.toSorted();
  return sorted[Math.floor(sorted.length / 2)]!;
}

function hex(bits: boolean[]): string {
  return BigInt(`0b${bits.map((bit) => (bit ? '1' : '0')).join('')}`)
    .toString(16)
    .padStart(16, '0');
}

function expectLength(pixels: ArrayLike<number>, length: number): void {
  if (pixels.length !== length) throw new RangeError(`expected ${length} gray pixels, got ${pixels.length}`);
}
