import type { Dice } from './dice.js';
import { mix } from './svg.js';

/** How one animal is coloured. All colours are `#rrggbb`. */
export interface Coat {
  base: string;
  /** Parts away from the light. */
  shade: string;
  /** Muzzle, chest and paws. */
  light: string;
  /** Stripes, patches and ears. */
  mark: string;
  pattern: 'plain' | 'striped' | 'patched' | 'masked';
  iris: string;
  nose: string;
  collar: string;
}

type Colours = Pick<Coat, 'base' | 'light' | 'mark' | 'pattern'>;

const DOGS: readonly [Colours, ...Colours[]] = [
  { base: '#c98a4b', light: '#f6e3c8', mark: '#8a5426', pattern: 'plain' },
  { base: '#e2b878', light: '#fbf0da', mark: '#c08a4a', pattern: 'plain' },
  { base: '#f3ece1', light: '#ffffff', mark: '#7b5234', pattern: 'patched' },
  { base: '#f1eee9', light: '#ffffff', mark: '#3d3a3c', pattern: 'patched' },
  { base: '#4a4145', light: '#c98d55', mark: '#332c30', pattern: 'masked' },
  { base: '#3c3a40', light: '#efe9e2', mark: '#2b292e', pattern: 'plain' },
  { base: '#7a5238', light: '#dcb98f', mark: '#5a3a26', pattern: 'plain' },
  { base: '#8f8a86', light: '#eeeae4', mark: '#5f5b5a', pattern: 'masked' },
  { base: '#b0794a', light: '#ecd2ae', mark: '#523826', pattern: 'masked' },
  { base: '#d9cbb4', light: '#f8f1e4', mark: '#a68a66', pattern: 'plain' },
];

const CATS: readonly [Colours, ...Colours[]] = [
  { base: '#e39a4d', light: '#fbe9d0', mark: '#bf6f2a', pattern: 'striped' },
  { base: '#9a948d', light: '#e9e5df', mark: '#615c59', pattern: 'striped' },
  { base: '#a58a6a', light: '#efe2cd', mark: '#63503b', pattern: 'striped' },
  { base: '#3b393f', light: '#f4f1ee', mark: '#2a282d', pattern: 'plain' },
  { base: '#34323a', light: '#45424b', mark: '#26242b', pattern: 'plain' },
  { base: '#f6f1ea', light: '#ffffff', mark: '#d98a42', pattern: 'patched' },
  { base: '#f4f0ea', light: '#ffffff', mark: '#4a474c', pattern: 'patched' },
  { base: '#7f8793', light: '#a9b0ba', mark: '#666d79', pattern: 'plain' },
  { base: '#ecdcc4', light: '#f8efe0', mark: '#6d5544', pattern: 'masked' },
];

const COLLARS = ['#d6453d', '#2f7fa8', '#3f9a6b', '#e3a52c', '#7a5aa6', '#e07a96'] as const;

/** Draws lots for a coat that the species really has. */
export function coatOf(species: 'dog' | 'cat', dice: Dice): Coat {
  const colours = dice.pick(species === 'dog' ? DOGS : CATS);
  return {
    ...colours,
    shade: mix(colours.base, '#2a2030', 0.2),
    iris:
      species === 'cat' ? dice.pick(['#8fb04a', '#d9a531', '#5fa3b8', '#b9c04c']) : dice.pick(['#4a2d1a', '#5c3a20', '#3a2618']),
    nose: species === 'cat' ? dice.pick(['#e0918f', '#c97a78', '#5a4444']) : '#2c2527',
    collar: dice.pick(COLLARS),
  };
}
