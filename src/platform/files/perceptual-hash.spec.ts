import { dhash, hammingDistance, phash } from './perceptual-hash.js';

const gray = (width: number, height: number, value: (x: number, y: number) => number): Uint8Array =>
  Uint8Array.from({ length: width * height }, (_, at) => value(at % width, Math.floor(at / width)));

describe('phash', () => {
  it('sees one frequency where the picture is one cosine', () => {
    // cos for u = 1, v = 0: only the second of the 64 bits can stand out.
    const wave = gray(32, 32, (x) => 128 + 100 * Math.cos(((2 * x + 1) * Math.PI) / 64));
    expect(BigInt(`0x${phash(wave)}`) & (1n << 62n)).toBe(1n << 62n);
  });

  it('flips that bit with the negative', () => {
    const wave = gray(32, 32, (x) => 128 - 100 * Math.cos(((2 * x + 1) * Math.PI) / 64));
    expect(BigInt(`0x${phash(wave)}`) & (1n << 62n)).toBe(0n);
  });

  it('does not depend on brightness or contrast', () => {
    const shape = (x: number, y: number): number => ((x * 7 + y * y) % 23) * 5;
    expect(phash(gray(32, 32, (x, y) => shape(x, y) / 2 + 60))).toBe(phash(gray(32, 32, (x, y) => shape(x, y) / 2 + 90)));
  });

  it('is zero for a flat picture, whatever its shade', () => {
    expect(phash(gray(32, 32, () => 200))).toBe('0000000000000000');
  });

  it('wants 32 x 32 pixels', () => {
    expect(() => phash(new Uint8Array(100))).toThrow(RangeError);
  });
});

describe('dhash', () => {
  it('compares each pixel with the one to its right', () => {
    expect(dhash(gray(9, 8, (x) => 255 - 2 * x))).toBe('ffffffffffffffff');
    expect(dhash(gray(9, 8, (x) => 2 * x))).toBe('0000000000000000');
    expect(dhash(gray(9, 8, (x, y) => (x === 1 && y === 0 ? 9 : 5)))).toBe('4000000000000000');
  });
});

describe('what encoding leaves', () => {
  it('is no frequency and no difference', () => {
    const noise = (x: number, y: number): number => 200 + ((x * 31 + y * 17) % 2);
    expect(phash(gray(32, 32, noise))).toBe('0000000000000000');
    expect(dhash(gray(9, 8, noise))).toBe('0000000000000000');
  });
});

describe('hammingDistance', () => {
  it('counts differing bits', () => {
    expect(hammingDistance('0000000000000000', 'ffffffffffffffff')).toBe(64);
    expect(hammingDistance('8000000000000001', '0000000000000001')).toBe(1);
  });
});
