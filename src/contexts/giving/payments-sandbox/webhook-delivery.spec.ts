import { SandboxHarness, until } from '../../../../test/support/sandbox-harness.js';

interface EventState {
  attempts: number;
  delivered_at: Date | null;
  last_error: string | null;
  next_attempt_at: Date | null;
}

describe('webhook delivery', () => {
  let harness: SandboxHarness;

  beforeEach(async () => {
    harness = await SandboxHarness.start();
  });
  afterEach(() => harness.stop());

  const createCustomer = () => harness.stripe.customers.create({ email: 'mila@example.org' });
  const state = async (): Promise<EventState> =>
    (await harness.pool.query<EventState>('SELECT attempts, delivered_at, last_error, next_attempt_at FROM sandbox.events')).rows[0]!;
  const attempted = (times: number) => until(async () => (await state()).attempts >= times && (await state()).last_error !== null);

  it('follows the commit at once, without waiting for the next look', async () => {
    await createCustomer();
    const answered = Date.now();
    await harness.received('customer.created');
    expect(Date.now() - answered).toBeLessThan(200);
    await until(async () => (await state()).delivered_at !== null);
    expect(await state()).toMatchObject({ attempts: 1, last_error: null, next_attempt_at: null });
  });

  it('is tried again with growing pauses until the endpoint agrees', async () => {
    harness.receiver.status = 500;
    await createCustomer();
    await attempted(1);
    expect((await state()).last_error).toBe('HTTP 500');
    harness.ahead += 1_000;
    await attempted(2);
    await until(async () => (await state()).next_attempt_at!.getTime() - Date.now() - harness.ahead <= 2_000);
    expect((await state()).next_attempt_at!.getTime() - Date.now() - harness.ahead).toBeGreaterThan(1_000);
    harness.receiver.status = 204;
    harness.ahead += 2_000;
    await harness.received('customer.created');
    await until(async () => (await state()).delivered_at !== null);
    expect(await state()).toMatchObject({ last_error: null, next_attempt_at: null });
  });

  it('is given up after three days', async () => {
    harness.receiver.status = 503;
    await createCustomer();
    await attempted(1);
    harness.ahead += 3 * 86_400_000;
    await until(async () => (await state()).next_attempt_at === null);
    expect(await state()).toMatchObject({ delivered_at: null, last_error: 'HTTP 503' });
  });

  it('runs up to eight at a time', async () => {
    harness.receiver.delay = 60;
    await Promise.all(Array.from({ length: 24 }, createCustomer));
    await until(() => harness.receiver.events.length === 24);
    expect(harness.receiver.busiest).toBe(8);
    expect(harness.receiver.calls).toBe(24);
  });

  it('is shared by two processes without doubling', async () => {
    const other = harness.another();
    await other.start();
    harness.receiver.delay = 700;
    await Promise.all(Array.from({ length: 24 }, createCustomer));
    await until(() => harness.receiver.events.length === 24);
    await other.stop();
    expect(harness.receiver.busiest).toBeGreaterThan(8);
    expect(harness.receiver.calls).toBe(24);
  });

  it('goes on after a stop in the middle of an attempt', async () => {
    harness.receiver.delay = 2_000;
    await createCustomer();
    await until(() => harness.receiver.calls === 1);
    const stopping = Date.now();
    await harness.sandbox.stop();
    expect(Date.now() - stopping).toBeLessThan(1_500);
    harness.receiver.delay = 0;
    await harness.restart();
    await until(async () => (await state()).delivered_at !== null);
    expect(await state()).toMatchObject({ attempts: 2 });
  });
});
