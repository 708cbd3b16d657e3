import type { Dice } from './dice.js';

/** The light of one hour and season; everything out of doors takes its colours from here. */
export interface Light {
  skyTop: string;
  skyBottom: string;
  /** Far hills, roofs and walls are mixed towards this, as air does. */
  haze: string;
  sun: string;
  grass: string;
  leaves: readonly [string, ...string[]];
  pavement: string;
  /** Windows and lamps are lit. */
  night: boolean;
  snow: boolean;
  /** Laid thinly over the whole picture. */
  veil: string;
  veilOpacity: number;
}

const SUMMER = ['#6f9a4e', '#86ad58', '#5c8a4c'] as const;
const AUTUMN = ['#d08a3a', '#c4622f', '#dba94a', '#9a7a3c'] as const;

const LIGHTS: readonly [Light, ...Light[]] = [
  {
    skyTop: '#8cc7e6',
    skyBottom: '#e6f3f4',
    haze: '#cfe3ea',
    sun: '#fff6cf',
    grass: '#8fbb62',
    leaves: SUMMER,
    pavement: '#cfc6ba',
    night: false,
    snow: false,
    veil: '#fff3d6',
    veilOpacity: 0.06,
  },
  {
    skyTop: '#f2b27a',
    skyBottom: '#fdebc8',
    haze: '#f1cfa4',
    sun: '#fffbe0',
    grass: '#a3a756',
    leaves: SUMMER,
    pavement: '#d3b798',
    night: false,
    snow: false,
    veil: '#ff9d4a',
    veilOpacity: 0.13,
  },
  {
    skyTop: '#e9a6a1',
    skyBottom: '#fde4d2',
    haze: '#e9c6c2',
    sun: '#fff2e4',
    grass: '#8aa669',
    leaves: ['#7fa06a', '#e8a9b4', '#f0c4c9'],
    pavement: '#cdb9b2',
    night: false,
    snow: false,
    veil: '#f7b6a8',
    veilOpacity: 0.09,
  },
  {
    skyTop: '#3e4a74',
    skyBottom: '#d99a86',
    haze: '#80779a',
    sun: '#ffe0b0',
    grass: '#53704f',
    leaves: ['#456349', '#54744f', '#3b5748'],
    pavement: '#8a8093',
    night: true,
    snow: false,
    veil: '#28305e',
    veilOpacity: 0.2,
  },
  {
    skyTop: '#a9bfcb',
    skyBottom: '#e3e6e3',
    haze: '#c8d0d2',
    sun: '#f4f4ee',
    grass: '#8d9c5c',
    leaves: AUTUMN,
    pavement: '#b9b2aa',
    night: false,
    snow: false,
    veil: '#d8b98c',
    veilOpacity: 0.08,
  },
  {
    skyTop: '#a8c4de',
    skyBottom: '#eef3f8',
    haze: '#d7e2ec',
    sun: '#ffffff',
    grass: '#eef3f7',
    leaves: ['#dfe8ee', '#f3f7fa', '#c6d4de'],
    pavement: '#dfe4ea',
    night: false,
    snow: true,
    veil: '#b9d2ee',
    veilOpacity: 0.1,
  },
  {
    skyTop: '#5ba8c4',
    skyBottom: '#f6e9c9',
    haze: '#b9d3cf',
    sun: '#fff4c2',
    grass: '#7fae70',
    leaves: ['#4f8f6a', '#68a475', '#8cba72'],
    pavement: '#d9cdb4',
    night: false,
    snow: false,
    veil: '#fff0c0',
    veilOpacity: 0.07,
  },
];

export const lightOf = (dice: Dice): Light => dice.pick(LIGHTS);
