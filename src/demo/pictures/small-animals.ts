import type { Dice } from './dice.js';
import { dressing, type Prop } from './props.js';
import { ellipse, line, mix, path, place, rect } from './svg.js';

const DARK = '#2b2226';

const eye = (x: number, y: number, size: number): string =>
  ellipse(x, y, size, size * 1.08, DARK) + ellipse(x + size * 0.3, y - size * 0.35, size * 0.36, size * 0.36, '#ffffff');

/** A hedgehog in profile, about 480 wide, standing on y = 0. */
export function hedgehog(prop: Prop, dice: Dice): string {
  const spine = dice.pick(['#6b5242', '#7d6650', '#57473e', '#8a7560']);
  const face = dice.pick(['#ecd2b0', '#dcbd98', '#f3e2c8']);
  const back = 'M-236 -66 C-250 -190 -130 -290 16 -270 C110 -256 160 -190 158 -112 C150 -60 -226 0 -236 -66 Z';
  return [
    ellipse(-120, -10, 42, 20, mix(face, DARK, 0.25)) + ellipse(70, -10, 42, 20, mix(face, DARK, 0.25)),
    path('M-190 -60 C-160 0 120 10 200 -36 C238 -60 268 -78 266 -94 C240 -120 180 -176 110 -170 Z', face),
    path(back, mix(spine, DARK, 0.25)),
    spines(spine, dice),
    ellipse(120, -176, 26, 28, mix(face, DARK, 0.18)) + ellipse(122, -172, 15, 17, '#e7a99d'),
    eye(176, -120, 15),
    ellipse(262, -96, 19, 17, DARK) + ellipse(257, -102, 6, 4, '#ffffff', 'opacity=".7"'),
    line('M246 -64 C230 -44 208 -44 196 -54', DARK, 5),
    ellipse(160, -74, 24, 14, '#e79a8c', 'opacity=".5"'),
    ellipse(-60, -12, 44, 20, face) + ellipse(130, -12, 42, 20, face),
    prop === 'bandage' ? place(dressing(104, 74), -40, -190, 1, -8) : '',
    prop === 'blanket'
      ? path('M-262 0 C-260 -70 -120 -96 -10 -70 C60 -56 70 -20 66 10 C0 30 -250 34 -262 0 Z', '#d98c7a') +
        line('M-240 -26 C-150 -54 -40 -44 50 -22', '#f3d9cd', 8)
      : '',
  ].join('');
}

/** Rows of quills, the back ones first, each tip a shade lighter. */
function spines(colour: string, dice: Dice): string {
  const quills: string[] = [];
  for (let row = 0; row < 6; row++) {
    const reach = 1 - row * 0.15;
    for (let step = 0; step <= 15; step++) {
      const angle = Math.PI * (1.02 - (step / 15) * 0.98);
      const [x, y] = [-46 + Math.cos(angle) * 196 * reach, -76 - Math.sin(angle) * 192 * reach];
      const [tipX, tipY] = [x + Math.cos(angle + 0.3) * 42, y - Math.sin(angle + 0.3) * 40];
      const shade = mix(colour, '#f2dfc4', dice.between(0, 3) / 10);
      quills.push(line(`M${x.toFixed(0)} ${y.toFixed(0)} L${tipX.toFixed(0)} ${tipY.toFixed(0)}`, shade, 13 - row * 0.6));
    }
  }
  return quills.join('');
}

interface Plumage {
  back: string;
  belly: string;
  wing: string;
  cap: string;
  beak: string;
}

const BIRDS: readonly [Plumage, ...Plumage[]] = [
  { back: '#94694a', belly: '#e8d9c6', wing: '#6b4a35', cap: '#7c4c34', beak: '#4b423d' }, // sparrow
  { back: '#8d97a5', belly: '#c3c9d0', wing: '#6c7684', cap: '#5a7d78', beak: '#5d5658' }, // pigeon
  { back: '#7f8a57', belly: '#f2d04e', wing: '#5d6f86', cap: '#27282c', beak: '#33302f' }, // great tit
  { back: '#8a7358', belly: '#f3ede2', wing: '#6a5641', cap: '#dd6f3c', beak: '#4b423d' }, // redpoll
  { back: '#34323b', belly: '#4a4753', wing: '#26252c', cap: '#34323b', beak: '#e6a234' }, // blackbird
];

/** A songbird in profile, about 460 wide, standing on y = 0. */
export function songbird(prop: Prop, dice: Dice): string {
  const { back, belly, wing, cap, beak } = dice.pick(BIRDS);
  const legs = '#b9785a';
  const tailLift = dice.between(-40, 30);
  return [
    line('M-14 -70 V-10 M-14 -10 L18 -4 M-14 -10 L-40 -4 M48 -74 V-10 M48 -10 L80 -4 M48 -10 L22 -4', legs, 10),
    path(`M-140 -150 L-300 ${-120 - tailLift} L-286 ${-76 - tailLift} L-110 -96 Z`, wing),
    path(
      'M-186 -160 C-170 -70 20 -30 110 -96 C180 -150 210 -240 196 -310 C176 -380 80 -392 36 -336 C0 -286 -60 -250 -186 -160 Z',
      back,
    ),
    path(
      'M-96 -104 C-20 -44 80 -64 120 -106 C172 -160 196 -220 192 -282 C150 -262 60 -230 20 -160 C-10 -118 -60 -110 -96 -104 Z',
      belly,
    ),
    path('M40 -338 C84 -394 180 -380 196 -310 C160 -330 110 -312 96 -276 C74 -286 50 -306 40 -338 Z', cap),
    ellipse(126, -282, 26, 22, belly, 'opacity=".9"'),
    path('M190 -316 L256 -292 L190 -276 Z', beak),
    line('M194 -294 L236 -292', mix(beak, '#000000', 0.35), 3),
    eye(142, -312, 15),
    path('M-170 -164 C-90 -270 40 -280 70 -226 C60 -150 -60 -110 -170 -164 Z', wing),
    line('M-120 -172 C-60 -166 0 -182 40 -212 M-96 -192 C-50 -190 0 -206 34 -230', mix(wing, '#ffffff', 0.4), 7),
    prop === 'bandage' ? place(dressing(92, 72), -24, -196, 1, -24) : '',
  ].join('');
}

/** A white stork on its long legs, about 700 tall: every village here has one. */
export function stork(prop: Prop, dice: Dice): string {
  const red = dice.pick(['#d9573f', '#cf4a3a', '#e06a45']);
  const white = '#f7f4ee';
  return [
    line('M-30 -270 V-12 M-30 -12 L26 -4 M-30 -12 L-62 -4 M36 -270 L40 -150 L30 -12 M30 -12 L84 -4 M30 -12 L4 -4', red, 13),
    path('M-250 -300 C-200 -250 -120 -236 -40 -244 L-60 -330 Z', '#2f2d34'),
    path('M-220 -330 C-190 -230 60 -216 120 -300 C150 -350 130 -420 60 -424 C-30 -428 -120 -400 -220 -330 Z', white),
    path(
      'M60 -330 C130 -360 110 -470 96 -520 C84 -580 130 -640 186 -612 C216 -594 214 -552 186 -544 C160 -538 158 -500 160 -452 C162 -390 120 -320 70 -300 Z',
      white,
    ),
    path('M196 -606 L372 -560 L200 -556 Z', red),
    line('M206 -580 L340 -564', mix(red, '#000000', 0.25), 3),
    eye(172, -586, 11),
    path('M-200 -326 C-120 -400 20 -400 62 -356 C40 -290 -100 -276 -200 -326 Z', mix(white, '#a7a3ad', 0.25)),
    path('M-246 -300 C-180 -330 -80 -320 -6 -306 C-80 -260 -190 -266 -246 -300 Z', '#2f2d34'),
    prop === 'bandage' ? place(dressing(48, 74), 36, -120) + place(dressing(86, 66), -70, -340, 1, 8) : '',
    prop === 'bowl' ? rect(-36, -60, 12, 16, '#e8d27a', 'rx="4"') : '',
  ].join('');
}
