import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import { AwaitedPayments, PaymentGateway } from '../payments/index.js';
import { DonationsQueries, type PendingDonation } from './donations.queries.js';
import { isPaid, type PaymentReport, received, reportOfSession } from './payment-report.js';
import { SettlementService } from './settlement.service.js';

const ASK_AFTER_MS = 30 * 60_000;
/** A pending donation that is not paid by then has failed (behaviour 2.7). */
const GIVE_UP_AFTER_MS = 24 * 3_600_000;

/** Finds out what became of donations that no event has settled. */
@Injectable()
export class ReconciliationService {
  constructor(
    private readonly gateway: PaymentGateway,
    private readonly settlement: SettlementService,
    private readonly awaited: AwaitedPayments,
    private readonly queries: DonationsQueries,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Asks the provider about each donation that has been pending for more than 30 minutes; those older than a day
   * that it does not call paid, or on their way, fail and their checkout is closed.
   * @returns how many were settled
   * @throws PaymentsUnavailable; those done so far stay done
   */
  async reconcilePending(): Promise<number> {
    const now = this.clock.now().getTime();
    let settled = 0;
    let last: PendingDonation | null = null;
    for (;;) {
      const page = await this.queries.pending(new Date(now - ASK_AFTER_MS), last);
      for (const donation of page) {
        const overdue = donation.createdAt.getTime() < now - GIVE_UP_AFTER_MS;
        if (await this.reconcile(donation, overdue)) settled += 1;
      }
      last = page.at(-1) ?? null;
      if (!last) return settled;
    }
  }

  /** Has events processed again that wait for donations which are known by now, should nobody have told them. */
  async releaseAwaited(): Promise<number> {
    const payments = await this.queries.awaitedPayments();
    await this.database.transaction((tx) => this.awaited.release(tx, payments));
    return payments.length;
  }

  private async reconcile({ id, sessionId }: PendingDonation, overdue: boolean): Promise<boolean> {
    const session = sessionId ? await this.gateway.findCheckout(sessionId) : null;
    if (!session) return overdue && this.fail({ donationId: id }, 'checkout_unknown');
    const report = { ...reportOfSession(session), donationId: id };
    const payment = isPaid(session) ? received(report, session.amount_total, session.currency) : null;
    if (payment) return (await this.database.transaction((tx) => this.settlement.confirm(tx, payment))).outcome !== 'donation_not_found';
    if (session.status === 'expired') return this.fail(report, 'checkout_expired');
    // A complete session that is not paid is a bank debit on its way; one that will not close is being paid right now.
    if (session.status !== 'open' || !overdue || !(await this.gateway.expireCheckout(session.id))) return false;
    return this.fail(report, 'checkout_expired');
  }

  private async fail(report: PaymentReport, reason: string): Promise<boolean> {
    return (await this.database.transaction((tx) => this.settlement.fail(tx, report, reason))).outcome === 'failed';
  }
}
