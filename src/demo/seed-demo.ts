import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Clock } from '../platform/clock.js';
import { type Config } from '../platform/config/config.js';
import { CONFIG } from '../platform/config/config.module.js';
import { Database } from '../platform/database/database.js';
import { Readiness } from '../platform/health/readiness.js';
import { InstallationSecrets } from '../platform/secrets/installation-secrets.js';
import { casesMoveOn, rescuersPublish } from './case.acts.js';
import { peopleClaim } from './claims.acts.js';
import { DemoWorld } from './demo-world.js';
import { animalsLookForHomes, volunteersJoin } from './directory.acts.js';
import { donorsGive } from './giving.acts.js';
import { peopleJoin, peopleNotice, peopleTalk, staffEnterClinics, staffVerifyPeople } from './people.acts.js';
import { DEMO_PLAN, type DemoPlan, email, WELL_KNOWN } from './plan/index.js';
import { isEmpty, platformGivesBadges, unlessElsewhere } from './rows-without-endpoint.js';
import { campaignsStart, clinicsArePaid, staffEnterPartners } from './staff.acts.js';
import { supportersBegin } from './support.acts.js';
import { peopleReport } from './trust.acts.js';

/** When the first attempt began: the demo's weeks end there, also when a later attempt finishes them. */
const BEGUN = 'demo-seed-begun';
const DONE = 'demo-seed-done';
/** Days between two lines of progress. */
const PROGRESS_EVERY = 7;

export interface SeedDemoOptions {
  /** Takes a line of progress. */
  step: (text: string) => void;
  /** Another story than the usual one. */
  plan?: DemoPlan;
}

/**
 * Fills an empty installation with a believable demo, by living its weeks again through the application's own API:
 * the clock is set to each day, and what happened on it is done by the people who did it. Does nothing where somebody
 * uses the installation, or where it was done before; finishes what a killed attempt has begun.
 *
 * The application must listen, since webhooks come in through its port, and be an api and a worker at once, with the
 * local issuer and the payments sandbox. Strangers get 503 meanwhile.
 */
export async function seedDemo(app: NestFastifyApplication, { step, plan = DEMO_PLAN }: SeedDemoOptions): Promise<void> {
  const config = app.get<Config>(CONFIG);
  const secrets = app.get(InstallationSecrets);
  const database = app.get(Database);
  if (!canSeed(config) || (await secrets.find(DONE))) return;

  await unlessElsewhere(database, async () => {
    if (await secrets.find(DONE)) return;
    const earlier = await secrets.find(BEGUN);
    if (!earlier && !(await isEmpty(database))) return;
    const began = await secrets.get(BEGUN, () => new Date().toISOString());

    const release = app.get(Readiness).hold('demo', 'seeding');
    const clock = app.get(Clock);
    try {
      await live(new DemoWorld(app, plan, new Date(began), earlier !== undefined), step);
    } finally {
      clock.pretend(null);
      release();
    }
    await secrets.get(DONE, () => new Date().toISOString());
    step(`sign in with POST /v1/auth/dev-token as ${WELL_KNOWN.map(email).join(', ')}`);
  });
}

const canSeed = ({ production, auth, stripe, roles }: Config): boolean => !production && auth.local && stripe.sandbox && roles.has('api') && roles.has('worker');

async function live(world: DemoWorld, step: SeedDemoOptions['step']): Promise<void> {
  const { plan } = world;
  const firstDay = Math.max(...plan.people.map(({ joined }) => joined));
  const firstCase = Math.max(...plan.cases.map(({ published }) => published));
  step(`${world.resumes ? 'going on with' : 'making'} the demo: ${plan.people.length} people, ${plan.clinics.length} clinics, ${plan.cases.length} rescue cases, ${plan.donations.length} donations`);

  for (let daysAgo = firstDay; daysAgo >= 0; daysAgo--) {
    world.goTo(daysAgo);
    await peopleJoin(world, daysAgo);
    await volunteersJoin(world, daysAgo);
    await staffEnterClinics(world, daysAgo);
    await staffVerifyPeople(world, daysAgo);
    await peopleClaim(world, daysAgo);
    await staffEnterPartners(world, daysAgo);
    await campaignsStart(world, daysAgo);
    await platformGivesBadges(world, daysAgo);
    if (daysAgo > firstCase) continue;
    await rescuersPublish(world, daysAgo);
    await clinicsArePaid(world, daysAgo);
    await Promise.all([donorsGive(world, daysAgo), supportersBegin(world, daysAgo), casesMoveOn(world, daysAgo), peopleNotice(world, daysAgo), peopleTalk(world, daysAgo)]);
    await peopleReport(world, daysAgo);
    await animalsLookForHomes(world, daysAgo);
    await world.settle();
    if (daysAgo % PROGRESS_EVERY === 0) step(progress(plan, daysAgo));
  }
}

function progress({ cases, donations }: DemoPlan, daysAgo: number): string {
  const published = cases.filter((one) => one.published >= daysAgo).length;
  const given = donations.filter((gift) => gift.daysAgo >= daysAgo).length;
  return `${daysAgo === 0 ? 'until today' : `until ${daysAgo} days ago`}: ${published} rescue cases, ${given} donations`;
}
