import { Inject, Injectable } from '@nestjs/common';
import { SYSTEM } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import type { Tx } from '../../../platform/database/tx.js';
import { personChannel } from '../../../platform/events/person-channel.js';
import { CasesFacade } from '../../rescue/cases/index.js';
import { CampaignsFacade } from '../campaigns/index.js';
import { LedgerFacade, type PostingDraft } from '../ledger/index.js';
import { Donation, type WentBack } from './donation.entity.js';
import { fundOf } from './donation-postings.js';
import { donationDisputed, donationDisputeReversed, donationRefunded, donationRefundReversed } from './donations.audit.js';

/** Money of a donation that left our balance at the provider, or came back to it. */
export interface SentBack {
  way: keyof WentBack;
  /** Minor units of the donation's currency: positive when they left, negative when they came back. */
  amount: number;
  /** Names this movement in the books; it is booked once. */
  key: string;
  description: string;
  /** The provider's object that proves it. */
  source: string | null;
}

/** Takes donations back, in part or whole: books, totals and fees in the caller's transaction (decision 3). */
@Injectable()
export class ReversalService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly ledger: LedgerFacade,
    private readonly cases: CasesFacade,
    private readonly campaigns: CampaignsFacade,
    private readonly clock: Clock,
  ) {}

  /**
   * Books money that went back or came again. The fund gives at most what it got; what a bank takes beyond that, after
   * a refund, is the platform's loss.
   * @param donation locked by the caller
   */
  async sendBack(tx: Tx, donation: Donation, { way, amount, key, description, source }: SentBack): Promise<void> {
    const before = { status: donation.status, refundedAmount: donation.refundedAmount, disputedAmount: donation.disputedAmount };
    const went = donation.wentBack;
    donation.sendBack(way, amount, this.clock.now());
    const goes = donation.wentBack;

    for (const kind of ['refund', 'dispute'] as const) {
      const ofFund = goes[kind] - went[kind];
      const moved = kind === way ? amount : 0;
      await this.book(tx, donation, kind === way ? key : `${key}:${kind}`, kind, description, source, [
        { ...fundOf(donation), amount: ofFund },
        { account: 'stripe_balance', amount: -moved },
        { account: 'platform_costs', amount: moved - ofFund },
      ]);
    }
    await this.returnFees(tx, donation, key);
    await this.addToTotal(tx, donation, went.refund + went.dispute - goes.refund - goes.dispute);
    donation.updatedAt = this.clock.now();
    await tx.manager.save(Donation, donation);

    const after = { status: donation.status, refundedAmount: donation.refundedAmount, disputedAmount: donation.disputedAmount };
    const action = way === 'refund' ? (amount > 0 ? donationRefunded : donationRefundReversed) : amount > 0 ? donationDisputed : donationDisputeReversed;
    tx.audit(SYSTEM, action, donation.id, { before, after, source });
    tx.signal(personChannel(donation.userId), 'donation.changed', { donationId: donation.id, ...after });
  }

  /** Gives the fund the fees of what went back: the platform's own, and the provider's where the platform bears it. */
  async returnFees(tx: Tx, donation: Donation, key: string): Promise<void> {
    const { platform, processor } = donation.returnFees({ processorFeeToo: this.config.refundFeeBearer === 'platform' });
    const fund = fundOf(donation);
    await this.book(tx, donation, `${key}:platform_fee`, 'platform_fee', 'Platform fee of what went back', null, [
      { ...fund, amount: -platform },
      { account: 'platform_revenue', amount: platform },
    ]);
    await this.book(tx, donation, `${key}:processor_fee`, 'processor_fee', 'Fee of the payment provider for what went back, borne by the platform', null, [
      { ...fund, amount: -processor },
      { account: 'platform_costs', amount: processor },
    ]);
  }

  /** Nothing where nothing moves. */
  private async book(tx: Tx, donation: Donation, key: string, kind: 'refund' | 'dispute' | 'platform_fee' | 'processor_fee', description: string, source: string | null, sides: PostingDraft[]): Promise<void> {
    const postings = sides.filter(({ amount }) => amount !== 0);
    if (postings.length === 0) return;
    const { id: donationId, caseId, campaignRefId: campaignId, currency, receiptId: reference } = donation;
    await this.ledger.book(tx, { key, kind, currency, description, donationId, caseId, campaignId, reference, source, postings });
  }

  private async addToTotal(tx: Tx, { creditedAt, caseId, campaignRefId }: Donation, amount: number): Promise<void> {
    if (!creditedAt || amount === 0) return;
    if (campaignRefId) await this.campaigns.addFunding(tx, { campaignId: campaignRefId, amount });
    if (caseId) await this.cases.addFunding(tx, { caseId, amount });
  }
}
