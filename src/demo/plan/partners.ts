import type { DemoInvoice, DemoPartner } from './plan.js';

export const PARTNERS: DemoPartner[] = [
  {
    name: 'Паничка',
    logo: 'https://panichka.example/logo.png',
    type: 'pet-shop',
    contribution: 'Храна на себестойност за приемните домове',
    description: 'Два магазина в Пловдив и един склад в Труд. Каквото остане от сезона, отива при котките от Капана.',
    website: 'https://panichka.example',
    since: '2024',
    animalsHelped: 340,
    totalContributed: 1_260_000,
    featured: true,
    entered: 33,
  },
  {
    name: 'Thracian Paw Foods',
    logo: 'https://thracianpaw.example/logo.png',
    type: 'food-brand',
    contribution: 'Two tonnes of dry food a year',
    description: 'A family mill near Stara Zagora. The bags with a crooked label are as good as the others, and they are ours.',
    website: 'https://thracianpaw.example',
    since: '2025',
    animalsHelped: 510,
    totalContributed: 2_140_000,
    featured: true,
    entered: 31,
  },
  {
    name: 'Serdika Animal Hospital',
    logo: 'https://serdika.example/logo.png',
    type: 'veterinary',
    contribution: 'Emergency surgery at the price of its materials',
    description: 'Open around the clock on Opalchenska. Whoever comes with a case from here is not asked for a deposit.',
    since: '2024',
    animalsHelped: 128,
    totalContributed: 3_875_000,
    featured: false,
    entered: 31,
  },
  {
    name: 'Black Sea Freight',
    logo: 'https://blackseafreight.example/logo.png',
    type: 'sponsor',
    contribution: 'Every tenth kilometre of a van between Varna and Sofia',
    description: 'The drivers asked for it. Crates travel in front, where it is warm.',
    since: '2026',
    animalsHelped: 61,
    totalContributed: 540_050,
    featured: false,
    entered: 18,
  },
];

const REX = 'Rex was hit by a car on Slivnitsa Boulevard';

/** One that was paid, and one that waits for its second approval. */
export const INVOICES: DemoInvoice[] = [
  { case: REX, filedBy: 'rescuer', amount: 52_000, daysAgo: 2, reference: 'SEPA-2026-0117' },
  { case: REX, filedBy: 'clinic', amount: 9_600, daysAgo: 1 },
];
