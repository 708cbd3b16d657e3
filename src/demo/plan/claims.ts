import type { DemoClaim } from './plan.js';

/** Who says that a clinic is theirs: one has it by now, two wait for the same one. */
export const CLAIMS: DemoClaim[] = [
  { person: 'lyubomir.tsonev', clinic: 'galata', role: 'Owner', daysAgo: 12, info: 'Практиката е моя от 2009 г., името ми е на табелата.', approved: true },
  { person: 'hristina.dancheva', clinic: 'kapana', role: 'Owner', daysAgo: 0, info: 'Аз съм лекарят в кабинета; мога да пратя удостоверението.' },
  { person: 'boris.kostov', clinic: 'kapana', role: 'Manager', daysAgo: 0, info: 'I keep the books and the appointments there.' },
];
