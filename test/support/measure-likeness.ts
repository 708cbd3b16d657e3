import { processImage } from '../../src/platform/files/image-processing.js';
import { compare, type Likeness, likenessOf, type Window, windowsOf } from '../../src/platform/files/picture-likeness.js';
import { KINDS, RETOUCHES, variedPicture } from './varied-pictures.js';

/** How well copies are told from other pictures. */
export interface LikenessMeasured {
  /** Share of copies found, by kind of picture and by what was done to it; `copies` whether original or copy came first. */
  recall: Record<string, Record<string, number>>;
  /** Share of all copies found. */
  found: number;
  /** Numbers of different pictures that were taken for one another. */
  falseMatches: [number, number][];
  /** Pairs of different pictures that were compared. */
  pairs: number;
}

/** Compares so many different pictures with their copies, and with each other. */
export async function measureLikeness(pictures: number, retouches: readonly string[] = Object.keys(RETOUCHES)): Promise<LikenessMeasured> {
  const kinds = Object.keys(KINDS);
  const tally = new Map<string, { copies: number; found: number }>();
  const known: LookedAt[] = [];
  for (let seed = 0; seed < pictures; seed++) {
    const original = await variedPicture(seed);
    const one = await lookedAt(original);
    known.push(one);
    for (const name of retouches) {
      const copy = await lookedAt(await RETOUCHES[name]!(original));
      const key = `${kinds[seed % kinds.length]}\t${name}`;
      const { copies, found } = tally.get(key) ?? { copies: 0, found: 0 };
      tally.set(key, { copies: copies + 2, found: found + Number(same(one, copy)) + Number(same(copy, one)) });
    }
  }
  const falseMatches = known.flatMap((one, a) => known.flatMap((other, b): [number, number][] => (a !== b && same(one, other) ? [[a, b]] : [])));
  const recall: LikenessMeasured['recall'] = {};
  for (const [key, { copies, found }] of tally) {
    const [kind, name] = key.split('\t') as [string, string];
    (recall[kind] ??= {})[name] = Number((found / copies).toFixed(3));
  }
  const all = [...tally.values()].reduce((sum, { copies, found }) => ({ copies: sum.copies + copies, found: sum.found + found }), { copies: 0, found: 0 });
  return { recall, found: all.found / all.copies, falseMatches, pairs: pictures * (pictures - 1) };
}

interface LookedAt {
  signature: Buffer;
  likeness: Likeness | null;
  windows: Window[];
}

async function lookedAt(bytes: Buffer): Promise<LookedAt> {
  const { signature } = await processImage(bytes);
  const likeness = likenessOf(signature);
  return { signature, likeness, windows: likeness ? windowsOf(signature) : [] };
}

const same = (one: LookedAt, known: LookedAt): boolean => known.likeness !== null && compare(one.signature, one.windows, known.likeness) !== null;
