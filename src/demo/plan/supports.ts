import type { DemoSupport } from './plan.js';

/** Who gives every month or year. The first of them has been paid twice by the end of the story. */
export const SUPPORTS: DemoSupport[] = [
  { key: 'demo-support-1', donor: 'donor', kind: 'user', to: 'sofia.petrova', amount: 1_500, interval: 'month', daysAgo: 34 },
  { key: 'demo-support-2', donor: 'emma.schneider', kind: 'user', to: 'rescuer', amount: 12_000, interval: 'year', daysAgo: 19 },
  { key: 'demo-support-3', donor: 'anna.hristova', kind: 'case', to: 'Rex was hit by a car on Slivnitsa Boulevard', amount: 500, interval: 'month', daysAgo: 12 },
];
