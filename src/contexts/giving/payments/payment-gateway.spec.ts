import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Stripe } from 'stripe';
import { ValidationFailed } from '../../../platform/http/problem.js';
import { newId } from '../../../platform/ids.js';
import { PaymentGateway } from './payment-gateway.js';
import { PaymentRefused, PaymentsUnavailable } from './payments.errors.js';

type Canned = { status?: number; body: Record<string, unknown> };

describe('calls to the payment provider', () => {
  /** What the provider answers by path. */
  let answers: Record<string, Canned> = {};
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url!.split('?')[0]!;
    asked.push(`${request.method} ${path}`);
    const { status = 200, body } = answers[path] ?? { status: 404, body: { error: { type: 'invalid_request_error', code: 'resource_missing', message: 'No such object' } } };
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  });
  let gateway: PaymentGateway;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    gateway = new PaymentGateway(new Stripe('sk_test_x', { host: '127.0.0.1', port, protocol: 'http', maxNetworkRetries: 0, telemetry: false }));
  });
  afterAll(() => void server.close());
  beforeEach(() => (asked.length = 0));

  const transaction = { id: 'txn_1', amount: 2_550, currency: 'eur', fee: 63, net: 2_487, exchange_rate: null };
  const charge = { id: 'ch_1', receipt_url: 'https://pay.example/r', payment_method_details: { type: 'card' }, balance_transaction: 'txn_1' };
  const known = { paymentIntentId: 'pi_1', chargeId: 'ch_1', receiptUrl: 'https://pay.example/r', paymentMethod: 'card', balanceTransaction: { id: 'txn_1', amount: 2_550, currency: 'EUR', fee: 63, net: 2_487, exchangeRate: null } };
  const draft = { donationId: newId(), amount: 2_550, currency: 'EUR', title: 'Rex', metadata: {}, successUrl: 'http://localhost/a', cancelUrl: 'http://localhost/b' };

  it('learn the fee in one call from a host that expands', async () => {
    answers = { '/v1/payment_intents/pi_1': { body: { id: 'pi_1', latest_charge: { ...charge, balance_transaction: transaction } } } };
    await expect(gateway.paymentDetails('pi_1')).resolves.toEqual(known);
    expect(asked).toEqual(['GET /v1/payment_intents/pi_1']);
  });

  it('follow the ids where a host does not expand', async () => {
    answers = {
      '/v1/payment_intents/pi_1': { body: { id: 'pi_1', latest_charge: 'ch_1' } },
      '/v1/charges/ch_1': { body: charge },
      '/v1/balance_transactions/txn_1': { body: transaction },
    };
    await expect(gateway.paymentDetails('pi_1')).resolves.toEqual(known);
  });

  it('know no fee before the payment is settled, and nothing of an unknown payment', async () => {
    answers = { '/v1/payment_intents/pi_1': { body: { id: 'pi_1', latest_charge: { ...charge, balance_transaction: null } } } };
    await expect(gateway.paymentDetails('pi_1')).resolves.toEqual({ ...known, balanceTransaction: null });
    await expect(gateway.paymentDetails('pi_2')).resolves.toBeNull();
    await expect(gateway.findCheckout('cs_2')).resolves.toBeNull();
    await expect(gateway.expireCheckout('cs_2')).resolves.toBe(false);
  });

  it.each([
    ['too small an amount', 400, { type: 'invalid_request_error', code: 'amount_too_small' }, ValidationFailed],
    ['what it does not take', 400, { type: 'invalid_request_error' }, PaymentRefused],
    ['a wrong key', 401, { type: 'invalid_request_error' }, PaymentsUnavailable],
    ['too many calls', 429, { type: 'invalid_request_error', code: 'rate_limit' }, PaymentsUnavailable],
    ['its own failure', 500, { type: 'api_error' }, PaymentsUnavailable],
    ['a key that is in use', 409, { type: 'idempotency_error' }, PaymentsUnavailable],
  ])('say what to do when a checkout is refused for %s', async (_, status, error, problem) => {
    answers = { '/v1/checkout/sessions': { status, body: { error: { message: 'no', ...error } } } };
    await expect(gateway.openCheckout(draft)).rejects.toBeInstanceOf(problem);
  });
});
