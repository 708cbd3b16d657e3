import { disputeMovement, insertCampaign, insertDonation, paidIntent, sendEvent, stripeDispute, stripeEvent, stripeId, stripeRefund, WEBHOOK_SECRET } from '../../../../test/support/giving.factory.js';
import { insertCase, insertUser } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { runLedgerVerification } from '../ledger/index.js';

type Event = ReturnType<typeof stripeEvent>;

/** How many things happen; each is told of by several events. */
const OPERATIONS = Number(process.env['WALK_OPERATIONS'] ?? 300);
const SEED = Number(process.env['WALK_SEED'] ?? 20261124);
const SENDERS = 6;

/** What the provider knows of one payment. */
interface Payment {
  donation: string;
  target: string;
  intent: string;
  charge: string;
  amount: number;
  refunded: number;
  /** Everything told of it, in order. */
  events: Event[];
  dispute: Record<string, unknown> | null;
}

/** A small generator with a seed (mulberry32), so that a failure can be played again. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

/**
 * Donations, refunds that succeed and fail, disputes won and lost, all told of in events that come shuffled, doubled and
 * from several senders at once. In the end each total is what a simple model of the provider says, and the books balance.
 */
describe('a random walk of money that comes and goes', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start({ STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET })));
  afterAll(() => app.stop());

  it(`ends exactly where a model of it ends, after ${OPERATIONS} operations (seed ${SEED})`, async () => {
    const below = seeded(SEED);
    const donor = await insertUser(app);
    const targets = [
      ...(await Promise.all(Array.from({ length: 4 }, async () => ({ case_id: await insertCase(app, { fundraising_goal: 200_000 }) })))),
      { campaign_ref_id: await insertCampaign(app) },
    ];
    /** A clock of the provider: every event has a second of its own. */
    let now = Math.floor(Date.now() / 1_000) - 10 * OPERATIONS;
    const tell = (payment: Payment, type: string, object: Record<string, unknown>): void => void payment.events.push({ ...stripeEvent(type, structuredClone(object)), created: (now += 1) });

    const payments: Payment[] = [];
    const lost = new Map<string, number>();
    for (let step = 0; step < OPERATIONS; step++) {
      const payment = payments[below(payments.length || 1)];
      const left = payment ? payment.amount - payment.refunded : 0;
      if (!payment || below(3) === 0) payments.push(await donate());
      else if (payment.dispute) close(payment);
      else if (left > 0 && below(4) === 0) dispute(payment);
      else if (left > 0) refund(payment, 1 + below(left));
    }
    for (const payment of payments) if (payment.dispute && below(2) === 0) close(payment);

    async function donate(): Promise<Payment> {
      const target = targets[below(targets.length)]!;
      const amount = 100 + below(50_000);
      const donation = await insertDonation(app, { user_id: donor, ...target, amount });
      const payment: Payment = { donation, target: Object.values(target)[0]!, intent: stripeId('pi'), charge: stripeId('ch'), amount, refunded: 0, events: [], dispute: null };
      tell(payment, 'payment_intent.succeeded', paidIntent(donation, amount, { id: payment.intent }));
      return payment;
    }
    function refund(payment: Payment, amount: number): void {
      const object = stripeRefund(payment.intent, amount, { charge: payment.charge, status: 'pending' });
      payment.refunded += amount;
      tell(payment, 'refund.created', object);
      tell(payment, 'charge.refunded', { id: payment.charge, object: 'charge', currency: 'eur', paid: true, payment_intent: payment.intent, amount_refunded: payment.refunded });
      const fails = below(4) === 0;
      if (fails) payment.refunded -= amount;
      const status = fails ? 'failed' : 'succeeded';
      tell(payment, 'refund.updated', { ...object, status });
      if (fails) tell(payment, 'refund.failed', { ...object, status });
    }
    function dispute(payment: Payment): void {
      const amount = payment.amount - payment.refunded;
      payment.dispute = stripeDispute(payment.intent, amount, { charge: payment.charge });
      tell(payment, 'charge.dispute.created', payment.dispute);
      payment.dispute['balance_transactions'] = [disputeMovement(-amount, 2_000)];
      tell(payment, 'charge.dispute.funds_withdrawn', payment.dispute);
      lost.set(payment.donation, amount);
    }
    function close(payment: Payment): void {
      const object = payment.dispute!;
      payment.dispute = null;
      if (below(2) === 0) {
        tell(payment, 'charge.dispute.closed', { ...object, status: 'lost' });
        payment.refunded = payment.amount;
        return;
      }
      const back = disputeMovement(object['amount'] as number, 0);
      const won = { ...object, status: 'won', balance_transactions: [...(object['balance_transactions'] as object[]), back] };
      tell(payment, 'charge.dispute.funds_reinstated', won);
      tell(payment, 'charge.dispute.closed', won);
      lost.delete(payment.donation);
    }

    // Each event up to three times, in any order.
    const queue = payments.flatMap(({ events }) => events.flatMap((event) => Array.from({ length: 1 + below(3) }, () => event)));
    for (let i = queue.length - 1; i > 0; i--) {
      const j = below(i + 1);
      [queue[i], queue[j]] = [queue[j]!, queue[i]!];
    }
    await Promise.all(
      Array.from({ length: SENDERS }, async () => {
        for (let event = queue.pop(); event; event = queue.pop()) expect((await sendEvent(app, event)).status).toBe(200);
      }),
    );
    await settled();

    const rows = await app.sql<{ id: string; amount: string; refunded_amount: string; disputed_amount: string; status: string }>(`SELECT * FROM giving.donations`);
    const expected = payments.map((payment) => {
      const disputed = lost.get(payment.donation) ?? 0;
      const refunded = payment.refunded === payment.amount && disputed > 0 ? payment.amount - disputed : payment.refunded;
      return { id: payment.donation, refunded, disputed, status: refunded === payment.amount ? 'refunded' : 'completed' };
    });
    const byId = (one: { id: string }, other: { id: string }): number => one.id.localeCompare(other.id);
    expect(rows.map((row) => ({ id: row.id, refunded: Number(row.refunded_amount), disputed: Number(row.disputed_amount), status: row.status })).sort(byId)).toEqual(expected.sort(byId));

    const totals = new Map<string, number>();
    for (const payment of payments) {
      const { refunded, disputed } = expected.find(({ id }) => id === payment.donation)!;
      totals.set(payment.target, (totals.get(payment.target) ?? 0) + payment.amount - refunded - disputed);
    }
    const found = await app.sql<{ id: string; current: string }>(`SELECT id, fundraising_current AS current FROM rescue.cases UNION ALL SELECT id, current FROM giving.campaigns`);
    for (const { id, current } of found) expect([id, Number(current)]).toEqual([id, totals.get(id) ?? 0]);

    const [sum] = await app.sql<{ sum: string }>(`SELECT sum(amount) FROM giving.ledger_postings`);
    expect(sum!.sum).toBe('0');
    const lines: string[] = [];
    await runLedgerVerification(app.databaseUrl, (line) => lines.push(line));
    expect(lines).toEqual([expect.stringMatching(/^The books balance/)]);
  }, 120_000 + OPERATIONS * 100);

  /** Waits until nothing is left to process, retries and events that waited included. */
  async function settled(): Promise<void> {
    for (let tries = 0; tries < 600 + OPERATIONS; tries++) {
      const waiting = await app.sql(`SELECT 1 FROM giving.stripe_events WHERE processed_at IS NULL OR awaits IS NOT NULL LIMIT 1`);
      if (waiting.length === 0) return app.drain();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const left = await app.sql(`SELECT type, outcome, attempts, last_error FROM giving.stripe_events WHERE processed_at IS NULL OR awaits IS NOT NULL LIMIT 20`);
    throw new Error(`events were left: ${JSON.stringify(left)}`);
  }
});
