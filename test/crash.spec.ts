import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { Stripe } from 'stripe';
import { paidSession, stripeEvent, stripeId } from './support/giving.factory.js';
import { examplePicture } from './support/pictures.js';
import { freshDatabase, testPool } from './support/postgres.js';
import { AppProcess, freePort } from './support/process.js';

const DONORS = 8;
const DONATIONS = 64;
const SENDERS = 8;
const KILLS = 3;
const SECRET = 'whsec_crash_test';

/**
 * Donations whose webhooks come three times each, in random order, from eight senders, while the process is
 * killed again and again. Whatever was cut off, the books must come out exact.
 */
describe('a process that is killed with kill -9 while payments come in', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let pool: pg.Pool;
  let app: AppProcess;
  let dataDir: string;

  beforeAll(async () => {
    database = await freshDatabase();
    pool = testPool(database.url);
    dataDir = await mkdtemp(join(tmpdir(), 'pawtreon-crash-'));
    app = new AppProcess(await freePort(), { DATABASE_URL: database.url, DATA_DIR: dataDir, STRIPE_WEBHOOK_SECRET: SECRET });
    await app.start();
  }, 90_000);

  afterAll(async () => {
    await app.kill();
    await pool.end();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('completes every donation exactly once, to the cent', async () => {
    const caseId = await publishCase();
    const amounts = await openCheckouts(caseId);
    const { rows } = await pool.query<{ id: string; session: string }>(`SELECT id, stripe_checkout_session_id AS session FROM giving.donations`);
    expect(rows).toHaveLength(DONATIONS);

    const deliveries = shuffle(rows.flatMap((row) => Array.from({ length: 3 }, () => paidEvent(row, amounts.get(row.id)!))));
    const killing = (async () => {
      for (let i = 0; i < KILLS; i++) {
        await sleep(400 + Math.random() * 600);
        await app.kill();
        await app.start();
      }
    })();
    await Promise.all([killing, ...Array.from({ length: SENDERS }, () => send(deliveries))]);

    await until(async () => (await count(`SELECT count(*) FROM giving.donations WHERE status <> 'completed'`)) === 0);
    await until(async () => (await count(`SELECT count(*) FROM giving.stripe_events WHERE processed_at IS NULL`)) === 0);

    const total = [...amounts.values()].reduce((sum, amount) => sum + amount, 0);
    expect(await count(`SELECT fundraising_current FROM rescue.cases WHERE id = $1`, [caseId])).toBe(total);
    expect(await count(`SELECT sum(amount) FROM giving.donations`)).toBe(total);
    expect(await count(`SELECT count(*) FROM giving.ledger_entries WHERE kind = 'donation'`)).toBe(DONATIONS);
    expect((await pool.query(`SELECT currency FROM giving.ledger_postings GROUP BY currency HAVING sum(amount) <> 0`)).rows).toEqual([]);
    expect(await count(`SELECT count(*) FROM platform.audit_logs WHERE action = 'donation.completed'`)).toBe(DONATIONS);

    const admin = await signIn('admin@example.org', 'admin');
    const { body: chain } = await call('GET', '/v1/admin/audit-logs/verification', admin);
    expect(chain).toMatchObject({ ok: true, firstBadSeq: null });
    const { body: ledger } = await call('GET', `/v1/cases/${caseId}/ledger`, admin);
    expect(ledger).toMatchObject({ totals: { raised: total } });
  }, 180_000);

  async function publishCase(): Promise<string> {
    const owner = await signIn('owner@example.org');
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(await examplePicture())]), 'dog.jpg');
    const upload = await fetch(`${app.url}/v1/files`, { method: 'POST', headers: { Authorization: `Bearer ${owner}` }, body: form });
    const { id } = (await upload.json()) as { id: string };
    const created = await call('POST', '/v1/cases', owner, {
      type: 'urgent',
      category: 'surgery',
      title: 'A dog with a broken leg',
      description: 'Found by the road; the operation is on Friday.',
      images: [id],
      location: { city: 'Sofia', neighborhood: 'Lozenets' },
      fundraising: { goal: 100_000, currency: 'EUR' },
      foundAt: new Date().toISOString(),
    });
    expect(created.status).toBe(201);
    return created.body['id'] as string;
  }

  async function openCheckouts(caseId: string): Promise<Map<string, number>> {
    const amounts = new Map<string, number>();
    for (let donor = 0; donor < DONORS; donor++) {
      const token = await signIn(`donor${donor}@example.org`);
      for (let i = 0; i < DONATIONS / DONORS; i++) {
        const amount = 101 + amounts.size * 7;
        const answer = await call('POST', '/v1/donations/checkout-sessions', token, {
          caseId,
          amount,
          currency: 'EUR',
          anonymous: i % 2 === 0,
          successUrl: `${app.url}/thanks`,
          cancelUrl: `${app.url}/back`,
        });
        expect(answer.status).toBe(201);
        amounts.set(answer.body['donationId'] as string, amount);
      }
    }
    return amounts;
  }

  const events = new Map<string, { payload: string }>();

  /** One event a donation: its three deliveries carry the same id, as Stripe's repeats do. */
  function paidEvent(row: { id: string; session: string }, amount: number): { payload: string } {
    const known = events.get(row.id);
    if (known) return known;
    const session = paidSession(row.session, stripeId('pi'), amount, { client_reference_id: row.id, metadata: { donationId: row.id } });
    const payload = JSON.stringify(stripeEvent('checkout.session.completed', session));
    events.set(row.id, { payload });
    return events.get(row.id)!;
  }

  /** Takes deliveries until none is left, and repeats each until it is answered 200, as Stripe does. */
  async function send(deliveries: { payload: string }[]): Promise<void> {
    for (let delivery = deliveries.pop(); delivery; delivery = deliveries.pop()) {
      for (;;) {
        const signature = await Stripe.webhooks.generateTestHeaderStringAsync({ payload: delivery.payload, secret: SECRET });
        const status = await fetch(`${app.url}/webhooks/stripe`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'Stripe-Signature': signature }, body: delivery.payload }).then(
          (answer) => answer.status,
          () => 0,
        );
        if (status === 200) break;
        await sleep(50);
      }
    }
  }

  async function signIn(email: string, role?: string): Promise<string> {
    const { body } = await call('POST', '/v1/auth/dev-token', null, { email, ...(role ? { role } : {}) });
    return body['accessToken'] as string;
  }

  async function call(method: string, path: string, token: string | null, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
    const answer = await fetch(app.url + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...(token ? { Authorization: `Bearer ${token}` } : {}) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }

  const count = async (sql: string, values: unknown[] = []): Promise<number> => Number(Object.values((await pool.query<Record<string, string>>(sql, values)).rows[0]!)[0]);

  async function until(done: () => Promise<boolean>): Promise<void> {
    for (const deadline = Date.now() + 60_000; !(await done()); await sleep(100)) if (Date.now() > deadline) throw new Error('it never came to rest');
  }
});

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function shuffle<T>(items: T[]): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
  return items;
}
