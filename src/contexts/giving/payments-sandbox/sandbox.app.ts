import { fastify, type FastifyInstance } from 'fastify';
import { apiRoutes } from './api.routes.js';
import type { Checkout } from './checkout.js';
import { checkoutRoutes } from './checkout.routes.js';
import type { Disputes } from './disputes.js';
import { decodeForm, type Form } from './form-encoding.js';
import type { Payouts } from './payouts.js';
import type { Refunds } from './refunds.js';
import type { SandboxStore } from './sandbox-store.js';
import type { Subscriptions } from './subscriptions.js';

/** What the routes work with. */
export interface SandboxParts {
  store: SandboxStore;
  checkout: Checkout;
  disputes: Disputes;
  payouts: Payouts;
  refunds: Refunds;
  subscriptions: Subscriptions;
  /** The only key that the API takes. */
  secretKey: string;
  onError: (error: unknown) => void;
}

/** A decoded form with the text it came from, which is what an idempotency key is held against. */
export interface FormBody {
  raw: string;
  form: Form;
}

/** Builds the HTTP server, not yet listening: the API under `/v1`, the hosted pages under `/checkout` and `/receipts`. */
export function buildSandboxApp(parts: SandboxParts): FastifyInstance {
  const app = fastify({ logger: false, forceCloseConnections: true, routerOptions: { querystringParser: decodeForm, maxParamLength: 200 } });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, text, done) => {
    try {
      const raw = text.toString();
      done(null, { raw, form: decodeForm(raw) } satisfies FormBody);
    } catch (error) {
      done(error as Error);
    }
  });
  void app.register(apiRoutes, { prefix: '/v1', parts });
  void app.register(checkoutRoutes, { parts });
  return app;
}
