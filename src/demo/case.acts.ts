import { type DemoWorld, inParallel, known } from './demo-world.js';
import { type DemoCase, type DemoStage, type DemoUpdate } from './plan/index.js';

const HOUR_MS = 3_600_000;

/** Centres of the cities, in Latin and Cyrillic as people write them. */
const CENTRES: Record<string, { lat: number; lng: number }> = {
  Sofia: { lat: 42.6977, lng: 23.3219 },
  София: { lat: 42.6977, lng: 23.3219 },
  Varna: { lat: 43.2141, lng: 27.9147 },
  Варна: { lat: 43.2141, lng: 27.9147 },
  Plovdiv: { lat: 42.1354, lng: 24.7453 },
  Пловдив: { lat: 42.1354, lng: 24.7453 },
};

/** Rescuers publish what they found. */
export async function rescuersPublish(world: DemoWorld, daysAgo: number): Promise<void> {
  const cases = world.plan.cases.filter((one) => one.published === daysAgo);
  await inParallel(cases, 3, async (one) => {
    const id = (world.resumes && (await findPublished(world, one))) || (await publish(world, one));
    world.cases.set(one.title, id);
  });
}

/** Id of the case when an earlier attempt published it. */
async function findPublished({ client }: DemoWorld, { owner, title }: DemoCase): Promise<string | undefined> {
  const { items } = await client.call<{ items: { id: string; title: string }[] }>('GET', '/v1/me/cases?limit=100', { as: owner });
  return items.find((one) => one.title === title)?.id;
}

async function publish(world: DemoWorld, one: DemoCase): Promise<string> {
  const { client, studio, clinics } = world;
  const pictures = await studio.ofCase(one);
  const images = await Promise.all(pictures.map((picture) => client.upload(one.owner, picture)));
  const published = world.momentOf(one.published).getTime();
  const { id } = await client.call<{ id: string }>('POST', '/v1/cases', {
    as: one.owner,
    body: {
      type: one.type,
      category: one.category,
      language: one.language,
      title: one.title,
      description: one.description,
      ...(one.story ? { story: one.story } : {}),
      images,
      location: { city: one.city, neighborhood: one.neighborhood, ...place(one) },
      fundraising: { goal: one.goal * 100, currency: 'EUR' },
      foundAt: new Date(published - 20 * HOUR_MS).toISOString(),
      ...(one.clinic ? { clinicId: known(clinics, one.clinic), broughtToClinicAt: new Date(published - 5 * HOUR_MS).toISOString() } : {}),
    },
  });
  return id;
}

/** Some way off the centre, another for each case. */
function place({ city, title }: DemoCase): { coordinates?: { lat: number; lng: number } } {
  const centre = CENTRES[city];
  if (!centre) return {};
  const letters = [...title].reduce((sum, letter) => sum + letter.codePointAt(0)!, 0);
  return { coordinates: { lat: round(centre.lat + ((letters % 61) - 30) / 1_000), lng: round(centre.lng + ((letters % 83) - 41) / 1_000) } };
}

const round = (degrees: number): number => Math.round(degrees * 1e4) / 1e4;

/** What a case shows of itself, for what an earlier attempt may have done. */
interface CaseState {
  lifecycleStage: string;
  verificationStatus: string;
  riskLevel: string;
  hiddenAt: string | null;
  updates: { text: string }[];
}

/** The evidence trail grows, cases move on, and staff judge them. */
export async function casesMoveOn(world: DemoWorld, daysAgo: number): Promise<void> {
  await inParallel(world.plan.cases, 4, async (one) => {
    const age = one.published - daysAgo;
    const updates = one.updates.flatMap((update, index) => (update.after === age ? [{ update, index }] : []));
    const stages = one.stages?.filter((stage) => stage.after === age) ?? [];
    const judged = age === 1 && Boolean(one.verification ?? one.risk);
    const hides = age === 2 && one.hidden !== undefined;
    if (updates.length + stages.length === 0 && !judged && !hides) return;

    const id = known(world.cases, one.title);
    const state = world.resumes ? await world.client.call<CaseState>('GET', `/v1/cases/${id}`, { as: 'admin' }) : null;
    for (const { update, index } of updates) {
      if (!state?.updates.some(({ text }) => text === update.text)) await addUpdate(world, one, id, update, index);
    }
    if (judged) await judge(world, one, id, state);
    if (hides && !state?.hiddenAt) await world.client.call('PUT', `/v1/admin/cases/${id}/hidden`, { as: 'admin', body: { reason: one.hidden } });
    for (const stage of stages) await move(world, one, id, stage, state);
  });
}

async function addUpdate({ client, studio, plan, clinics }: DemoWorld, one: DemoCase, id: string, update: DemoUpdate, index: number): Promise<void> {
  const author = update.by === 'clinic' ? plan.clinics.find(({ key }) => key === one.clinic)?.owner : one.owner;
  if (!author) throw new Error(`Nobody runs the clinic that writes to ${one.title}`);
  const images = update.picture ? [await client.upload(author, await studio.ofUpdate(one, index, update.picture))] : [];
  await client.call('POST', `/v1/cases/${id}/updates`, {
    as: author,
    body: {
      text: update.text,
      type: update.type,
      images,
      ...(update.evidence ? { evidenceType: update.evidence } : {}),
      ...(update.by === 'clinic' ? { clinicId: known(clinics, one.clinic!) } : {}),
    },
  });
}

async function judge({ client }: DemoWorld, { verification, risk }: DemoCase, id: string, state: CaseState | null): Promise<void> {
  if (verification && state?.verificationStatus !== verification) {
    await client.call('PUT', `/v1/admin/cases/${id}/verification`, { as: 'admin', body: { status: verification } });
  }
  if (risk && state?.riskLevel !== risk.level) await client.call('PUT', `/v1/admin/cases/${id}/risk`, { as: 'admin', body: risk });
}

async function move({ client }: DemoWorld, one: DemoCase, id: string, { stage, notes }: DemoStage, state: CaseState | null): Promise<void> {
  const stages = ['active_treatment', ...(one.stages ?? []).map((step) => step.stage)];
  if (state && stages.indexOf(state.lifecycleStage) >= stages.indexOf(stage)) return;
  await client.call('POST', `/v1/cases/${id}/lifecycle`, { as: one.owner, body: { stage, notes } });
}
