import { TestApp } from '../../test/support/test-app.js';
import { Clock } from '../platform/clock.js';
import { DEMO_PLAN, type DemoPlan } from './plan/index.js';
import { seedDemo } from './seed-demo.js';

/** A few cases that between them do everything: funded, closed, hidden, declined and unfinished gifts, clinic's words. */
const TITLES = [
  'Rex was hit by a car on Slivnitsa Boulevard',
  'Мусака вече спи на диван в Лозенец',
  'Help my dog urgent operation please share',
  'Max needs a new hip',
  'Чувалът на кея беше пълен с кученца',
  'Безплатна кастрация за дворните кучета в Сандрово',
];

const PLAN: DemoPlan = {
  ...DEMO_PLAN,
  cases: DEMO_PLAN.cases.filter(({ title }) => TITLES.includes(title)),
  donations: [
    ...DEMO_PLAN.donations.filter(({ to, kind, outcome }) => outcome === 'paid' && (kind === 'campaign' || TITLES.includes(to))),
    { key: 'declined', donor: 'donor', to: TITLES[0]!, kind: 'case', amount: 1_700, daysAgo: 3, outcome: 'declined', anonymous: false },
    { key: 'open', donor: 'donor', to: TITLES[0]!, kind: 'case', amount: 1_800, daysAgo: 0, outcome: 'left open', anonymous: true },
  ],
  likes: DEMO_PLAN.likes.filter(({ title }) => TITLES.includes(title)),
  saves: DEMO_PLAN.saves.filter(({ title }) => TITLES.includes(title)),
  endorsements: DEMO_PLAN.endorsements.filter(({ title }) => TITLES.includes(title)),
  comments: [{ person: 'donor', title: TITLES[0]!, daysAgo: 2, text: 'How did the night go?', reply: 'Quietly.' }],
};

const COUNTS = `
  SELECT (SELECT count(*)::int FROM identity.users) AS people,
         (SELECT count(*)::int FROM directory.clinics) AS clinics,
         (SELECT count(*)::int FROM rescue.cases) AS cases,
         (SELECT count(*)::int FROM rescue.case_updates WHERE type <> 'milestone') AS updates,
         (SELECT count(*)::int FROM rescue.case_updates WHERE type = 'milestone') AS milestones,
         (SELECT count(*)::int FROM giving.campaigns) AS campaigns,
         (SELECT count(*)::int FROM giving.partners) AS partners,
         (SELECT count(*)::int FROM giving.clinic_invoices WHERE status = 'paid') AS paid_invoices,
         (SELECT count(*)::int FROM giving.clinic_invoices WHERE status = 'pending') AS waiting_invoices,
         (SELECT count(*)::int FROM giving.donations WHERE status = 'completed' AND donation_kind = 'one_time') AS completed,
         (SELECT count(*)::int FROM giving.donations WHERE status = 'failed') AS failed,
         (SELECT count(*)::int FROM giving.donations WHERE status = 'pending') AS pending,
         (SELECT count(*)::int FROM giving.subscriptions WHERE status = 'active') AS supports,
         (SELECT count(*)::int FROM directory.volunteers) AS volunteers,
         (SELECT count(*)::int FROM rescue.adoptions) AS adoptions,
         (SELECT count(*)::int FROM rescue.adoption_interests) AS interests,
         (SELECT count(*)::int FROM rescue.likes) AS likes,
         (SELECT count(*)::int FROM rescue.saved_cases) AS saves,
         (SELECT count(*)::int FROM trust.reports) AS reports,
         (SELECT count(*)::int FROM trust.appeals) AS appeals,
         (SELECT count(*)::int FROM rescue.case_endorsements) AS endorsements,
         (SELECT count(*)::int FROM rescue.comments) AS comments,
         (SELECT count(*)::int FROM directory.clinic_claims WHERE status = 'pending') AS "claimsThatWait",
         (SELECT count(*)::int FROM directory.clinic_claims WHERE status = 'approved') AS "claimsApproved",
         (SELECT count(*)::int FROM identity.follows) AS follows,
         (SELECT count(*)::int FROM engagement.achievements) AS badges`;

const PLANNED = {
  people: PLAN.people.length,
  clinics: PLAN.clinics.length,
  cases: PLAN.cases.length,
  updates: PLAN.cases.flatMap(({ updates }) => updates).length,
  milestones: PLAN.cases.flatMap(({ stages = [] }) => stages).length,
  campaigns: PLAN.campaigns.length,
  partners: PLAN.partners.length,
  paid_invoices: 1,
  waiting_invoices: 1,
  completed: PLAN.donations.filter(({ outcome }) => outcome === 'paid').length,
  failed: 1,
  pending: 1,
  supports: PLAN.supports.length,
  volunteers: 4,
  adoptions: 2,
  interests: 3,
  likes: PLAN.likes.length,
  saves: PLAN.saves.length,
  reports: PLAN.reports.length,
  appeals: 1,
  endorsements: PLAN.endorsements.length,
  comments: 2,
  claimsThatWait: 2,
  claimsApproved: 1,
  follows: PLAN.follows.length,
  badges: PLAN.badges.length,
};

const ignore = (): void => undefined;

describe('seedDemo', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await TestApp.start();
  });
  afterEach(() => app.stop());

  it('lives the planned weeks, with money that went through the ledger, and does so once', async () => {
    const [seen] = await Promise.all([whileSeeding(app), seedDemo(app.app, { step: ignore, plan: PLAN })]);
    expect(seen).toEqual({
      ready: { status: 503, body: { status: 'unavailable', checks: expect.objectContaining({ demo: 'seeding' }) } },
      stranger: { status: 503, code: 'UNAVAILABLE' },
    });

    expect(await app.sql(COUNTS)).toEqual([PLANNED]);
    expect(await app.sql(`SELECT currency FROM giving.ledger_postings GROUP BY currency HAVING sum(amount) <> 0`)).toEqual([]);
    expect(
      await app.sql(
        `SELECT c.title FROM rescue.cases c
          WHERE c.fundraising_current <> (SELECT coalesce(sum(d.amount), 0) FROM giving.donations d WHERE d.case_id = c.id AND d.status = 'completed')`,
      ),
    ).toEqual([]);
    const cases = await app.sql<{ title: string }>(
      `SELECT title, status, lifecycle_stage AS stage, verification_status AS verification, risk_level AS risk, hidden_at IS NOT NULL AS hidden FROM rescue.cases`,
    );
    const of = (title: string) => cases.find((one) => one.title === title);
    expect(of(TITLES[0]!)).toMatchObject({ status: 'funded', stage: 'active_treatment', verification: 'clinic', risk: 'low', hidden: false });
    expect(of(TITLES[1]!)).toMatchObject({ status: 'closed', stage: 'closed_success' });
    expect(of(TITLES[2]!)).toMatchObject({ risk: 'high', hidden: true });
    expect(of(TITLES[3]!)).toMatchObject({ risk: 'medium', status: 'active' });

    const [span] = await app.sql<{ days: number; hours: number }>(
      `SELECT extract(day FROM max(created_at) - min(created_at))::int AS days, (extract(epoch FROM now() - max(created_at)) / 3600)::float8 AS hours FROM rescue.cases`,
    );
    expect(span!.days).toBeGreaterThan(25);
    expect(span!.hours).toBeGreaterThan(0);
    expect(Math.abs(app.app.get(Clock).now().getTime() - Date.now())).toBeLessThan(1_000);
    expect((await app.get('/health/ready')).status).toBe(200);

    await seedDemo(app.app, { step: ignore, plan: PLAN });
    expect(await app.sql(COUNTS)).toEqual([PLANNED]);
  }, 120_000);

  it('finishes what a killed attempt has begun, and doubles nothing', async () => {
    let lines = 0;
    const dies = (): void => {
      if (++lines === 4) throw new Error('killed');
    };
    await expect(seedDemo(app.app, { step: dies, plan: PLAN })).rejects.toThrow('killed');
    expect((await app.get('/health/ready')).status).toBe(200);
    const [half] = await app.sql<{ completed: number }>(COUNTS);
    expect(half!.completed).toBeGreaterThan(0);
    expect(half!.completed).toBeLessThan(PLANNED.completed);

    await seedDemo(app.app, { step: ignore, plan: PLAN });
    expect(await app.sql(COUNTS)).toEqual([PLANNED]);
  }, 120_000);

  it('leaves an installation alone that somebody uses', async () => {
    await app.signIn('somebody@example.org');
    await seedDemo(app.app, { step: ignore, plan: PLAN });
    expect(await app.sql(`SELECT count(*)::int AS people FROM identity.users`)).toEqual([{ people: 1 }]);
  });
});

/** What strangers see as soon as the process is held. */
async function whileSeeding(app: TestApp): Promise<unknown> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const ready = await app.get('/health/ready');
    if (ready.status === 200) continue;
    const stranger = await app.get<{ code: string }>('/v1/cases');
    return { ready: { status: ready.status, body: ready.body }, stranger: { status: stranger.status, code: stranger.body.code } };
  }
  throw new Error('the process was never held');
}
