import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Stripe } from 'stripe';
import { formatAmount } from './currencies.js';
import { HostedPages } from './hosted-pages.js';
import type { SandboxParts } from './sandbox.app.js';
import type { SandboxTransaction } from './sandbox-store.js';
import { StripeApiError } from './stripe-error.js';
import { unixTime } from './stored-objects.js';

type ById = { Params: { id: string } };
type Session = Stripe.Checkout.Session;

const SUBSCRIPTIONS_SHOWN = 50;

const NOT_FOUND = { title: 'Nothing here', text: 'This page does not exist, or its address is incomplete.' };
const FAILURE = { title: 'Something went wrong', text: 'Nothing was charged. Please try again in a moment.' };

/** The hosted pages: a checkout session with its buttons, a charge's receipt, and the subscriptions with what may happen to them next. Plain forms, so they work without script. */
export function checkoutRoutes(app: FastifyInstance, { parts }: { parts: SandboxParts }, done: () => void): void {
  const { checkout, disputes, store, subscriptions } = parts;
  const pages = new HostedPages();

  const sendCheckout = async (reply: FastifyReply, id: string, status: number, declined = false): Promise<FastifyReply> => {
    const session = await store.reader.get('checkout.session', id, 'session');
    const { lineItems } = await store.reader.hiddenSessionData(id);
    const intent = session.payment_intent ? await store.reader.find('payment_intent', String(session.payment_intent)) : undefined;
    const overdue = session.status === 'open' && session.expires_at <= unixTime(store.now());
    const price = (amount: number | null) => formatAmount(amount ?? 0, session.currency ?? '', localeOf(session));
    return pages.send(reply, status, 'checkout', {
      action: (name: string) => `${id}/${name}`,
      backUrl: session.status === 'complete' ? successUrl(session) : session.cancel_url,
      declined: declined || Boolean(intent?.last_payment_error),
      email: session.customer_email,
      items: lineItems.map((item) => ({ description: item.description, quantity: item.quantity, price: price(item.amount_total) })),
      paid: session.payment_status === 'paid',
      interval: lineItems[0]?.price.recurring?.interval ?? null,
      payByDebit: session.payment_method_types.includes('sepa_debit'),
      status: overdue ? 'expired' : session.status,
      total: price(session.amount_total),
    });
  };

  /** Registers a button: does the act and goes on; a session that is no longer open shows its page with 409 instead. */
  const button = (name: string, act: (tx: SandboxTransaction, id: string) => Promise<Session>, next: (session: Session) => string): void => {
    app.post<ById>(`/checkout/:id/${name}`, async (request, reply) => {
      const session = await store.transaction((tx) => act(tx, request.params.id)).catch(unlessRefused);
      return session ? reply.redirect(next(session), 303) : sendCheckout(reply, request.params.id, 409);
    });
  };

  app.get<ById & { Querystring: { declined?: string } }>('/checkout/:id', (request, reply) => sendCheckout(reply, request.params.id, 200, request.query.declined !== undefined));
  button('pay', (tx, id) => checkout.pay(tx, id), successUrl);
  button('pay-once', (tx, id) => checkout.pay(tx, id, 'fails'), successUrl);
  button('pay-later', (tx, id) => checkout.payLater(tx, id), successUrl);
  // A subscription keeps no trace of a declined card, so the page is told in its address.
  button('decline', (tx, id) => checkout.decline(tx, id), ({ id, mode }) => `../${id}${mode === 'subscription' ? '?declined' : ''}`);
  app.post<ById>('/checkout/:id/cancel', async (request, reply) => {
    const session = await store.reader.get('checkout.session', request.params.id, 'session');
    if (session.status !== 'open' || !session.cancel_url) return sendCheckout(reply, session.id, 409);
    return reply.redirect(session.cancel_url, 303);
  });

  const sendSubscriptions = async (reply: FastifyReply, status: number): Promise<FastifyReply> => {
    const { rows } = await store.reader.list('subscription', { limit: SUBSCRIPTIONS_SHOWN, conditions: [] });
    return pages.send(reply, status, 'subscriptions', {
      subscriptions: rows.map(({ id, description, status: state, currency, items: { data } }) => ({
        id,
        description,
        status: state,
        price: formatAmount(data[0]?.price.unit_amount ?? 0, currency),
        interval: data[0]?.price.recurring?.interval,
        paidUntil: new Date((data[0]?.current_period_end ?? 0) * 1000).toISOString().slice(0, 10),
      })),
    });
  };
  app.get('/subscriptions', (_request, reply) => sendSubscriptions(reply, 200));
  for (const [name, act] of [
    ['pay', (tx, id) => subscriptions.advance(tx, id, 'succeeds')],
    ['decline', (tx, id) => subscriptions.advance(tx, id, 'fails')],
    ['cancel', (tx, id) => subscriptions.cancel(tx, id)],
  ] satisfies [string, (tx: SandboxTransaction, id: string) => Promise<unknown>][]) {
    app.post<ById>(`/subscriptions/:id/${name}`, async (request, reply) => {
      await store.transaction((tx) => act(tx, request.params.id));
      return reply.redirect('../../subscriptions', 303);
    });
  }

  const sendReceipt = async (reply: FastifyReply, id: string, status: number): Promise<FastifyReply> => {
    const charge = await store.reader.get('charge', id, 'id');
    const [dispute] = (await store.reader.list('dispute', { limit: 1, conditions: [{ sql: "data->>'charge' = ?", value: id }] })).rows;
    return pages.send(reply, status, 'receipt', {
      action: (name: string) => `${id}/${name}`,
      buttons: buttonsOf(charge, dispute),
      dispute: dispute?.status.replaceAll('_', ' ') ?? null,
      amount: formatAmount(charge.amount, charge.currency),
      description: charge.description,
      id: charge.id,
      paidAt: new Date(charge.created * 1000).toISOString(),
      refunded: charge.amount_refunded > 0 ? formatAmount(charge.amount_refunded, charge.currency) : null,
      status: charge.status,
    });
  };

  app.get<ById>('/receipts/:id', (request, reply) => sendReceipt(reply, request.params.id, 200));
  /** Registers what a donor's bank may do to a paid charge; what cannot be done shows the receipt with 409 instead. */
  const bank = (name: string, act: (tx: SandboxTransaction, chargeId: string) => Promise<unknown>): void => {
    app.post<ById>(`/receipts/:id/${name}`, async (request, reply) => {
      const done = await store.transaction((tx) => act(tx, request.params.id)).catch(unlessRefused);
      return done ? reply.redirect(`../${request.params.id}`, 303) : sendReceipt(reply, request.params.id, 409);
    });
  };
  bank('dispute', (tx, id) => disputes.open(tx, id));
  bank('dispute-won', (tx, id) => disputes.decideFor(tx, id, 'won'));
  bank('dispute-lost', (tx, id) => disputes.decideFor(tx, id, 'lost'));
  bank('warn', (tx, id) => disputes.warn(tx, id));

  app.setNotFoundHandler((_request, reply) => pages.send(reply, 404, 'message', NOT_FOUND));
  app.setErrorHandler((error: unknown, _request, reply) => {
    if (error instanceof StripeApiError && error.status === 404) return pages.send(reply, 404, 'message', NOT_FOUND);
    parts.onError(error);
    return pages.send(reply, 500, 'message', FAILURE);
  });
  done();
}

/** Turns a refusal (400) into nothing; other errors stay errors. */
function unlessRefused(error: unknown): undefined {
  if (!(error instanceof StripeApiError) || error.status !== 400) throw error;
}

const successUrl = (session: Session): string => (session.success_url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', session.id);

/** What the donor's bank can do now, as names and labels of buttons. */
function buttonsOf(charge: Stripe.Charge, dispute: Stripe.Dispute | undefined): [string, string][] {
  if (!charge.paid) return [];
  const isOpen = dispute !== undefined && !['won', 'lost', 'warning_closed'].includes(dispute.status);
  if (isOpen) return [['dispute-won', 'Decide for the charity'], ['dispute-lost', 'Decide for the donor']];
  return charge.refunded || charge.disputed ? [] : [['dispute', 'Dispute this payment'], ['warn', 'Warn of fraud']];
}

const localeOf = ({ locale }: Session): string | undefined => (locale === 'auto' ? undefined : (locale ?? undefined));
