import type { Stripe } from 'stripe';
import { newCheckoutSession } from './checkout-session.objects.js';
import type { Payments } from './payments.js';
import type { RequestParams } from './request-params.js';
import type { SandboxTransaction } from './sandbox-store.js';
import { invalidRequest } from './stripe-error.js';
import type { Outcome, Subscriptions } from './subscriptions.js';

type Session = Stripe.Checkout.Session;

/** Seconds until the bank answers a debit. At Stripe these are days. */
const DEBIT_SETTLES_AFTER = 5;

/** A checkout session's life: open until it is complete (paid, or a debit ordered) or expired. */
export class Checkout {
  /** @param pageUrl the public address of a session's hosted page */
  constructor(
    private readonly payments: Payments,
    private readonly subscriptions: Subscriptions,
    private readonly pageUrl: (sessionId: string) => string,
  ) {}

  async create(tx: SandboxTransaction, params: RequestParams): Promise<Session> {
    const { session, hidden } = newCheckoutSession(params, { created: tx.unixNow, pageUrl: this.pageUrl });
    if (session.customer) await tx.get('customer', String(session.customer), 'customer', 400);
    await tx.insert(session, hidden);
    await tx.schedule('expire_session', session.id, session.expires_at - tx.unixNow);
    return session;
  }

  /**
   * Pays by card.
   * @param renewals what becomes of a subscription's later payments
   * @throws StripeApiError 400 when the session is not open, here and below
   */
  async pay(tx: SandboxTransaction, sessionId: string, renewals: Outcome = 'succeeds'): Promise<Session> {
    const session = await this.lockOpen(tx, sessionId);
    if (session.mode === 'subscription') {
      await this.subscriptions.start(tx, session, renewals);
      return this.complete(tx, session, 'paid');
    }
    const intent = await this.openIntent(tx, session);
    await this.payments.payByCard(tx, intent);
    return this.complete(tx, session, 'paid');
  }

  /** The card is declined; the session stays open for another try. */
  async decline(tx: SandboxTransaction, sessionId: string): Promise<Session> {
    const session = await this.lockOpen(tx, sessionId);
    // Nothing comes into being for a subscription before it is paid.
    if (session.mode === 'subscription') return session;
    const intent = await this.openIntent(tx, session);
    await this.payments.declineCard(tx, intent);
    await tx.save(session);
    return session;
  }

  /** Orders a bank debit: complete but unpaid, until the bank answers some seconds later. */
  async payLater(tx: SandboxTransaction, sessionId: string, outcome: 'succeeds' | 'fails' = 'succeeds'): Promise<Session> {
    const session = await this.lockOpen(tx, sessionId);
    if (!session.payment_method_types.includes('sepa_debit')) {
      throw invalidRequest('This Checkout Session does not take bank debits.', { param: 'session' });
    }
    const intent = await this.openIntent(tx, session);
    await this.payments.startDebit(tx, intent);
    await tx.schedule(outcome === 'succeeds' ? 'settle_debit' : 'fail_debit', session.id, DEBIT_SETTLES_AFTER);
    return this.complete(tx, session, 'unpaid');
  }

  async settleDebit(tx: SandboxTransaction, sessionId: string): Promise<void> {
    const session = await tx.lock('checkout.session', sessionId, 'session');
    await this.payments.settleDebit(tx, await this.lockIntent(tx, session));
    session.payment_status = 'paid';
    await tx.save(session);
    await tx.recordEvent('checkout.session.async_payment_succeeded', session);
  }

  async failDebit(tx: SandboxTransaction, sessionId: string): Promise<void> {
    const session = await tx.lock('checkout.session', sessionId, 'session');
    await this.payments.failDebit(tx, await this.lockIntent(tx, session));
    await tx.recordEvent('checkout.session.async_payment_failed', session);
  }

  /** On request. @throws StripeApiError 400 unless the session is open. */
  async expire(tx: SandboxTransaction, sessionId: string): Promise<Session> {
    const session = await tx.lock('checkout.session', sessionId, 'session');
    if (session.status !== 'open') {
      throw invalidRequest(`Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`, {
        param: 'session',
      });
    }
    return this.close(tx, session);
  }

  /** When its time is over: nothing to do for a session that was completed or expired before. */
  async expireOverdue(tx: SandboxTransaction, sessionId: string): Promise<void> {
    const session = await tx.lock('checkout.session', sessionId, 'session');
    if (session.status === 'open') await this.close(tx, session);
  }

  private async close(tx: SandboxTransaction, session: Session): Promise<Session> {
    session.status = 'expired';
    session.url = null;
    await tx.save(session);
    if (session.payment_intent) await this.payments.cancel(tx, await this.lockIntent(tx, session));
    await tx.recordEvent('checkout.session.expired', session);
    return session;
  }

  private async complete(tx: SandboxTransaction, session: Session, paymentStatus: 'paid' | 'unpaid'): Promise<Session> {
    session.status = 'complete';
    session.payment_status = paymentStatus;
    session.url = null;
    session.customer_details = {
      address: null,
      business_name: null,
      email: session.customer_email,
      individual_name: null,
      name: null,
      phone: null,
      tax_exempt: 'none',
      tax_ids: [],
    };
    await tx.save(session);
    await tx.recordEvent('checkout.session.completed', session);
    return session;
  }

  private async lockOpen(tx: SandboxTransaction, sessionId: string): Promise<Session> {
    const session = await tx.lock('checkout.session', sessionId, 'session');
    const state = session.status === 'open' && session.expires_at <= tx.unixNow ? 'expired' : session.status;
    if (state !== 'open') {
      throw invalidRequest(`This Checkout Session is no longer open: it has a status of \`${state}\`.`, {
        code: 'status_transition_invalid',
        param: 'session',
      });
    }
    return session;
  }

  /** The session's payment intent, made at the first attempt and kept for the next ones. */
  private async openIntent(tx: SandboxTransaction, session: Session): Promise<Stripe.PaymentIntent> {
    if (session.payment_intent) return this.lockIntent(tx, session);
    const { paymentIntent } = await tx.hiddenSessionData(session.id);
    const intent = await this.payments.open(tx, {
      amount: session.amount_total ?? 0,
      currency: session.currency ?? '',
      customer: session.customer ? String(session.customer) : null,
      description: paymentIntent.description,
      metadata: paymentIntent.metadata,
      paymentMethodTypes: session.payment_method_types,
      receiptEmail: paymentIntent.receiptEmail ?? session.customer_email,
    });
    session.payment_intent = intent.id;
    return intent;
  }

  private lockIntent(tx: SandboxTransaction, session: Session): Promise<Stripe.PaymentIntent> {
    return tx.lock('payment_intent', String(session.payment_intent), 'payment_intent');
  }
}
