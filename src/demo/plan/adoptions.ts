import type { DemoAdoption } from './plan.js';

/** Animals that look for a home. */
export const ADOPTIONS: DemoAdoption[] = [
  {
    lister: 'tsvetelina.koleva', daysAgo: 6, animalType: 'cat', name: 'Пиратка', age: 'около година', city: 'София', neighborhood: 'Младост', vaccinated: true, neutered: true,
    description: 'Едно око, нула комплекси. Спи в краката и иска да е единствена котка вкъщи.',
    picture: { seed: 90_001, species: 'cat', scene: 'shelter', prop: 'blanket' }, interested: ['donor', 'anna.hristova'],
  },
  {
    lister: 'georgi.todorov', daysAgo: 3, animalType: 'dog', name: 'Cherni', age: '4 months', city: 'Sofia', neighborhood: 'Dragalevtsi', vaccinated: true, neutered: false,
    description: 'The last of the seven puppies. Knows the leash and two other dogs; a garden would be nice, company matters more.',
    picture: { seed: 90_002, species: 'dog', scene: 'park', prop: 'none' }, interested: ['petya.ilieva'],
  },
];
