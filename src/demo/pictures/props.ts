import type { Body } from './bodies.js';
import { ellipse, group, line, path, place, rect } from './svg.js';

/** What tells that the animal is being cared for. */
export type Prop = 'none' | 'bandage' | 'cone' | 'blanket' | 'bowl';

const GAUZE = '#fbf8f2';
const GAUZE_EDGE = '#d8cfc4';

/** A dressing around something `width` wide, with a small red cross; drawn around 0,0. */
export function dressing(width: number, height: number): string {
  const half = width / 2;
  const turns = [-0.28, 0.02, 0.32]
    .map((at) => line(`M${-half + 4} ${height * at} L${half - 4} ${height * (at - 0.14)}`, GAUZE_EDGE, 3))
    .join('');
  return (
    rect(-half, -height / 2, width, height, GAUZE, `rx="12" stroke="${GAUZE_EDGE}" stroke-width="3"`) +
    turns +
    rect(-13, -4.5, 26, 9, '#d94f45', 'rx="3"') +
    rect(-4.5, -13, 9, 26, '#d94f45', 'rx="3"')
  );
}

/** A dressing around the crown of a head drawn around 0,0. */
export const headBandage = (): string =>
  group(
    path(
      'M-112 -34 C-70 -66 70 -66 112 -34 L106 -76 C66 -108 -66 -108 -106 -76 Z',
      GAUZE,
      `stroke="${GAUZE_EDGE}" stroke-width="3"`,
    ) +
      line('M-106 -52 C-60 -84 60 -84 106 -52', GAUZE_EDGE, 3) +
      place(rect(-13, -4.5, 26, 9, '#d94f45', 'rx="3"') + rect(-4.5, -13, 9, 26, '#d94f45', 'rx="3"'), 58, -76),
    '',
  );

/** A veterinary cone, open towards the viewer, to be drawn before the head. */
export const coneBack = (): string => {
  const folds = [20, 62, 118, 160, 205, 250, 290, 335].map((degrees) => {
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    return `M${(cos * 118).toFixed(0)} ${(10 + sin * 112).toFixed(0)} L${(cos * 216).toFixed(0)} ${(-14 + sin * 200).toFixed(0)}`;
  });
  return (
    ellipse(0, -14, 222, 206, '#eef5f6', 'opacity=".8"') +
    ellipse(0, 10, 118, 112, '#a9c3cc', 'opacity=".75"') +
    line(folds.join(' '), '#b9d0d7', 4, 'opacity=".9"') +
    ellipse(0, -14, 222, 206, 'none', 'stroke="#7fb4c6" stroke-width="12"') +
    line('M-190 -84 C-170 -132 -134 -168 -90 -188', '#ffffff', 12, 'opacity=".9"')
  );
};

/** The lip of the cone that stands before the chin, to be drawn over the head. */
export const coneFront = (): string =>
  path(
    'M-206 64 C-170 150 -80 196 0 192 C80 196 170 150 206 64 C150 136 80 150 0 150 C-80 150 -150 136 -206 64 Z',
    '#eef5f6',
    'opacity=".72"',
  ) + line('M-206 62 C-170 150 -80 194 0 192 C80 194 170 150 206 62', '#7fb4c6', 12);

/** A collar with a tag under a head drawn around 0,0. */
export const collar = (colour: string): string =>
  line('M-72 92 C-40 122 40 122 72 92', colour, 24) +
  ellipse(0, 128, 15, 17, '#f0c75a', 'stroke="#c99a34" stroke-width="3"') +
  ellipse(0, 128, 5, 6, '#c99a34');

/** A folded blanket for the animal to be on. */
export const blanket = (colour: string, stripe: string): string =>
  path('M-330 -8 C-340 -46 -250 -52 0 -50 C250 -52 350 -44 342 -4 C336 34 -320 38 -330 -8 Z', colour) +
  line('M-286 -34 C-100 -24 120 -24 300 -36 M-312 4 C-100 16 120 16 322 6', stripe, 9, 'opacity=".8"');

/** A full bowl. */
export const bowl = (colour: string): string =>
  ellipse(0, 4, 92, 14, '#2a2030', 'opacity=".22"') +
  path('M-78 -56 H78 L90 -2 C60 12 -60 12 -90 -2 Z', colour) +
  ellipse(0, -56, 78, 18, '#f3efe8') +
  ellipse(0, -54, 64, 12, '#8a5a36') +
  ellipse(-22, -60, 20, 8, '#a36d43') +
  ellipse(20, -59, 22, 8, '#9a653c') +
  ellipse(0, -22, 15, 11, '#ffffff', 'opacity=".8"');

/** A dressing on the leg or flank, where the body has its place for one. */
export const bodyBandage = (wound: Body['wound']): string =>
  place(dressing(wound.width, wound.width > 80 ? 84 : 64), wound.x, wound.y);
