import type { Coat } from './coat.js';
import type { Dice } from './dice.js';
import { clipped } from './heads.js';
import { bothSides, ellipse, line, mix, path, rect } from './svg.js';

/** How the animal holds itself. */
export type Pose = 'sitting' | 'standing' | 'lying' | 'curled';

/** A body without its head, standing on y = 0, and where the head and the collar go. */
export interface Body {
  behindHead: string;
  /** Drawn over the head: paws it rests on. */
  beforeHead: string;
  head: { x: number; y: number; scale: number; turn: number };
  /** Where a dressing on the leg or flank goes: middle and width. */
  wound: { x: number; y: number; width: number };
  /** Lying flat; a close look must not cut off its lower part, where the head is. */
  low: boolean;
}

/** Draws the body of a dog or a cat; a cat is slimmer and carries its tail otherwise. */
export function body(species: 'dog' | 'cat', pose: Pose, coat: Coat, dice: Dice): Body {
  switch (pose) {
    case 'sitting':
      return sitting(species, coat, dice);
    case 'standing':
      return standing(species, coat, dice);
    case 'lying':
      return lying(coat, dice);
    case 'curled':
      return curled(species, coat);
  }
}

const SITTING = 'M-84 -330 C-128 -250 -158 -130 -150 -58 C-146 2 146 2 150 -58 C158 -130 128 -250 84 -330 Z';

function sitting(species: 'dog' | 'cat', coat: Coat, dice: Dice): Body {
  const socks = paws(coat, dice);
  const tail =
    species === 'cat'
      ? tailLine('M120 -50 C230 -60 236 30 120 22 C70 18 40 8 16 4', coat, 36)
      : tailLine(dice.pick(['M110 -50 C190 -50 230 -110 214 -190', 'M110 -40 C180 -10 240 -40 262 -96']), coat, 40);
  const foreleg = (x: number): string => rect(x - 31, -240, 62, 236, mix(coat.base, '#ffffff', 0.06), 'rx="30"');
  return {
    behindHead: [
      species === 'dog' ? tail : '',
      bothSides(ellipse(112, -64, 66, 66, coat.base) + ellipse(126, -16, 58, 22, coat.shade)),
      path(SITTING, coat.base),
      clipped(
        'body',
        SITTING,
        [flankMarks(coat), ellipse(0, -330, 120, 60, coat.shade, 'opacity=".5"'), ellipse(0, -214, 66, 112, coat.light)].join(''),
      ),
      bothSides(line('M58 -150 C92 -136 112 -98 104 -40', coat.shade, 6, 'opacity=".55"')),
      foreleg(-40) + foreleg(40),
      rect(-6, -214, 12, 196, coat.shade, 'rx="6" opacity=".45"'),
      bothSides(rect(9, -86, 62, 82, socks, 'rx="30"') + ellipse(42, -18, 40, 24, socks) + toes(42, -14, coat)),
      species === 'cat' ? tail : '',
    ].join(''),
    beforeHead: '',
    head: { x: 0, y: -404, scale: species === 'cat' ? 0.98 : 1.04, turn: dice.between(-9, 9) },
    wound: { x: -40, y: -92, width: 70 },
    low: false,
  };
}

const STANDING =
  'M-214 -262 C-190 -316 -60 -318 40 -320 C130 -326 206 -300 204 -226 C202 -150 150 -118 70 -124 C0 -130 -60 -120 -120 -112 C-200 -104 -236 -190 -214 -262 Z';

function standing(species: 'dog' | 'cat', coat: Coat, dice: Dice): Body {
  const socks = paws(coat, dice);
  const leg = (x: number, colour: string, foot: string): string =>
    path(
      `M${x - 34} -190 C${x - 30} -110 ${x - 24} -60 ${x - 24} -14 H${x + 24} C${x + 24} -60 ${x + 30} -110 ${x + 34} -190 Z`,
      colour,
    ) + ellipse(x + 6, -15, 35, 19, foot);
  const tail =
    species === 'cat'
      ? tailLine('M-196 -260 C-290 -280 -300 -380 -250 -440', coat, 32)
      : tailLine(dice.pick(['M-196 -270 C-270 -300 -290 -370 -244 -410', 'M-196 -256 C-264 -250 -300 -200 -306 -140']), coat, 36);
  return {
    behindHead: [
      tail,
      leg(-112, coat.shade, coat.shade) + leg(92, coat.shade, coat.shade),
      path('M60 -300 C90 -400 150 -440 210 -400 C250 -340 240 -250 190 -190 Z', coat.base),
      path(STANDING, coat.base),
      clipped(
        'body',
        STANDING,
        flankMarks(coat) + ellipse(-10, -96, 190, 40, coat.light, 'opacity=".55"') + ellipse(206, -226, 58, 104, coat.light),
      ),
      leg(-166, coat.base, socks) + leg(146, coat.base, socks),
      toes(-158, -12, coat) + toes(154, -12, coat),
    ].join(''),
    beforeHead: '',
    head: { x: 178, y: -420, scale: species === 'cat' ? 0.86 : 0.92, turn: dice.between(-6, 12) },
    wound: { x: 146, y: -96, width: 58 },
    low: false,
  };
}

const LYING = 'M-196 -70 C-190 -190 -60 -236 70 -226 C220 -214 318 -140 312 -62 C308 -6 -190 6 -196 -70 Z';

function lying(coat: Coat, dice: Dice): Body {
  const socks = paws(coat, dice);
  return {
    behindHead: [
      tailLine('M286 -50 C360 -30 376 -90 340 -128', coat, 36),
      path(LYING, coat.base),
      clipped('body', LYING, flankMarks(coat) + ellipse(40, 10, 290, 52, coat.shade, 'opacity=".45"')),
      ellipse(216, -78, 96, 80, mix(coat.base, '#ffffff', 0.05)),
      line('M138 -50 C128 -110 160 -152 214 -158', coat.shade, 6, 'opacity=".55"'),
      rect(120, -48, 170, 46, socks, 'rx="23"') + toes(140, -22, coat),
      rect(-178, -130, 140, 120, coat.light, 'rx="60"'),
    ].join(''),
    beforeHead:
      rect(-214, -56, 92, 54, socks, 'rx="26"') +
      rect(-112, -56, 92, 54, socks, 'rx="26"') +
      toes(-168, -20, coat) +
      toes(-66, -20, coat),
    head: { x: -116, y: -156, scale: 0.98, turn: dice.between(-10, 6) },
    wound: { x: 62, y: -150, width: 104 },
    low: true,
  };
}

const CURLED = 'M-236 -84 C-240 -200 -110 -246 10 -244 C150 -242 252 -180 250 -88 C248 4 -232 8 -236 -84 Z';

function curled(species: 'dog' | 'cat', coat: Coat): Body {
  return {
    behindHead: [
      path(CURLED, coat.base),
      clipped('body', CURLED, flankMarks(coat) + ellipse(0, 6, 270, 48, coat.shade, 'opacity=".5"')),
      line('M60 -60 C70 -140 150 -172 214 -130', coat.shade, 6, 'opacity=".55"'),
    ].join(''),
    beforeHead: tailLine(
      species === 'cat' ? 'M232 -70 C220 10 40 -4 -120 -14' : 'M236 -76 C220 0 80 -6 -20 -18',
      coat,
      species === 'cat' ? 40 : 46,
    ),
    head: { x: -124, y: -112, scale: 0.9, turn: -14 },
    wound: { x: 60, y: -150, width: 104 },
    low: true,
  };
}

const paws = (coat: Coat, dice: Dice): string => (dice.chance(0.6) ? coat.light : mix(coat.base, '#ffffff', 0.1));

const toes = (x: number, y: number, coat: Coat): string =>
  line(`M${x - 11} ${y - 4} V${y + 8} M${x + 11} ${y - 4} V${y + 8}`, coat.shade, 4, 'opacity=".7"');

function tailLine(d: string, coat: Coat, width: number): string {
  const rings =
    coat.pattern === 'striped'
      ? `<path d="${d}" fill="none" stroke="${coat.mark}" stroke-width="${width}" stroke-dasharray="14 30" stroke-dashoffset="-30"/>`
      : '';
  return line(d, coat.pattern === 'masked' || coat.pattern === 'patched' ? coat.mark : coat.base, width) + rings;
}

function flankMarks(coat: Coat): string {
  switch (coat.pattern) {
    case 'striped':
      return line(
        'M-170 -190 C-130 -180 -110 -150 -104 -120 M-176 -120 C-140 -112 -124 -90 -118 -66 M170 -190 C130 -180 110 -150 104 -120 M176 -120 C140 -112 124 -90 118 -66 M-40 -330 C-44 -290 -40 -262 -30 -240 M20 -330 C16 -290 20 -262 30 -240 M84 -330 C80 -290 84 -262 94 -240',
        coat.mark,
        15,
        'opacity=".8"',
      );
    case 'patched':
      return ellipse(-134, -190, 84, 70, coat.mark) + ellipse(130, -90, 80, 90, coat.mark) + ellipse(60, -290, 66, 42, coat.mark);
    case 'masked':
      return ellipse(-20, -330, 240, 92, coat.mark, 'opacity=".55"');
    case 'plain':
      return ellipse(140, -60, 90, 150, coat.shade, 'opacity=".16"');
  }
}
