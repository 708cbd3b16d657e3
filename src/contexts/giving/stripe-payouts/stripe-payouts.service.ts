import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Stripe } from 'stripe';
import { Alerts } from '../../../platform/alerts/alerts.js';
import { Clock } from '../../../platform/clock.js';
import type { Tx } from '../../../platform/database/tx.js';
import { newId } from '../../../platform/ids.js';
import { LedgerFacade } from '../ledger/index.js';
import { fromStripeAmount, type HandledEvent, StripeEventHandlers } from '../payments/index.js';
import { STRIPE_PAYOUT_STATUSES, StripePayout } from './stripe-payout.entity.js';

/** Follows what the provider pays out to our bank account: balance to bank, and back when it fails. */
@Injectable()
export class StripePayoutsService implements OnModuleInit {
  constructor(
    private readonly handlers: StripeEventHandlers,
    private readonly ledger: LedgerFacade,
    private readonly alerts: Alerts,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    for (const type of ['payout.created', 'payout.updated', 'payout.paid', 'payout.failed', 'payout.canceled'] as const) {
      this.handlers.register(type, ({ data }, tx) => this.follow(tx, data.object));
    }
  }

  /** Takes over a payout as the provider shows it; repeats and old news change nothing. */
  async follow(tx: Tx, told: Stripe.Payout): Promise<HandledEvent> {
    const status = STRIPE_PAYOUT_STATUSES.find((one) => one === told.status);
    if (!status) return { outcome: 'ignored' };
    await this.note(tx, told);
    const payout = (await tx.lock(StripePayout, { stripePayoutId: told.id }))!;
    const changed = payout.follow(status);
    if (changed && status === 'failed') await this.alerts.raise(tx, { kind: 'giving.payout_failed', subject: told.id, details: { code: told.failure_code, message: told.failure_message } });
    payout.failureCode ??= told.failure_code ?? null;
    payout.failureMessage ??= told.failure_message ?? null;
    await this.book(tx, payout);
    payout.updatedAt = this.clock.now();
    await tx.manager.save(StripePayout, payout);
    return { outcome: `payout_${payout.status}` };
  }

  private async note(tx: Tx, told: Stripe.Payout): Promise<void> {
    const currency = told.currency.toUpperCase();
    const now = this.clock.now();
    await tx.query(
      `INSERT INTO giving.stripe_payouts (id, stripe_payout_id, amount, currency, status, arrival_date, created_at, updated_at)
       VALUES ($1, $2, $3, $4, 'pending', $5, $6, $6) ON CONFLICT (stripe_payout_id) DO NOTHING`,
      [newId(), told.id, fromStripeAmount(told.amount, currency), currency, told.arrival_date ? new Date(told.arrival_date * 1_000) : null, now],
    );
  }

  private async book(tx: Tx, payout: StripePayout): Promise<void> {
    const atBank = payout.status === 'paid';
    if (atBank === (payout.bookedAt !== null)) return;
    const amount = atBank ? payout.amount : -payout.amount;
    payout.movements += 1;
    payout.bookedAt = atBank ? this.clock.now() : null;
    await this.ledger.book(tx, {
      key: `stripe_payout:${payout.id}:${payout.movements}`,
      kind: 'bank_transfer',
      currency: payout.currency,
      description: atBank ? 'Paid out to our bank account' : 'Payout that did not reach our bank account',
      source: payout.stripePayoutId,
      postings: [{ account: 'bank', amount }, { account: 'stripe_balance', amount: -amount }],
    });
  }
}
