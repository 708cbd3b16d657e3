import { demoPicture } from './demo-pictures.js';
import { type DemoWorld, inParallel } from './demo-world.js';
import type { DemoAdoption, DemoPerson } from './plan/index.js';

interface Named {
  id: string;
  name: string;
}

/** Who says that they help enters the volunteer directory on the day of joining. */
export async function volunteersJoin(world: DemoWorld, daysAgo: number): Promise<void> {
  const volunteers = world.plan.people.filter(({ joined, volunteerAvailability }) => joined === daysAgo && volunteerAvailability);
  await inParallel(volunteers, 4, (person) => join(world, person));
}

async function join({ client }: DemoWorld, { key, bio, volunteerAvailability }: DemoPerson): Promise<void> {
  await client.call('POST', '/v1/volunteers', { as: key, body: bio ? { bio } : {} });
  await client.call('PUT', '/v1/me/volunteer/availability', { as: key, body: { availability: volunteerAvailability } });
}

/** People list animals that look for a home, and others say that they would take them in. */
export async function animalsLookForHomes(world: DemoWorld, daysAgo: number): Promise<void> {
  for (const adoption of world.plan.adoptions.filter((one) => one.daysAgo === daysAgo)) {
    const id = await list(world, adoption);
    for (const key of adoption.interested) await world.client.call('POST', `/v1/adoptions/${id}/interest`, { as: key });
  }
}

async function list({ client, resumes }: DemoWorld, { lister, daysAgo: _, picture, interested: __, city, neighborhood, ...facts }: DemoAdoption): Promise<string> {
  const own = resumes ? (await client.call<{ items: Named[] }>('GET', '/v1/me/adoptions', { as: lister })).items : [];
  const there = own.find(({ name }) => name === facts.name);
  if (there) return there.id;
  const image = await client.upload(lister, await demoPicture(picture));
  return (await client.call<Named>('POST', '/v1/adoptions', { as: lister, body: { ...facts, images: [image], location: { city, neighborhood } } })).id;
}
