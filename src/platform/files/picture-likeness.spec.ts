import { measureLikeness } from '../../../test/support/measure-likeness.js';
import { likenessOf, SIGNATURE_BYTES, windowsOf } from './picture-likeness.js';

describe('the likeness of pictures', () => {
  it('finds copies among different pictures, and hardly ever anything else', async () => {
    const { found, recall, falseMatches } = await measureLikeness(44, ['JPEG of quality 60', 'half the size', 'cropped by 3 % all round', 'cropped by 3 % at one corner', 'all at once']);
    expect(falseMatches).toEqual([]);
    for (const kind of ['animal', 'scene', 'shapes', 'text', 'white circle', 'small things on white']) expect({ kind, shares: [...new Set(Object.values(recall[kind]!))] }).toEqual({ kind, shares: [1] });
    // Among few pictures one flat gradient, or stripes that shrinking turned into others, weigh more than in docs/duplicates.md.
    expect(found).toBeGreaterThan(0.92);
  }, 120_000);

  it('is none for a flat picture', () => {
    expect(likenessOf(Buffer.alloc(SIGNATURE_BYTES, 200))).toBeNull();
  });

  it('wants a whole signature', () => {
    expect(() => windowsOf(Buffer.alloc(10))).toThrow(RangeError);
  });
});
