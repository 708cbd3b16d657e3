import type { Dice } from './dice.js';
import type { Light } from './light.js';
import { ellipse, fade, glow, group, line, mix, path, rect } from './svg.js';

/** Drawings are 1200 wide and 900 high; the ground begins at the horizon given. */
export const WIDTH = 1200;
export const HEIGHT = 900;

const FACADES = ['#e8c48f', '#d98f78', '#e6d8c0', '#a9bfb2', '#c9a2a0', '#b7c4d6', '#efe1b8', '#cf9d6a'] as const;
const ROOFS = ['#b5543c', '#9c4a3a', '#c4694a', '#7e5148'] as const;

const PEAKS = [
  'M0 300 C120 250 260 130 400 140 C480 146 520 96 620 110 C740 130 860 240 1200 290 V900 H0 Z', // Vitosha above Sofia
  'M0 280 C80 190 180 180 250 280 C330 180 430 150 520 280 C620 200 720 190 800 290 C920 230 1040 200 1200 270 V900 H0 Z', // the hills of Plovdiv
  'M0 330 H1200 V900 H0 Z', // the sea at Varna
] as const;

/** A town street: sky, what stands behind the town, a row of houses, the pavement. */
export function street(light: Light, dice: Dice): string {
  const horizon = dice.between(520, 640);
  return [
    sky(light, dice),
    distance(light, dice, horizon),
    houses(light, dice, horizon),
    dice.chance(0.4) ? tram(dice, horizon, light) : hedge(light, dice, horizon),
    rect(0, horizon, WIDTH, HEIGHT - horizon, 'url(#pavement)'),
    fade('pavement', mix(light.pavement, '#3a3440', 0.12), light.pavement),
    paving(light, horizon),
    dice.chance(0.6) ? lamp(dice.pick([130, 240, 960, 1080]), horizon + 40, light) : '',
    dice.chance(0.6) ? tree(dice.pick([60, 180, 1020, 1150]), horizon + 60, dice.between(1, 1.5), light, dice) : '',
    light.snow ? snowfall(dice) : '',
  ].join('');
}

/** A park: hills, trees, a path, a bench, flowers or snow. */
export function park(light: Light, dice: Dice): string {
  const horizon = dice.between(430, 560);
  const trees = Array.from({ length: 6 }, (_, index) =>
    tree(100 + index * 200 + dice.between(-80, 80), horizon + dice.between(10, 50), dice.between(0.7, 1.4), light, dice),
  );
  const bend = dice.between(200, 1000);
  return [
    sky(light, dice),
    distance(light, dice, horizon),
    path(
      `M0 ${horizon + 20} C300 ${horizon - 50} 500 ${horizon + 30} 760 ${horizon - 10} C960 ${horizon - 40} 1100 ${horizon} 1200 ${horizon - 20} V900 H0 Z`,
      mix(light.grass, light.haze, 0.35),
    ),
    trees.join(''),
    fade('grass', light.grass, mix(light.grass, '#2f4a34', light.snow ? 0.08 : 0.25)),
    path(`M0 ${horizon + 50} C260 ${horizon + 10} 620 ${horizon + 80} 1200 ${horizon + 30} V900 H0 Z`, 'url(#grass)'),
    path(
      `M${bend} ${horizon + 48} C${bend - 60} ${horizon + 140} ${1000 - bend} ${horizon + 170} ${bend - 260} 900 H${bend + 200} C${bend + 40} ${horizon + 220} ${bend + 120} ${horizon + 130} ${bend + 44} ${horizon + 48} Z`,
      mix(light.pavement, light.grass, 0.15),
    ),
    dice.chance(0.65) ? bench(dice.pick([150, 850]), horizon + 100) : '',
    light.snow ? snowfall(dice) : flowers(dice, horizon + 90, light),
  ].join('');
}

function sky(light: Light, dice: Dice): string {
  const [x, y] = [dice.between(80, 1120), dice.between(60, 240)];
  const clouds = Array.from({ length: dice.pick([1, 2, 3]) }, () =>
    cloud(dice.between(0, 1150), dice.between(50, 260), dice.between(0.7, 1.6)),
  );
  return [
    fade('sky', light.skyTop, light.skyBottom) + glow('sun', light.sun, 0.95),
    rect(0, 0, WIDTH, HEIGHT, 'url(#sky)'),
    ellipse(x, y, 330, 330, 'url(#sun)') + ellipse(x, y, light.night ? 34 : 56, light.night ? 34 : 56, light.sun),
    clouds.join(''),
  ].join('');
}

const cloud = (x: number, y: number, scale: number): string =>
  group(
    ellipse(0, 0, 90, 30, '#fff') +
      ellipse(-34, -20, 44, 34, '#fff') +
      ellipse(26, -30, 54, 42, '#fff') +
      ellipse(76, -6, 44, 24, '#fff'),
    `transform="translate(${x} ${y}) scale(${scale})" opacity=".62"`,
  );

function distance(light: Light, dice: Dice, horizon: number): string {
  const far = mix(light.haze, '#5f7f96', 0.3);
  const shape = dice.pick(PEAKS);
  const sea = shape === PEAKS[2];
  return group(
    path(shape, sea ? mix(light.haze, '#3f8fae', 0.6) : far) +
      (sea
        ? line('M80 380 H260 M420 410 H700 M820 370 H1000 M180 450 H420 M760 470 H1080', '#ffffff', 5, 'opacity=".55"') +
          sail(dice.between(150, 1050))
        : ''),
    `transform="translate(0 ${horizon - 480})"`,
  );
}

const sail = (x: number): string =>
  group(
    path('M0 0 L0 -74 L48 -8 Z', '#fffaf0') +
      path('M-8 0 L-8 -58 L-36 -6 Z', '#f1e3d2') +
      path('M-44 4 H56 L40 24 H-28 Z', '#b5543c'),
    `transform="translate(${x} 352)"`,
  );

function houses(light: Light, dice: Dice, horizon: number): string {
  const drawn: string[] = [];
  for (let x = dice.between(-90, 0); x < WIDTH;) {
    const width = dice.between(130, 250);
    drawn.push(dice.chance(0.14) ? '' : house(x, width, dice.between(170, 380), horizon, light, dice));
    x += width + dice.between(-2, 26);
  }
  return drawn.join('');
}

function house(x: number, width: number, height: number, ground: number, light: Light, dice: Dice): string {
  const top = ground - height;
  const wall = mix(dice.pick(FACADES), light.haze, light.night ? 0.45 : 0.22);
  const roof = light.snow ? '#f1f5f8' : mix(dice.pick(ROOFS), light.haze, 0.22);
  const columns = Math.max(2, Math.floor(width / 62));
  const step = width / columns;
  const windows: string[] = [];
  for (let floor = 0; floor * 86 < height - 120; floor++) {
    for (let column = 0; column < columns; column++) {
      const [left, y] = [x + step * (column + 0.5) - 17, top + 28 + floor * 86];
      const lit = light.night && dice.chance(0.6);
      windows.push(
        rect(left - 4, y - 4, 42, 60, mix(wall, '#ffffff', 0.5), 'rx="4"') +
          rect(left, y, 34, 52, lit ? '#ffd98a' : mix('#7c95a6', light.haze, 0.3), 'rx="2"') +
          line(`M${left + 17} ${y} V${y + 52}`, mix(wall, '#ffffff', 0.5), 3),
      );
      if (dice.chance(0.2))
        windows.push(
          rect(left - 10, y + 48, 54, 12, mix('#6d8b56', light.haze, 0.15), 'rx="6"') +
            ellipse(left + 6, y + 48, 6, 6, '#e0736b') +
            ellipse(left + 26, y + 48, 6, 6, '#efb04f'),
        );
    }
  }
  const peaked = dice.chance(0.7);
  return [
    rect(x, top, width, height + 4, wall),
    rect(x + width * 0.82, top, width * 0.18, height + 4, '#3a3045', 'opacity=".08"'),
    peaked
      ? path(`M${x - 12} ${top + 4} L${x + width * 0.2} ${top - 64} H${x + width * 0.8} L${x + width + 12} ${top + 4} Z`, roof)
      : rect(x - 6, top - 14, width + 12, 20, roof, 'rx="4"'),
    windows.join(''),
    rect(x + width / 2 - 22, ground - 78, 44, 80, mix('#6b4a3a', light.haze, 0.2), 'rx="6"'),
  ].join('');
}

const tram = (dice: Dice, ground: number, light: Light): string =>
  group(
    rect(-10, -8, 500, 12, '#4a4650', 'opacity=".5"') +
      rect(0, -150, 480, 138, dice.pick(['#e0a93a', '#c94f44', '#3f83a8']), 'rx="24"') +
      rect(0, -60, 480, 14, '#fff6e4') +
      [22, 132, 242, 352].map((x) => rect(x, -132, 92, 58, light.night ? '#ffe0a0' : '#cfe4ec', 'rx="8"')).join('') +
      ellipse(96, -10, 26, 22, '#3a363f') +
      ellipse(384, -10, 26, 22, '#3a363f') +
      line('M240 -150 L210 -186 L270 -186', '#4a4650', 6),
    `transform="translate(${dice.between(-60, 780)} ${ground})"`,
  );

const hedge = (light: Light, dice: Dice, ground: number): string =>
  Array.from({ length: 9 }, (_, index) =>
    ellipse(
      index * 150 + dice.between(-30, 30),
      ground,
      dice.between(70, 110),
      dice.between(34, 62),
      mix(dice.pick(light.leaves), light.haze, 0.15),
    ),
  ).join('');

const paving = (light: Light, horizon: number): string => {
  const joint = mix(light.pavement, '#3a3440', 0.22);
  const across = [0.1, 0.26, 0.5, 0.82].map((at) => `M0 ${horizon + (HEIGHT - horizon) * at} H${WIDTH}`).join(' ');
  const along = Array.from({ length: 13 }, (_, index) => `M${index * 100} ${horizon} L${index * 200 - 600} ${HEIGHT}`).join(' ');
  return (
    rect(0, horizon, WIDTH, 14, mix(light.pavement, '#ffffff', 0.35)) +
    line(across, joint, 3, 'opacity=".5"') +
    line(along, joint, 3, 'opacity=".35"')
  );
};

const lamp = (x: number, ground: number, light: Light): string =>
  (light.night ? glow('lamp', '#ffe1a0', 0.85) + ellipse(x, ground - 420, 210, 210, 'url(#lamp)') : '') +
  line(`M${x} ${ground} V${ground - 390}`, '#4a4650', 14) +
  path(
    `M${x - 30} ${ground - 388} L${x - 22} ${ground - 448} H${x + 22} L${x + 30} ${ground - 388} Z`,
    light.night ? '#fff0c4' : '#e9e4d4',
    'stroke="#4a4650" stroke-width="6"',
  ) +
  path(`M${x - 32} ${ground - 446} L${x} ${ground - 476} L${x + 32} ${ground - 446} Z`, '#4a4650');

function tree(x: number, ground: number, scale: number, light: Light, dice: Dice): string {
  const leaf = dice.pick(light.leaves);
  const dark = mix(leaf, '#26402f', light.snow ? 0.1 : 0.2);
  const round =
    ellipse(0, -250, 104, 112, dark) +
    ellipse(-60, -210, 70, 70, leaf) +
    ellipse(60, -220, 74, 76, leaf) +
    ellipse(-6, -300, 82, 76, mix(leaf, '#fff4c0', 0.15));
  const fir = ['M0 -400 L92 -230 H-92 Z', 'M0 -320 L116 -140 H-116 Z', 'M0 -230 L136 -44 H-136 Z']
    .map((d, index) => path(d, mix(light.snow ? '#4f7566' : '#3f7055', leaf, light.snow ? 0.3 * (2 - index) : 0.15 * index)))
    .join('');
  const poplar = ellipse(0, -260, 56, 210, leaf) + ellipse(18, -240, 34, 180, dark, 'opacity=".6"');
  const trunk = rect(-15, -160, 30, 164, '#7a5a45', 'rx="8"');
  return group(trunk + dice.pick([round, round, fir, poplar]), `transform="translate(${x} ${ground}) scale(${scale})"`);
}

const bench = (x: number, ground: number): string =>
  group(
    rect(14, -70, 14, 76, '#4a4650') +
      rect(212, -70, 14, 76, '#4a4650') +
      rect(0, -84, 240, 18, '#a8713f', 'rx="6"') +
      rect(0, -134, 240, 16, '#b57c48', 'rx="6"') +
      rect(0, -162, 240, 16, '#b57c48', 'rx="6"') +
      rect(24, -160, 10, 84, '#4a4650') +
      rect(206, -160, 10, 84, '#4a4650'),
    `transform="translate(${x} ${ground}) scale(1.15)"`,
  );

function flowers(dice: Dice, from: number, light: Light): string {
  const colour = dice.pick(['#f4d35e', '#e98b9b', '#ffffff', '#b18ad0', '#ef8354']);
  return Array.from({ length: 46 }, () => {
    const y = dice.between(from, HEIGHT);
    const size = 3 + ((y - from) / (HEIGHT - from)) * 9;
    const x = dice.between(0, WIDTH);
    return (
      line(`M${x} ${y} v${(size * 2.4).toFixed(1)}`, mix(light.grass, '#2f5a34', 0.4), size / 3) +
      ellipse(x, y, size, size * 0.8, colour) +
      ellipse(x, y, size * 0.4, size * 0.35, '#e9a63a')
    );
  }).join('');
}

const snowfall = (dice: Dice): string =>
  Array.from({ length: 90 }, () =>
    ellipse(dice.between(0, WIDTH), dice.between(0, HEIGHT), 5, 5, '#ffffff', 'opacity=".8"'),
  ).join('');
