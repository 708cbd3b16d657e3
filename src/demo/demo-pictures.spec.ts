import sharp from 'sharp';
import { processImage, type ProcessedImage } from '../platform/files/image-processing.js';
import { hammingDistance } from '../platform/files/perceptual-hash.js';
import { type DemoPicture, demoPicture, type DemoProp, type DemoScene, type DemoSpecies } from './demo-pictures.js';

const SPECIES: DemoSpecies[] = ['dog', 'cat', 'dog', 'cat', 'other'];
const SCENES: DemoScene[] = ['street', 'clinic', 'park', 'shelter'];
const PROPS: DemoProp[] = ['none', 'bandage', 'cone', 'blanket', 'bowl'];

const wanted = (seed: number): DemoPicture => ({
  seed,
  species: SPECIES[seed % 5]!,
  scene: SCENES[(seed + Math.floor(seed / 5)) % 4]!,
  prop: PROPS[(seed * 3 + Math.floor(seed / 4)) % 5]!,
});

/** The rule by which the duplicate check takes two pictures for one (spec 2.6). */
const alike = (a: ProcessedImage, b: ProcessedImage): boolean =>
  hammingDistance(a.phash, b.phash) <= 6 && hammingDistance(a.dhash, b.dhash) <= 8;

describe('demoPicture', () => {
  it('is an upload like any other: a JPEG of 1200 x 900', async () => {
    expect(await processImage(await demoPicture(wanted(1)))).toMatchObject({
      contentType: 'image/jpeg',
      width: 1200,
      height: 900,
    });
  });

  it('gives the same picture for the same wish, and another for another seed', async () => {
    const picture = await demoPicture(wanted(7));
    expect((await demoPicture(wanted(7))).equals(picture)).toBe(true);
    expect((await demoPicture({ ...wanted(7), seed: 8 })).equals(picture)).toBe(false);
  });

  it('draws every species in every scene with every prop', async () => {
    for (const species of ['dog', 'cat', 'other'] as const) {
      for (const scene of SCENES) {
        for (const prop of PROPS) {
          const { width } = await sharp(await demoPicture({ seed: 3, species, scene, prop })).metadata();
          expect(width).toBe(1200);
        }
      }
    }
  });

  it('draws 120 pictures of which the duplicate check takes no two for one', async () => {
    const pictures: ProcessedImage[] = [];
    for (let seed = 0; seed < 120; seed++) pictures.push(await processImage(await demoPicture(wanted(seed))));
    const confused = pictures.flatMap((a, i) => pictures.slice(0, i).flatMap((b, j) => (alike(a, b) ? [`${i} and ${j}`] : [])));
    expect(confused).toEqual([]);
  }, 60_000);

  it('can still be recognised recompressed, at half size, and with 3 % of its sides cut off', async () => {
    let recognised = 0;
    for (let seed = 0; seed < 12; seed++) {
      const picture = await demoPicture(wanted(seed));
      const original = await processImage(picture);
      const copies = [
        sharp(picture).jpeg({ quality: 60 }),
        sharp(picture).resize(600).jpeg(),
        sharp(picture).extract({ left: 18, top: 13, width: 1164, height: 874 }).jpeg(),
      ];
      for (const copy of copies) if (alike(original, await processImage(await copy.toBuffer()))) recognised++;
    }
    expect(recognised).toBeGreaterThanOrEqual(34); // of 36
  });
});
