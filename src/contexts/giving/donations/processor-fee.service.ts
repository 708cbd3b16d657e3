import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { LedgerFacade } from '../ledger/index.js';
import { AwaitedPayments, type BalanceTransaction, PaymentGateway, type PaymentDetails, RecurringGateway } from '../payments/index.js';
import { Donation } from './donation.entity.js';
import { exchangePostings, processorFeePostings } from './donation-postings.js';
import { processorFeeDue } from './donations.events.js';
import { DonationsQueries } from './donations.queries.js';
import { ReversalService } from './reversal.service.js';

const CHASE_AFTER_MS = 3_600_000;
const CHASE_UNTIL_MS = 14 * 86_400_000;

/** The provider's own fee, from its balance transaction and never from an estimate (decision 3). */
@Injectable()
export class ProcessorFeeService {
  constructor(
    private readonly gateway: PaymentGateway,
    private readonly recurring: RecurringGateway,
    private readonly ledger: LedgerFacade,
    private readonly reversals: ReversalService,
    private readonly awaited: AwaitedPayments,
    private readonly queries: DonationsQueries,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Asks the provider; null where there is nothing to ask, or it does not know the payment. */
  async ask(donationId: string): Promise<PaymentDetails | null> {
    const payment = await this.queries.paymentAwaitingFee(donationId);
    // A paid invoice does not name its payment.
    const paymentIntentId = payment?.paymentIntentId ?? (payment?.invoiceId ? await this.recurring.paymentIntentOfInvoice(payment.invoiceId) : null);
    return paymentIntentId ? this.gateway.paymentDetails(paymentIntentId) : null;
  }

  /**
   * Takes over what the provider answered and books it, once: the fee, and before it the exchange where the payment
   * was settled in another currency.
   */
  async record(tx: Tx, donationId: string, details: PaymentDetails | null): Promise<string> {
    if (!details) return 'nothing_to_record';
    const donation = await tx.lock(Donation, { id: donationId });
    if (!donation) return 'donation_not_found';
    donation.note({ paymentIntentId: details.paymentIntentId, chargeId: details.chargeId, receiptUrl: details.receiptUrl ?? undefined, paymentMethod: details.paymentMethod ?? undefined });
    if (details.balanceTransaction && donation.settledAmount === null) {
      donation.settle(details.balanceTransaction);
      await this.book(tx, donation, details.balanceTransaction);
      // Something may have gone back before the fee was known.
      await this.reversals.returnFees(tx, donation, `processor_fee:${donationId}`);
    }
    donation.updatedAt = this.clock.now();
    await tx.manager.save(Donation, donation);
    await this.awaited.release(tx, [donation.stripePaymentIntentId, donation.stripeChargeId]);
    return details.balanceTransaction ? 'fee_known' : 'not_settled_yet';
  }

  /** Asks again for fees that no event has brought. */
  async chase(): Promise<number> {
    const now = this.clock.now().getTime();
    const ids = await this.queries.withoutFee(new Date(now - CHASE_UNTIL_MS), new Date(now - CHASE_AFTER_MS));
    if (ids.length > 0) await this.database.transaction(async (tx) => ids.forEach((donationId) => tx.publish(processorFeeDue({ donationId }))));
    return ids.length;
  }

  private async book(tx: Tx, donation: Donation, settled: BalanceTransaction): Promise<void> {
    const { id: donationId, caseId, campaignRefId: campaignId, currency, receiptId: reference } = donation;
    const entry = { donationId, caseId, campaignId, currency, reference, source: settled.id };
    if (settled.currency !== currency) {
      const postings = exchangePostings(donation.amount, settled);
      await this.ledger.book(tx, { ...entry, key: `exchange:${donationId}`, kind: 'exchange', description: `Settled in ${settled.currency}`, postings });
    }
    if (settled.fee === 0) return;
    const postings = processorFeePostings(donation, settled);
    await this.ledger.book(tx, { ...entry, key: `processor_fee:${donationId}`, kind: 'processor_fee', description: 'Fee of the payment provider', postings });
  }
}
