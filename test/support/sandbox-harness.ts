import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { Stripe } from 'stripe';
import { testPool } from './postgres.js';
import { PaymentsSandbox, SANDBOX_SCHEMA_SQL } from '../../src/contexts/giving/payments-sandbox/index.js';

export const SECRET_KEY = 'sk_test_sandbox';
export const WEBHOOK_SECRET = 'whsec_sandbox';

/** The shop's side: keeps every webhook whose signature holds, answers as it is told. */
class WebhookReceiver {
  readonly events: Stripe.Event[] = [];
  /** How many requests came, whatever was answered. */
  calls = 0;
  /** The answer to the next requests. */
  status = 200;
  /** Milliseconds until the answer. */
  delay = 0;
  busiest = 0;
  private open = 0;
  private readonly server = createServer((request, response) => {
    void this.receive(request).then((status) => response.writeHead(status).end());
  });

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/webhooks/stripe`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async receive(request: IncomingMessage): Promise<number> {
    this.calls += 1;
    this.open += 1;
    this.busiest = Math.max(this.busiest, this.open);
    const body = Buffer.concat(await request.toArray()).toString();
    const signature = String(request.headers['stripe-signature']);
    await new Promise((resolve) => setTimeout(resolve, this.delay));
    this.open -= 1;
    const event = new Stripe('sk_unused').webhooks.constructEvent(body, signature, WEBHOOK_SECRET);
    if (this.status < 300) this.events.push(event);
    return this.status;
  }
}

/** A sandbox on a database of its own, with a real client before it and a webhook receiver behind it. */
export class SandboxHarness {
  readonly receiver = new WebhookReceiver();
  /** Milliseconds that the sandbox's clock is ahead. */
  ahead = 0;
  stripe: Stripe;
  apiBase = '';
  sandbox: PaymentsSandbox;

  private constructor(
    readonly pool: pg.Pool,
    private readonly dropDatabase: () => Promise<void>,
  ) {}

  static async start(): Promise<SandboxHarness> {
    const server = process.env['TEST_DATABASE_URL'];
    if (!server) throw new Error('TEST_DATABASE_URL has to name a Postgres server');
    const name = `sandbox_${randomBytes(6).toString('hex')}`;
    await onServer(server, `CREATE DATABASE ${name}`);
    const url = new URL(server);
    url.pathname = `/${name}`;
    const pool = testPool(url.href, 10);
    for (const statement of SANDBOX_SCHEMA_SQL) await pool.query(statement);
    const harness = new SandboxHarness(pool, () => onServer(server, `DROP DATABASE ${name} WITH (FORCE)`));
    await harness.receiver.listen();
    await harness.restart();
    return harness;
  }

  /** Another process on the same database; the caller stops it. */
  another(): PaymentsSandbox {
    return new PaymentsSandbox({
      pool: this.pool,
      secretKey: SECRET_KEY,
      webhookSecret: WEBHOOK_SECRET,
      webhookUrl: () => this.receiver.url,
      now: () => new Date(Date.now() + this.ahead),
    });
  }

  async restart(): Promise<void> {
    this.sandbox = this.another();
    this.apiBase = (await this.sandbox.start()).apiBase;
    this.stripe = this.client(SECRET_KEY);
  }

  client(secretKey: string): Stripe {
    const { hostname, port } = new URL(this.apiBase);
    return new Stripe(secretKey, { protocol: 'http', host: hostname, port, maxNetworkRetries: 0, telemetry: false });
  }

  /** Opens a checkout session over one item. */
  openSession(amount: number, currency = 'eur', more: Partial<Stripe.Checkout.SessionCreateParams> = {}): Promise<Stripe.Checkout.Session> {
    return this.stripe.checkout.sessions.create({
      mode: 'payment',
      line_items: [{ quantity: 1, price_data: { currency, unit_amount: amount, product_data: { name: 'Surgery for Rex' } } }],
      success_url: 'http://shop.example/done?session={CHECKOUT_SESSION_ID}',
      cancel_url: 'http://shop.example/back',
      ...more,
    });
  }

  /** Does what a customer would do on the hosted page. */
  act(sessionId: string, act: 'pay' | 'decline' | 'pay_later' | 'expire', params: object = {}): Promise<unknown> {
    return this.stripe.rawRequest('POST', `/v1/test_helpers/checkout/sessions/${sessionId}/${act}`, { ...params });
  }

  /** Waits until the receiver has got an event of this type, about this object if given. */
  async received(type: Stripe.Event.Type, objectId?: string): Promise<Stripe.Event> {
    const matches = (event: Stripe.Event) => event.type === type && (objectId === undefined || idOf(event) === objectId);
    await until(() => this.receiver.events.some(matches));
    return this.receiver.events.find(matches)!;
  }

  async stop(): Promise<void> {
    await this.sandbox.stop();
    this.receiver.close();
    await this.pool.end();
    await this.dropDatabase();
  }
}

/** Waits for a condition, ten seconds at most. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const idOf = (event: Stripe.Event) => (event.data.object as { id?: string }).id;

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
