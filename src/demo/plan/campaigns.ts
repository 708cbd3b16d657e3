import type { DemoBadge, DemoCampaign } from './plan.js';

export const CAMPAIGNS: DemoCampaign[] = [
  {
    title: 'A drone that finds lost and injured animals at night',
    description:
      'A thermal camera sees a dog in a forest from a hundred metres, also when it does not bark. The money buys one drone with a thermal camera, two spare batteries, insurance and the pilot\'s licence for three volunteers. First flights over Vitosha and the Maritsa islands.',
    campaignType: 'initiative',
    initiativeKey: 'drone',
    initiativeCategory: 'drone',
    featured: true,
    goal: 640_000,
    unit: 'EUR',
    creator: 'admin',
    created: 36,
    cases: [],
    gifts: 4,
  },
  {
    title: 'Убежище край Пловдив: дом за тези, които никой няма да вземе',
    description:
      'Старо училище с голям двор, вода и път. Има място за трийсет възрастни и болни животни, които в обикновен приют не издържат. Събираме за покрива, отоплението и първата година на един щатен гледач. Всяка фактура ще бъде публикувана.',
    campaignType: 'initiative',
    initiativeKey: 'safehouse',
    initiativeCategory: 'safehouse',
    featured: true,
    goal: 2_400_000,
    unit: 'EUR',
    creator: 'admin',
    created: 34,
    cases: [],
    gifts: 4,
  },
  {
    title: 'Fifty neuterings along the Danube before spring',
    description:
      'Dr. Yordanova\'s bus goes to the villages that have no clinic. Each weekend is one village, and each village is about twenty dogs and cats. Weekends done so far: Sandrovo. Next are Nikolovo and Ryahovo.',
    campaignType: 'rescue',
    featured: false,
    goal: 50,
    unit: 'surgeries',
    counted: 38,
    endsIn: 90,
    creator: 'plamen.rusev',
    created: 16,
    cases: ['Безплатна кастрация за дворните кучета в Сандрово', 'Чувалът на кея беше пълен с кученца'],
    gifts: 0,
  },
];

export const BADGES: DemoBadge[] = [
  { person: 'sofia.petrova', type: 'rescue_champion', description: 'Ten rescues and every bill of them posted', daysAgo: 30 },
  { person: 'sofia.petrova', type: 'founding_member', description: 'Here before the doors were open', daysAgo: 39 },
  { person: 'tsvetelina.koleva', type: 'foster_hero', description: 'Five fosterings since spring', daysAgo: 26 },
  { person: 'dimitar.varbanov', type: 'top_transporter', description: 'Fourteen animals between Durankulak and Sofia', daysAgo: 12 },
  { person: 'elitsa.boneva', type: 'event_organizer', description: 'Three adoption Saturdays at the Rowing Canal', daysAgo: 9 },
  { person: 'vesela.arnaudova', type: 'verified_veterinarian', description: 'Licence seen by staff', daysAgo: 37 },
  { person: 'clinic', type: 'verified_veterinarian', description: 'Licence seen by staff', daysAgo: 37 },
  { person: 'rescuer', type: 'community_hero', description: 'Told the city about ten cases that were not her own', daysAgo: 7 },
];
