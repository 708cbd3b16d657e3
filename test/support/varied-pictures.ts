import sharp, { type Sharp } from 'sharp';
import { type DemoPicture, demoPicture } from '../../src/demo/demo-pictures.js';

const WIDTH = 480;
const HEIGHT = 360;

/** A seeded source of randomness, so that a picture is the same in every run. */
class Chance {
  constructor(private state: number) {}

  /** 0 to 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  pick<T>(options: readonly T[]): T {
    return options[Math.floor(this.next() * options.length)]!;
  }

  colour(): string {
    return `rgb(${Math.floor(this.between(0, 256))},${Math.floor(this.between(0, 256))},${Math.floor(this.between(0, 256))})`;
  }
}

type Painter = (chance: Chance, seed: number) => Promise<Sharp> | Sharp;

const drawing = (inner: string): Sharp => sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${inner}</svg>`));

function gradient(chance: Chance): string {
  const [x, y] = [chance.between(-1, 1), chance.between(-1, 1)];
  const stops = `<stop offset="0" stop-color="${chance.colour()}"/><stop offset="1" stop-color="${chance.colour()}"/>`;
  const shape = chance.next() < 0.7 ? `linearGradient id="g" x1="${0.5 - x / 2}" y1="${0.5 - y / 2}" x2="${0.5 + x / 2}" y2="${0.5 + y / 2}"` : `radialGradient id="g" cx="${0.5 + x / 2}" cy="${0.5 + y / 2}" r="${chance.between(0.4, 1)}"`;
  return `<defs><${shape}>${stops}</${shape.split(' ')[0]}></defs><rect width="100%" height="100%" fill="url(#g)"/>`;
}

function shape(chance: Chance, size: number): string {
  const [x, y, w, h] = [chance.between(0, WIDTH), chance.between(0, HEIGHT), chance.between(size / 3, size), chance.between(size / 3, size)];
  const turn = `fill="${chance.colour()}" transform="rotate(${chance.between(0, 180)} ${x} ${y})"`;
  return chance.next() < 0.5 ? `<ellipse cx="${x}" cy="${y}" rx="${w / 2}" ry="${h / 2}" ${turn}/>` : `<rect x="${x - w / 2}" y="${y - h / 2}" width="${w}" height="${h}" ${turn}/>`;
}

const many = (count: number, make: () => string): string => Array.from({ length: Math.max(1, Math.floor(count)) }, make).join('');

/** Noise of one cell size, spread smoothly over the picture. */
async function noise(chance: Chance, cells: number, kernel: 'cubic' | 'nearest', channels: 1 | 3 = 3): Promise<Buffer> {
  const [width, height] = [cells, Math.ceil((cells * 3) / 4)];
  const pixels = Buffer.from(Array.from({ length: width * height * channels }, () => Math.floor(chance.between(0, 256))));
  return sharp(pixels, { raw: { width, height, channels } }).resize(WIDTH, HEIGHT, { fit: 'fill', kernel }).toColourspace('srgb').removeAlpha().raw().toBuffer();
}

/** Ground, sky, and detail on every scale: what a photograph is to a hash. */
async function scene(chance: Chance): Promise<Sharp> {
  const octaves = await Promise.all([3, 7, 15, 40, 120].map((cells) => noise(chance, cells, 'cubic')));
  const weights = octaves.map((_, octave) => chance.between(0.6, 1) / 1.7 ** octave);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const tint = [chance.between(0.5, 1), chance.between(0.5, 1), chance.between(0.5, 1)];
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 3);
  for (let at = 0; at < pixels.length; at++) {
    const value = octaves.reduce((sum, octave, index) => sum + octave[at]! * weights[index]!, 0) / total;
    pixels[at] = Math.max(0, Math.min(255, (128 + (value - 128) * 1.8) * tint[at % 3]!));
  }
  return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
}

function words(chance: Chance): string {
  const letters = 'aeiounrstlkmpdbv';
  const word = (): string => many(chance.between(3, 10), () => letters[Math.floor(chance.next() * letters.length)]!);
  const size = chance.between(14, 40);
  const lines = Array.from({ length: Math.floor((HEIGHT - 20) / (size * 1.3) * chance.between(0.3, 1)) }, (_, line) => {
    return `<text x="20" y="${(line + 1) * size * 1.3}" font-size="${size}" font-family="sans-serif" fill="#222">${many(chance.between(1, 480 / size / 3), () => `${word()} `)}</text>`;
  });
  return `<rect width="100%" height="100%" fill="#fff"/>${lines.join('')}`;
}

function stripes(chance: Chance): string {
  const [a, b] = [chance.between(20, 140), chance.between(20, 140)];
  const rect = chance.next() < 0.5 ? `<rect width="${a / 2}" height="100%" fill="${chance.colour()}"/>` : `<rect width="${a / 2}" height="${b / 2}" fill="${chance.colour()}"/>`;
  return `<defs><pattern id="p" width="${a}" height="${b}" patternUnits="userSpaceOnUse" patternTransform="rotate(${chance.between(0, 180)})"><rect width="${a}" height="${b}" fill="${chance.colour()}"/>${rect}</pattern></defs><rect width="100%" height="100%" fill="url(#p)"/>`;
}

/** Kinds of pictures that people, and tests, upload. */
export const KINDS: Readonly<Record<string, Painter>> = {
  animal: async (chance, seed) => {
    const options = { species: chance.pick(['dog', 'cat', 'other']), scene: chance.pick(['street', 'clinic', 'park', 'shelter']), prop: chance.pick(['none', 'bowl', 'bandage', 'cone', 'blanket']) };
    return sharp(await demoPicture({ seed, ...options } as DemoPicture)).resize(WIDTH, HEIGHT);
  },
  scene,
  shapes: (chance) => drawing(gradient(chance) + many(chance.between(4, 14), () => shape(chance, 220))),
  gradient: (chance) => drawing(gradient(chance)),
  'shape on a flat ground': (chance) => drawing(`<rect width="100%" height="100%" fill="${chance.colour()}"/>${shape(chance, 260)}`),
  'white circle': (chance) => drawing(`<rect width="100%" height="100%" fill="${chance.colour()}"/><circle cx="${chance.between(60, 420)}" cy="180" r="${chance.between(40, 140)}" fill="#fff"/>`),
  'small things on white': (chance) => drawing(`<rect width="100%" height="100%" fill="#fff"/>${many(chance.between(1, 4), () => shape(chance, 70))}`),
  text: (chance) => drawing(words(chance)),
  stripes: (chance) => drawing(stripes(chance)),
  'coarse noise': async (chance) => sharp(await noise(chance, Math.floor(chance.between(8, 60)), 'nearest'), { raw: { width: WIDTH, height: HEIGHT, channels: 3 } }),
  'fine noise': async (chance) => sharp(await noise(chance, WIDTH, 'nearest'), { raw: { width: WIDTH, height: HEIGHT, channels: 3 } }),
};

/** Picture number `seed` of an endless row of different ones, kinds taking turns, as an upload: PNG or JPEG. */
export async function variedPicture(seed: number): Promise<Buffer> {
  const painters = Object.values(KINDS);
  const image = await painters[seed % painters.length]!(new Chance(seed * 7919 + 1), seed);
  const flat = sharp(await image.flatten({ background: '#fff' }).png({ compressionLevel: 1 }).toBuffer());
  return seed % 2 === 0 ? flat.png({ compressionLevel: 1 }).toBuffer() : flat.jpeg({ quality: 90 }).toBuffer();
}

/** Takes the given shares off left, top, right and bottom. */
async function crop(image: Buffer, [left, top, right, bottom]: readonly [number, number, number, number]): Promise<Sharp> {
  const { width, height } = await sharp(image).metadata();
  const [x, y] = [Math.round(width * left), Math.round(height * top)];
  return sharp(image).extract({ left: x, top: y, width: width - x - Math.round(width * right), height: height - y - Math.round(height * bottom) });
}

async function half(image: Buffer): Promise<Sharp> {
  const { width } = await sharp(image).metadata();
  return sharp(image).resize(Math.round(width / 2));
}

/** What somebody may do to another's picture before they upload it as their own. */
export const RETOUCHES: Readonly<Record<string, (image: Buffer) => Promise<Buffer>>> = {
  're-encoded': (image) => sharp(image).jpeg({ quality: 90 }).toBuffer(),
  'JPEG of quality 60': (image) => sharp(image).jpeg({ quality: 60 }).toBuffer(),
  'half the size': async (image) => (await half(image)).png().toBuffer(),
  'cropped by 3 % all round': async (image) => (await crop(image, [0.03, 0.03, 0.03, 0.03])).png().toBuffer(),
  'cropped by 3 % at one corner': async (image) => (await crop(image, [0.03, 0.03, 0, 0])).png().toBuffer(),
  'cropped by 3 % at the bottom': async (image) => (await crop(image, [0, 0, 0, 0.03])).png().toBuffer(),
  'cropped unevenly': async (image) => (await crop(image, [0.01, 0.03, 0.02, 0])).png().toBuffer(),
  'all at once': async (image) => sharp(await (await half(await (await crop(image, [0.03, 0.03, 0.03, 0.03])).png().toBuffer())).png().toBuffer()).jpeg({ quality: 60 }).toBuffer(),
  'all at once, from a corner': async (image) => sharp(await (await half(await (await crop(image, [0, 0.03, 0.03, 0])).png().toBuffer())).png().toBuffer()).jpeg({ quality: 60 }).toBuffer(),
};
