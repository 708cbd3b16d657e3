import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyPluginCallback } from 'fastify';
import type { Pool } from 'pg';
import { Checkout } from './checkout.js';
import { Disputes } from './disputes.js';
import { Payments } from './payments.js';
import { Payouts } from './payouts.js';
import { Refunds } from './refunds.js';
import { checkoutRoutes } from './checkout.routes.js';
import { buildSandboxApp, type SandboxParts } from './sandbox.app.js';
import { SandboxStore } from './sandbox-store.js';
import { ScheduledActs } from './scheduled-acts.js';
import { Subscriptions } from './subscriptions.js';
import { WebhookDelivery } from './webhook-delivery.js';

export interface PaymentsSandboxOptions {
  /** Connections to a database that has the `sandbox` schema (`SANDBOX_SCHEMA_SQL`). The caller closes it, after `stop()`. */
  pool: Pool;
  /** The API key that calls must carry, `sk_test_...`. */
  secretKey: string;
  /** What webhooks are signed with, `whsec_...`. */
  webhookSecret: string;
  /** Where webhooks go, asked at each delivery; null keeps them back. */
  webhookUrl: () => string | null;
  /** The address by which a donor's browser reaches the hosted pages, without a slash at the end; `http://localhost:<port>` unless given. */
  publicBaseUrl?: string;
  /** The address to listen on; 127.0.0.1 unless given. */
  host?: string;
  /** The port to listen on; any free one unless given. */
  port?: number;
  /** Whether this process posts webhooks; true unless told. Others on the same database may do it instead. */
  deliverWebhooks?: boolean;
  /** The sandbox's clock, for tests that move time: expiry, settlement and retries follow it. */
  now?: () => Date;
}

/**
 * A stand-in for the payment company: a local server that speaks the part of Stripe's API the project uses, shows a hosted
 * checkout page where no real money moves, and sends signed webhooks. To the project it is an outside party, reached over
 * HTTP with the ordinary client and heard from by webhook alone. All its state is in Postgres, so it can be killed at any
 * moment, and several processes may run it on one database.
 */
export class PaymentsSandbox {
  private readonly logger = new Logger(PaymentsSandbox.name);
  private readonly parts: SandboxParts;
  private readonly app: FastifyInstance;
  private readonly acts: ScheduledActs;
  private readonly delivery: WebhookDelivery;
  private publicBaseUrl = '';

  constructor(private readonly options: PaymentsSandboxOptions) {
    const { pool, secretKey, now = () => new Date() } = options;
    const onError = (error: unknown) => this.logger.error(error);
    const store = new SandboxStore(pool, now);
    const payments = new Payments((chargeId) => `${this.publicBaseUrl}/receipts/${chargeId}`);
    const subscriptions = new Subscriptions(payments);
    const checkout = new Checkout(payments, subscriptions, (sessionId) => `${this.publicBaseUrl}/checkout/${sessionId}`);
    const refunds = new Refunds(payments);
    const payouts = new Payouts(payments);
    this.parts = { store, checkout, disputes: new Disputes(payments), payouts, refunds, subscriptions, secretKey, onError };
    this.app = buildSandboxApp(this.parts);
    this.acts = new ScheduledActs(
      store,
      {
        expire_session: (tx, id) => checkout.expireOverdue(tx, id),
        settle_debit: (tx, id) => checkout.settleDebit(tx, id),
        fail_debit: (tx, id) => checkout.failDebit(tx, id),
        settle_payout: (tx, id) => payouts.settle(tx, id),
        settle_refund: (tx, id) => refunds.settle(tx, id),
        release_funds: (tx, id) => payments.releaseFunds(tx, id),
        renew_subscription: (tx, id) => subscriptions.renew(tx, id),
      },
      onError,
    );
    this.delivery = new WebhookDelivery({ pool, url: options.webhookUrl, secret: options.webhookSecret, now, onError });
    if (options.deliverWebhooks !== false) store.onEvents(() => this.delivery.wake());
  }

  /** The hosted pages alone, for a server whose address the donor's browser knows (`publicBaseUrl`). */
  get pages(): FastifyPluginCallback {
    return (app, _options, done) => checkoutRoutes(app, { parts: this.parts }, done);
  }

  /** Listens, takes up what is due, and answers the address for the client's `protocol`, `host` and `port`. */
  async start(): Promise<{ apiBase: string }> {
    const { host = '127.0.0.1', port = 0, publicBaseUrl } = this.options;
    await this.app.listen({ host, port });
    const listening = (this.app.server.address() as AddressInfo).port;
    this.publicBaseUrl = publicBaseUrl ?? `http://localhost:${listening}`;
    this.acts.start();
    if (this.options.deliverWebhooks !== false) this.delivery.start();
    return { apiBase: `http://127.0.0.1:${listening}` };
  }

  /** Refuses new calls, ends what runs and leaves the rest to the next start. */
  async stop(): Promise<void> {
    await this.app.close();
    await this.acts.stop();
    await this.delivery.stop();
  }
}
