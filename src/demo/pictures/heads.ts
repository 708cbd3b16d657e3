import type { Coat } from './coat.js';
import type { Dice } from './dice.js';
import { bothSides, ellipse, group, line, mix, path } from './svg.js';

/** What the face says. */
export type Mood = 'hopeful' | 'happy' | 'asleep';

const DARK = '#2b2226';
const SKULL = 'M0 -106 C72 -106 112 -58 110 2 C108 58 66 98 0 100 C-66 98 -108 58 -110 2 C-112 -58 -72 -106 0 -106 Z';
const CAT_SKULL =
  'M0 -92 C70 -94 116 -52 120 0 C124 30 132 40 138 52 C112 60 76 92 0 92 C-76 92 -112 60 -138 52 C-132 40 -124 30 -120 0 C-116 -52 -70 -94 0 -92 Z';

const DOG_EARS = {
  floppy: { behind: false, d: 'M52 -96 C104 -112 150 -62 152 -2 C154 52 132 84 114 76 C92 66 100 10 76 -28 Z' },
  long: { behind: false, d: 'M56 -88 C108 -100 146 -40 154 40 C162 112 142 146 120 138 C92 128 100 40 74 -20 Z' },
  pricked: { behind: true, d: 'M26 -88 C52 -140 92 -182 112 -186 C126 -150 124 -84 100 -34 Z' },
  tipped: {
    behind: false,
    d: 'M30 -96 C62 -150 104 -152 138 -116 C156 -96 164 -64 156 -48 C132 -52 112 -74 98 -86 C100 -66 98 -48 92 -38 Z',
  },
} as const;

/** A dog's head seen from the front, around 0,0, about 220 wide. */
export function dogHead(coat: Coat, mood: Mood, dice: Dice): string {
  const ear = DOG_EARS[dice.pick<keyof typeof DOG_EARS>(['floppy', 'floppy', 'long', 'pricked', 'tipped'])];
  const earColour = coat.pattern === 'plain' ? mix(coat.base, coat.mark, 0.55) : coat.mark;
  const ears = bothSides(
    path(ear.d, earColour) +
      (ear.behind ? path('M50 -96 C66 -134 88 -158 104 -164 C110 -134 108 -96 92 -62 Z', mix(earColour, '#e7a09a', 0.45)) : ''),
  );
  const muzzleWidth = dice.between(56, 70);
  return [
    ear.behind ? ears : '',
    path(SKULL, coat.base),
    clipped('skull', SKULL, markings(coat, dice) + ellipse(0, 108, 130, 46, coat.shade, 'opacity=".28"')),
    ear.behind ? '' : ears,
    ellipse(0, 50, muzzleWidth, 47, coat.light),
    ellipse(0, 86, muzzleWidth * 0.62, 16, mix(coat.light, DARK, 0.22), 'opacity=".45"'),
    mood === 'happy' ? path('M-20 68 C-18 112 18 112 20 68 Z', '#e27b7f') + line('M0 74 V92', '#c75f68', 3) : '',
    line('M0 40 V60 C-6 76 -30 80 -42 66 M0 60 C6 76 30 80 42 66', DARK, 5),
    path('M-25 18 C-16 8 16 8 25 18 C28 32 10 44 0 44 C-10 44 -28 32 -25 18 Z', coat.nose),
    ellipse(-8, 19, 9, 4, '#ffffff', 'opacity=".45"'),
    eyes(coat, mood, 47, -14),
    mood === 'asleep' ? '' : brows(coat, mood),
  ].join('');
}

/** A cat's head seen from the front, around 0,0, about 260 wide with its cheeks. */
export function catHead(coat: Coat, mood: Mood, dice: Dice): string {
  const earColour = coat.pattern === 'masked' || coat.pattern === 'patched' ? coat.mark : coat.base;
  const ears = bothSides(
    path('M28 -80 C50 -124 82 -156 102 -160 C120 -124 124 -74 112 -26 Z', earColour) +
      path('M52 -84 C66 -112 84 -132 96 -136 C106 -108 106 -76 100 -48 Z', mix('#eea9a2', coat.base, 0.25)),
  );
  const whiskers = bothSides(line('M60 44 L150 30 M62 54 L154 58 M58 62 L140 84', '#ffffff', 2.5, 'opacity=".8"'));
  return [
    ears,
    path(CAT_SKULL, coat.base),
    clipped('skull', CAT_SKULL, markings(coat, dice) + stripes(coat) + ellipse(0, 104, 140, 40, coat.shade, 'opacity=".28"')),
    ellipse(-22, 50, 34, 27, coat.light) + ellipse(22, 50, 34, 27, coat.light) + ellipse(0, 66, 24, 20, coat.light),
    line('M0 40 V50 C-4 62 -24 64 -32 54 M0 50 C4 62 24 64 32 54', DARK, 4),
    path('M-15 26 C-8 21 8 21 15 26 C14 36 5 42 0 42 C-5 42 -14 36 -15 26 Z', coat.nose),
    mood === 'asleep'
      ? eyes(coat, mood, 54, 0)
      : bothSides(catEye(coat)) + ellipse(47, -14, 6, 6, '#fff') + ellipse(-61, -14, 6, 6, '#fff'),
    whiskers,
  ].join('');
}

const catEye = (coat: Coat): string =>
  path('M24 0 C32 -26 74 -30 84 -6 C80 22 38 26 24 0 Z', DARK) +
  ellipse(54, -3, 23, 20, coat.iris) +
  ellipse(54, -3, 11, 18, '#1d181b') +
  ellipse(59, 6, 4, 4, '#ffffff', 'opacity=".5"');

/** Clips are named by what they clip; one picture holds one head and one body. */
export const clipped = (id: string, outline: string, content: string): string =>
  `<clipPath id="${id}"><path d="${outline}"/></clipPath>${group(content, `clip-path="url(#${id})"`)}`;

function eyes(coat: Coat, mood: Mood, x: number, y: number): string {
  if (mood === 'asleep')
    return bothSides(line(`M${x - 22} ${y} C${x - 12} ${y + 16} ${x + 12} ${y + 16} ${x + 22} ${y}`, DARK, 6));
  const eye = ellipse(x, y, 17, 19, DARK) + ellipse(x, y + 3, 13, 13, coat.iris) + ellipse(x, y, 10, 12, '#1c1518');
  const lights = (at: number): string =>
    ellipse(at + 6, y - 7, 5.5, 6, '#ffffff') + ellipse(at - 5, y + 8, 3, 3, '#ffffff', 'opacity=".6"');
  return bothSides(eye) + lights(x) + lights(-x);
}

const brows = (coat: Coat, mood: Mood): string => {
  const colour = coat.pattern === 'masked' ? coat.light : mix(coat.base, DARK, 0.35);
  const inner = mood === 'hopeful' ? -52 : -44;
  return bothSides(
    line(`M32 ${inner} C40 ${inner - 5} 52 -47 62 -42`, colour, coat.pattern === 'masked' ? 13 : 6, 'opacity=".85"'),
  );
};

function markings(coat: Coat, dice: Dice): string {
  const blaze = path('M-13 -110 C-9 -50 -34 -8 -60 40 L-40 110 H40 L60 40 C34 -8 9 -50 13 -110 Z', coat.light);
  if (coat.pattern === 'patched') {
    const side = dice.pick([-1, 1]);
    return (
      ellipse(58 * side, -28, 62, 70, coat.mark, `transform="rotate(${18 * side})"`) +
      (dice.chance(0.4) ? ellipse(-92 * side, -70, 50, 44, coat.mark) : '')
    );
  }
  if (coat.pattern === 'masked') return ellipse(0, 36, 84, 78, coat.mark, 'opacity=".75"');
  return dice.chance(0.4) ? blaze : '';
}

const stripes = (coat: Coat): string =>
  coat.pattern === 'striped'
    ? line('M0 -96 V-58', coat.mark, 11) +
      bothSides(
        line(
          'M24 -98 C22 -84 24 -70 30 -56 M50 -94 C46 -82 50 -70 60 -60 M126 -4 C108 0 98 6 90 14 M132 28 C116 28 104 30 94 36',
          coat.mark,
          10,
        ),
      )
    : '';
