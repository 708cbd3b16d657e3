import type { Dice } from './dice.js';
import { HEIGHT, WIDTH } from './outdoors.js';
import { ellipse, fade, glow, group, line, mix, path, rect } from './svg.js';

/** A room and the height on which an animal stands in it. */
export interface Room {
  drawing: string;
  ground: number;
}

const pawPrint = (x: number, y: number, scale: number, colour: string): string =>
  group(
    ellipse(0, 10, 26, 21, colour) +
      ellipse(-30, -14, 10, 14, colour) +
      ellipse(-11, -29, 10, 14, colour) +
      ellipse(11, -29, 10, 14, colour) +
      ellipse(30, -14, 10, 14, colour),
    `transform="translate(${x} ${y}) scale(${scale})"`,
  );

/** A veterinary practice: tiled wall, cupboard, window or poster, the examination table in front. */
export function clinic(dice: Dice): Room {
  const wall = dice.pick(['#d5e8e4', '#dfe7ef', '#e9e2d6', '#d8e6d2', '#efdcd6', '#cfdfe9']);
  const tile = dice.pick(['#8fc1b8', '#94b6cf', '#c9b294', '#a6c298', '#d3a79b']);
  const cloth = dice.pick(['#4f9f98', '#5b88b2', '#b98aa6', '#7fae6d', '#d99a63']);
  const table = dice.between(640, 740);
  const split = dice.between(360, 520);
  const left = dice.chance(0.5);
  return {
    ground: table + 46,
    drawing: [
      fade('wall', mix(wall, '#ffffff', 0.3), wall) + rect(0, 0, WIDTH, HEIGHT, 'url(#wall)'),
      rect(0, split, WIDTH, HEIGHT - split, tile),
      tiles(split, mix(tile, '#ffffff', 0.35)),
      rect(0, split - 8, WIDTH, 16, mix(tile, '#ffffff', 0.55)),
      roomWindow(left ? dice.between(60, 200) : dice.between(760, 860), dice.between(40, 90), dice),
      dice.chance(0.5)
        ? cupboard(left ? dice.between(700, 830) : dice.between(50, 170), dice.between(70, 150), dice)
        : poster(left ? dice.between(800, 960) : dice.between(80, 220), 80, dice),
      dice.chance(0.5) ? surgeryLamp(dice.between(380, 820)) : '',
      rect(0, table + 70, WIDTH, HEIGHT, mix(cloth, '#20303c', 0.35)),
      rect(0, table, WIDTH, 96, cloth, 'rx="18"') + rect(0, table, WIDTH, 20, mix(cloth, '#ffffff', 0.35), 'rx="10"'),
      dice.chance(0.6) ? bottles(left ? 1010 : 60, table + 30, dice) : '',
    ].join(''),
  };
}

/** A shelter: a wall of boards, a shelf or a kennel, fairy lights, a floor with straw. */
export function shelter(dice: Dice): Room {
  const boards = dice.pick(['#c99f6e', '#b3c2b0', '#d3b68a', '#a7b8c6', '#cf9f86', '#8f7a68']);
  const floor = dice.pick(['#a98a68', '#8f7f75', '#b79c72', '#9a8f88']);
  const ground = dice.between(560, 680);
  return {
    ground: ground + 130,
    drawing: [
      rect(0, 0, WIDTH, HEIGHT, boards),
      line(
        Array.from({ length: 12 }, (_, index) => `M${index * 108 + 20} 0 V${ground}`).join(' '),
        mix(boards, '#2a1c14', 0.25),
        5,
      ),
      glow('bulb', '#ffe9b0', 0.8) + ellipse(dice.between(200, 1000), 60, 420, 360, 'url(#bulb)'),
      dice.chance(0.6)
        ? roomWindow(dice.pick([90, 480, 820]), dice.between(90, 150), dice)
        : [220, 470, 730, 960]
            .map((x) => pawPrint(x, dice.between(120, 340), dice.between(0.9, 1.5), mix(boards, '#ffffff', 0.4)))
            .join(''),
      dice.chance(0.55)
        ? kennel(dice.pick([30, 780]), ground + 40, dice)
        : shelf(dice.pick([60, 760]), dice.between(230, 330), dice),
      fairyLights(dice),
      fade('floor', mix(floor, '#ffffff', 0.12), mix(floor, '#2a1c14', 0.2)) +
        rect(0, ground, WIDTH, HEIGHT - ground, 'url(#floor)'),
      rect(0, ground - 12, WIDTH, 18, mix(boards, '#ffffff', 0.35)),
      straw(dice, ground),
    ].join(''),
  };
}

const tiles = (from: number, joint: string): string =>
  line(
    Array.from({ length: 17 }, (_, index) => `M${index * 75} ${from} V${HEIGHT}`).join(' ') +
      Array.from({ length: 7 }, (_, index) => `M0 ${from + index * 75} H${WIDTH}`).join(' '),
    joint,
    3,
    'opacity=".6"',
  );

function roomWindow(x: number, y: number, dice: Dice): string {
  const sky = dice.pick(['#bfe0ef', '#f6dcb8', '#cfdcea', '#53608c', '#e9c3bd']);
  const hills = mix(sky, '#5d8a63', 0.45);
  return group(
    rect(-14, -14, 298, 318, '#fbf7f0', 'rx="8"') +
      rect(0, 0, 270, 290, sky) +
      path('M0 210 C70 160 120 220 180 190 C220 172 250 190 270 180 V290 H0 Z', hills) +
      line('M135 0 V290 M0 140 H270', '#fbf7f0', 12) +
      rect(-30, 300, 330, 20, '#f3ece2', 'rx="6"') +
      group(
        rect(0, -40, 46, 42, '#c4694a', 'rx="6"') +
          ellipse(8, -64, 14, 30, '#6f9a5a') +
          ellipse(36, -66, 14, 32, '#7fab66') +
          ellipse(23, -78, 13, 36, '#5f8c52'),
        `transform="translate(${dice.between(10, 200)} 300)"`,
      ),
    `transform="translate(${x} ${y})"`,
  );
}

const cupboard = (x: number, y: number, dice: Dice): string =>
  group(
    rect(0, 0, 320, 240, '#f7f3ec', 'rx="10"') +
      rect(14, 14, 292, 212, '#cfe0e4', 'rx="4"') +
      [96, 200].map((shelfY) => rect(14, shelfY, 292, 10, '#f7f3ec')).join('') +
      [40, 88, 130, 184, 236, 272]
        .flatMap((left) =>
          [96, 200].map((shelfY) =>
            rect(
              left,
              shelfY - 52 - dice.between(0, 14),
              28,
              66,
              dice.pick(['#e08f6e', '#f0c46a', '#7fb0a4', '#ffffff', '#a78bb8', '#6f9cc4']),
              'rx="6"',
            ),
          ),
        )
        .join(''),
    `transform="translate(${x} ${y})"`,
  );

const poster = (x: number, y: number, dice: Dice): string => {
  const colour = dice.pick(['#e08f6e', '#5b9aa8', '#d9a53f', '#8a78b0']);
  return group(
    rect(0, 0, 210, 280, '#fffaf2', 'rx="6"') +
      rect(16, 16, 178, 178, mix(colour, '#ffffff', 0.55), 'rx="6"') +
      rect(30, 214, 150, 12, colour, 'rx="6"') +
      rect(30, 240, 110, 12, mix(colour, '#ffffff', 0.4), 'rx="6"') +
      pawPrint(105, 112, 1.9, colour),
    `transform="translate(${x} ${y})"`,
  );
};

const surgeryLamp = (x: number): string =>
  glow('beam', '#fffbe4', 0.85) +
  ellipse(x, 190, 320, 280, 'url(#beam)') +
  line(`M${x} 0 V60`, '#9aa7ad', 16) +
  path(`M${x - 120} 130 C${x - 110} 60 ${x + 110} 60 ${x + 120} 130 Z`, '#e8edee') +
  ellipse(x, 130, 120, 20, '#fff7d2');

const bottles = (x: number, y: number, dice: Dice): string =>
  [0, 46, 88]
    .map((left) =>
      group(
        rect(0, -84, 36, 84, dice.pick(['#f3efe8', '#a9d0cf', '#f0c987', '#cdb6d8']), 'rx="8"') +
          rect(8, -104, 20, 24, '#ffffff', 'rx="4"') +
          rect(4, -54, 28, 26, '#ffffff', 'opacity=".75"'),
        `transform="translate(${x + left} ${y})"`,
      ),
    )
    .join('');

const kennel = (x: number, ground: number, dice: Dice): string => {
  const wood = dice.pick(['#b5743f', '#a9583f', '#6f8fa3', '#8a9a5b']);
  return group(
    rect(40, -270, 310, 272, wood) +
      line('M40 -200 H350 M40 -134 H350 M40 -68 H350', mix(wood, '#2a1c14', 0.25), 4) +
      path('M0 -262 L195 -400 L390 -262 L372 -240 L195 -362 L18 -240 Z', mix(wood, '#2a1c14', 0.45)) +
      path('M40 -262 L195 -372 L350 -262 Z', mix(wood, '#ffffff', 0.15)) +
      path('M125 0 V-130 C125 -220 265 -220 265 -130 V0 Z', '#3a2a26') +
      pawPrint(195, -290, 0.8, mix(wood, '#2a1c14', 0.4)),
    `transform="translate(${x} ${ground})"`,
  );
};

const shelf = (x: number, y: number, dice: Dice): string =>
  group(
    rect(0, 0, 380, 20, '#8a6242', 'rx="6"') +
      rect(30, -74, 104, 74, dice.pick(['#d98c7a', '#7fa8bd', '#e3b863']), 'rx="16"') +
      rect(40, -112, 92, 42, dice.pick(['#f0e2c8', '#b9c9a4', '#c9a5bb']), 'rx="16"') +
      rect(190, -96, 62, 96, '#f3efe6', 'rx="8"') +
      pawPrint(221, -46, 0.55, '#c4694a') +
      ellipse(312, -28, 32, 28, dice.pick(['#e0603f', '#5fa07a', '#e9b23f'])),
    `transform="translate(${x} ${y})"`,
  );

const fairyLights = (dice: Dice): string => {
  const sag = dice.between(40, 110);
  const bulbs = Array.from({ length: 13 }, (_, index) => {
    const across = index / 12;
    return ellipse(
      across * WIDTH,
      30 + Math.sin(across * Math.PI) * sag * 1.02 + 16,
      11,
      14,
      ['#ffe08a', '#ffb3a0', '#fff3cf'][index % 3] ?? '#ffe08a',
    );
  });
  return line(`M0 30 Q600 ${30 + sag * 2} 1200 30`, '#5a4a44', 4) + bulbs.join('');
};

const straw = (dice: Dice, ground: number): string =>
  Array.from({ length: 60 }, () =>
    line(
      `M${dice.between(0, WIDTH)} ${dice.between(ground + 20, HEIGHT)} l${dice.between(-46, 46)} ${dice.between(-12, 12)}`,
      '#ecd494',
      5,
      'opacity=".55"',
    ),
  ).join('');
