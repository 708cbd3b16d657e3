import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { speakStripe } from './api-protocol.js';
import { createCustomer } from './customers.js';
import { EventsReader } from './events.reader.js';
import { expand, listOf } from './expansion.js';
import type { Form } from './form-encoding.js';
import { once } from './idempotency.js';
import type { PageQuery } from './object-reader.js';
import { RequestParams } from './request-params.js';
import type { FormBody, SandboxParts } from './sandbox.app.js';
import type { SandboxTransaction } from './sandbox-store.js';
import type { StoredType } from './stored-objects.js';

type ById = { Params: { id: string } };
type Command = (tx: SandboxTransaction, params: RequestParams, id: string) => Promise<object>;

/** Object types that can be read by id and listed; `filters` are fields that a list can be narrowed by, or where they stand in the object. */
const READABLE: { type: StoredType; path: string; param: string; filters: (string | { name: string; sql: string })[] }[] = [
  { type: 'checkout.session', path: '/checkout/sessions', param: 'session', filters: ['customer', 'payment_intent', 'status', 'subscription'] },
  { type: 'payment_intent', path: '/payment_intents', param: 'intent', filters: ['customer'] },
  { type: 'payment_method', path: '/payment_methods', param: 'payment_method', filters: ['customer', 'type'] },
  { type: 'charge', path: '/charges', param: 'id', filters: ['customer', 'payment_intent'] },
  { type: 'refund', path: '/refunds', param: 'refund', filters: ['charge', 'payment_intent'] },
  { type: 'dispute', path: '/disputes', param: 'dispute', filters: ['charge', 'payment_intent'] },
  { type: 'radar.early_fraud_warning', path: '/radar/early_fraud_warnings', param: 'early_fraud_warning', filters: ['charge', 'payment_intent'] },
  { type: 'payout', path: '/payouts', param: 'payout', filters: ['status'] },
  { type: 'balance_transaction', path: '/balance_transactions', param: 'id', filters: ['currency', 'source', 'type'] },
  { type: 'customer', path: '/customers', param: 'id', filters: ['email'] },
  { type: 'subscription', path: '/subscriptions', param: 'id', filters: ['customer', 'status'] },
  {
    type: 'invoice',
    path: '/invoices',
    param: 'invoice',
    filters: ['customer', 'status', { name: 'subscription', sql: `data #>> '{parent,subscription_details,subscription}'` }],
  },
  { type: 'invoice_payment', path: '/invoice_payments', param: 'invoice_payment', filters: ['invoice', 'status'] },
];

const OUTCOMES = ['succeeds', 'fails'] as const;

const CREATED_BOUNDS = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/** Stripe's API as far as the project uses it, and `/v1/test_helpers` for what a customer would do on the hosted page. */
export function apiRoutes(api: FastifyInstance, { parts }: { parts: SandboxParts }, done: () => void): void {
  speakStripe(api, parts.secretKey, parts.onError);
  const { checkout, disputes, payouts, refunds, subscriptions } = parts;
  const reader = parts.store.reader;

  /** Registers a command: one transaction, once for each idempotency key. */
  const register = (method: 'POST' | 'DELETE', path: string, command: Command): void => {
    const handler = async (request: FastifyRequest<ById>, reply: FastifyReply) => {
      const { raw, form } = (request.body as FormBody | undefined) ?? { raw: '', form: {} };
      const { expand: _, ...rest } = form;
      const paths = new RequestParams(form).texts('expand');
      const key = request.headers['idempotency-key'];
      const idempotencyKey = typeof key === 'string' ? key : null;
      const answer = await parts.store.transaction(
        async (tx) => {
          const work = async () => expand(tx, await command(tx, new RequestParams(rest), request.params.id), paths);
          if (idempotencyKey === null) return { response: await work(), replayOf: null };
          return once(tx, { key: idempotencyKey, requestId: request.stripeRequestId, endpoint: pathOf(request), body: raw }, work);
        },
        { id: request.stripeRequestId, idempotency_key: idempotencyKey },
      );
      return sendAnswer(reply, answer, idempotencyKey);
    };
    api.route<ById>({ method, url: path, handler });
  };
  const post = (path: string, command: Command): void => register('POST', path, command);

  for (const { type, path, param, filters: given } of READABLE) {
    const filters = given.map((filter) => (typeof filter === 'string' ? { name: filter, sql: `data->>'${filter}'` } : filter));
    api.get<ById>(`${path}/:id`, async (request) => {
      const params = queryOf(request);
      params.allowOnly(['expand']);
      return expand(reader, await reader.get(type, request.params.id, param), params.texts('expand'));
    });
    api.get(path, async (request) => {
      const params = queryOf(request);
      params.allowOnly(['created', 'ending_before', 'expand', 'limit', 'starting_after', ...filters.map(({ name }) => name)]);
      const page = readPageQuery(params);
      for (const { name, sql } of filters) {
        const value = params.text(name);
        if (value !== undefined) page.conditions.push({ sql: `${sql} = ?`, value });
      }
      const { rows, hasMore } = await reader.list(type, page);
      return expand(reader, listOf<object>(rows, hasMore, pathOf(request)), params.texts('expand'));
    });
  }

  api.get<ById>('/checkout/sessions/:id/line_items', async (request) => {
    const { lineItems } = await reader.hiddenSessionData(request.params.id);
    return listOf(lineItems, false, pathOf(request));
  });
  api.get('/balance', async () => {
    const amounts = await reader.balance();
    const inState = (status: 'available' | 'pending') =>
      amounts.filter((row) => row.status === status).map(({ amount, currency }) => ({ amount, currency, source_types: { card: amount } }));
    return { object: 'balance', available: inState('available'), livemode: false, pending: inState('pending') };
  });

  const events = new EventsReader(parts.store.pool);
  api.get<ById>('/events/:id', (request) => events.get(request.params.id));
  api.get('/events', async (request) => {
    const params = queryOf(request);
    params.allowOnly(['created', 'delivery_success', 'ending_before', 'limit', 'starting_after', 'type', 'types']);
    const type = params.text('type');
    const delivered = params.oneOf('delivery_success', ['true', 'false']);
    const filter = { types: type === undefined ? params.texts('types') : [type], delivered: delivered === undefined ? undefined : delivered === 'true' };
    const { rows, hasMore } = await events.list(readPageQuery(params), filter);
    return listOf(rows, hasMore, pathOf(request));
  });

  post('/checkout/sessions', (tx, params) => checkout.create(tx, params));
  post('/checkout/sessions/:id/expire', (tx, _params, id) => checkout.expire(tx, id));
  post('/refunds', (tx, params) => refunds.create(tx, params));
  post('/customers', createCustomer);
  post('/payment_methods/:id/detach', (tx, _params, id) => subscriptions.detach(tx, id));
  register('DELETE', '/subscriptions/:id', (tx, _params, id) => subscriptions.cancel(tx, id));
  post('/disputes/:id', (tx, params, id) => disputes.update(tx, id, params));
  post('/disputes/:id/close', (tx, _params, id) => disputes.decide(tx, id, 'lost'));
  post('/payouts', (tx, params) => payouts.create(tx, params));

  post('/test_helpers/checkout/sessions/:id/pay', (tx, params, id) => checkout.pay(tx, id, params.oneOf('renewals', OUTCOMES)));
  post('/test_helpers/checkout/sessions/:id/decline', (tx, _params, id) => checkout.decline(tx, id));
  post('/test_helpers/checkout/sessions/:id/pay_later', (tx, params, id) =>
    checkout.payLater(tx, id, params.oneOf('outcome', OUTCOMES)),
  );
  post('/test_helpers/checkout/sessions/:id/expire', (tx, _params, id) => checkout.expire(tx, id));
  post('/test_helpers/subscriptions/:id/advance', (tx, params, id) => subscriptions.advance(tx, id, params.oneOf('outcome', OUTCOMES)));
  post('/test_helpers/refunds/:id/succeed', (tx, _params, id) => refunds.settle(tx, id));
  post('/test_helpers/refunds/:id/fail', (tx, _params, id) => refunds.fail(tx, id));
  post('/test_helpers/charges/:id/dispute', (tx, params, id) => disputes.open(tx, id, { inquiry: params.oneOf('inquiry', ['true', 'false']) === 'true' }));
  post('/test_helpers/charges/:id/warn_of_fraud', (tx, _params, id) => disputes.warn(tx, id));
  post('/test_helpers/disputes/:id/win', (tx, _params, id) => disputes.decide(tx, id, 'won'));
  post('/test_helpers/disputes/:id/lose', (tx, _params, id) => disputes.decide(tx, id, 'lost'));
  done();
}

function sendAnswer(reply: FastifyReply, answer: { response: object; replayOf: string | null }, idempotencyKey: string | null): FastifyReply {
  if (idempotencyKey !== null) void reply.header('idempotency-key', idempotencyKey);
  if (answer.replayOf !== null) void reply.headers({ 'idempotent-replayed': 'true', 'original-request': answer.replayOf });
  return reply.send(answer.response);
}

const queryOf = (request: FastifyRequest) => new RequestParams(request.query as Form);

const pathOf = (request: FastifyRequest) => request.url.split('?')[0] ?? request.url;

function readPageQuery(params: RequestParams): PageQuery {
  const range = params.isObject('created') ? params.object('created') : undefined;
  const conditions = params.has('created') && !range ? [createdBound(params, 'created', '=')] : [];
  range?.allowOnly(Object.keys(CREATED_BOUNDS));
  for (const [name, operator] of Object.entries(CREATED_BOUNDS)) {
    if (range?.has(name)) conditions.push(createdBound(range, name, operator));
  }
  return {
    limit: params.integer('limit', { min: 1, max: 100 }) ?? 10,
    startingAfter: params.text('starting_after'),
    endingBefore: params.text('ending_before'),
    conditions,
  };
}

const createdBound = (params: RequestParams, name: string, operator: string) => ({
  sql: `(data->>'created')::bigint ${operator} ?`,
  value: params.integer(name, { min: 0 }),
});
