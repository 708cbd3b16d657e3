import { type DemoWorld, inParallel, known } from './demo-world.js';
import type { DemoClinic, DemoPerson } from './plan/index.js';

/** People sign up, tell who they are, and stay signed in. */
export async function peopleJoin(world: DemoWorld, daysAgo: number): Promise<void> {
  const people = world.plan.people.filter(({ joined }) => joined === daysAgo);
  if (people.length === 0) return;
  const { client } = world;
  await inParallel(people, 4, ({ key, name, role }) => client.signUp(key, name, role === 'admin' ? role : undefined));
  await world.atPresent(daysAgo, () => inParallel(people, 4, ({ key }) => client.signIn(key)));
  await inParallel(people, 4, (person) => tellWhoTheyAre(world, person));
}

async function tellWhoTheyAre({ client }: DemoWorld, { key, city, userType, volunteerCapabilities, bio, displayName, isPublic }: DemoPerson): Promise<void> {
  const me = await client.call<{ onboardingCompleted: boolean; bio: string | null }>('GET', '/v1/me', { as: key });
  if (!me.onboardingCompleted) {
    const asVolunteer = userType === 'volunteer' ? { volunteerCapabilities, volunteerCity: city } : {};
    await client.call('POST', '/v1/me/onboarding', { as: key, body: { userType, city, ...asVolunteer } });
  }
  if (bio && me.bio === null) await client.call('PATCH', '/v1/me', { as: key, body: { bio, displayName, isPublic } });
}

/** Staff enter clinics, and say whom they have checked. */
export async function staffEnterClinics(world: DemoWorld, daysAgo: number): Promise<void> {
  const clinics = world.plan.clinics.filter(({ entered }) => entered === daysAgo);
  if (clinics.length === 0) return;
  const { items } = await world.client.call<{ items: { id: string; name: string }[] }>('GET', '/v1/clinics?limit=100');
  for (const { key, entered: _, owner, ...facts } of clinics) {
    const there = items.find(({ name }) => name === facts.name);
    const { id } = there ?? (await world.client.call<{ id: string }>('POST', '/v1/admin/clinics', { as: 'admin', body: { ...facts, ...ownership(world, owner) } }));
    world.clinics.set(key, id);
    if (owner) await verify(world, owner);
  }
}

const ownership = ({ client }: DemoWorld, owner: DemoClinic['owner']): object => (owner ? { ownerId: client.idOf(owner) } : {});

/** Staff vouch for people a week after they came. */
export async function staffVerifyPeople(world: DemoWorld, daysAgo: number): Promise<void> {
  const owners = new Set(world.plan.clinics.map(({ owner }) => owner));
  const people = world.plan.people.filter(({ key, joined, verification }) => verification && !owners.has(key) && joined - 7 === daysAgo);
  for (const { key } of people) await verify(world, key);
}

async function verify({ client, plan }: DemoWorld, key: string): Promise<void> {
  const level = plan.people.find((person) => person.key === key)?.verification;
  if (!level) return;
  const me = await client.call<{ verificationLevel: string }>('GET', '/v1/me', { as: key });
  if (me.verificationLevel === level) return;
  await client.call('PUT', `/v1/admin/users/${client.idOf(key)}/verification`, { as: 'admin', body: { level, reason: 'Papers seen' } });
}

/** People like, save, vouch and follow. */
export async function peopleNotice(world: DemoWorld, daysAgo: number): Promise<void> {
  const { client, plan, cases } = world;
  const today = <T extends { daysAgo: number }>(all: T[]): T[] => all.filter((one) => one.daysAgo === daysAgo);
  const switches = [
    ...today(plan.likes).map(({ person, title }) => ({ person, url: `/v1/cases/${known(cases, title)}/like` })),
    ...today(plan.saves).map(({ person, title }) => ({ person, url: `/v1/cases/${known(cases, title)}/save` })),
    ...today(plan.endorsements).map(({ person, title }) => ({ person, url: `/v1/cases/${known(cases, title)}/endorsement` })),
    ...today(plan.follows).map(({ follower, followed }) => ({ person: follower, url: `/v1/users/${client.idOf(followed)}/follow` })),
  ];
  await inParallel(switches, 4, async ({ person, url }) => {
    await client.call('PUT', url, { as: person });
  });
}

/** People talk below cases, and owners answer. */
export async function peopleTalk(world: DemoWorld, daysAgo: number): Promise<void> {
  const comments = world.plan.comments.filter((comment) => comment.daysAgo === daysAgo);
  await inParallel(comments, 4, async ({ person, title, text, reply }) => {
    const url = `/v1/cases/${known(world.cases, title)}/comments`;
    const said = world.resumes ? (await world.client.call<{ items: Said[] }>('GET', `${url}?limit=100`)).items : [];
    const write = async (as: string, content: string, parentId?: string): Promise<Said> =>
      said.find((one) => one.content === content) ?? world.client.call<Said>('POST', url, { as, body: { content, ...(parentId ? { parentId } : {}) } });
    const comment = await write(person, text);
    if (reply) await write(world.plan.cases.find((one) => one.title === title)!.owner, reply, comment.id);
  });
}

interface Said {
  id: string;
  content: string;
}
