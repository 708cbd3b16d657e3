/** The few SVG shapes the drawings are made of; `extra` is further attributes as written in SVG. */

export const ellipse = (cx: number, cy: number, rx: number, ry: number, fill: string, extra = ''): string =>
  `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="${fill}" ${extra}/>`;

export const rect = (x: number, y: number, width: number, height: number, fill: string, extra = ''): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}" ${extra}/>`;

export const path = (d: string, fill: string, extra = ''): string => `<path d="${d}" fill="${fill}" ${extra}/>`;

/** An open line with round ends. */
export const line = (d: string, stroke: string, width: number, extra = ''): string =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" ${extra}/>`;

export const group = (content: string, extra: string): string => `<g ${extra}>${content}</g>`;

/** Moves, then scales, then turns what is drawn around 0,0. */
export const place = (content: string, x: number, y: number, scale = 1, degrees = 0): string =>
  group(content, `transform="translate(${x} ${y}) scale(${scale}) rotate(${degrees})"`);

/** The same thing drawn left and right of the middle. */
export const bothSides = (content: string): string => content + group(content, 'transform="scale(-1 1)"');

/** A gradient from top to bottom, to be named in a fill as `url(#id)`. */
export const fade = (id: string, top: string, bottom: string): string =>
  `<linearGradient id="${id}" x2="0" y2="1"><stop stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/></linearGradient>`;

/** A glow that fades outwards to nothing. */
export const glow = (id: string, color: string, opacity: number): string =>
  `<radialGradient id="${id}"><stop stop-color="${color}" stop-opacity="${opacity}"/><stop offset="1" stop-color="${color}" stop-opacity="0"/></radialGradient>`;

/** Mixes two `#rrggbb` colours; `share` of 0 is the first, 1 the second. */
export function mix(from: string, to: string, share: number): string {
  const channels = [1, 3, 5].map((at) => {
    const [a, b] = [from, to].map((color) => Number.parseInt(color.slice(at, at + 2), 16)) as [number, number];
    return Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${channels.join('')}`;
}
