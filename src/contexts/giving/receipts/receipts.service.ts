import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { newId } from '../../../platform/ids.js';
import { Receipt } from './receipt.entity.js';
import { ReceiptsQueries } from './receipts.queries.js';

/** Money that went back to a donor. */
export interface MoneyReturned {
  /** Of the refund, or of whatever gave the money back: one credit note for each. */
  refundId: string;
  donationId: string;
  /** Minor units. */
  amount: number;
  /** ISO 4217; a movement in another currency than the donation's is of all of it. */
  currency?: string;
  /** When it went back. */
  at: Date;
}

/** Issues receipts and credit notes. Repeats and races issue nothing twice. */
@Injectable()
export class ReceiptsService {
  constructor(
    private readonly database: Database,
    private readonly queries: ReceiptsQueries,
  ) {}

  /**
   * Issues the receipts of received donations that have none. A receipt is made of the donation alone, so that it says
   * the same whether it is issued at completion or when it is first asked for.
   */
  async issue(tx: Tx, donationIds: string[]): Promise<void> {
    await tx.query(
      `INSERT INTO giving.receipts (id, kind, number, donation_id, user_id, amount, currency, recipient, platform_fee_bps, platform_fee_amount, anonymous, issued_at)
       SELECT n.id, 'receipt', d.receipt_id, d.id, d.user_id, d.amount, d.currency, coalesce(c.title, g.title), d.platform_fee_bps, d.platform_fee_amount,
              d.anonymous, d.completed_at
         FROM unnest($1::uuid[], $2::uuid[]) AS n(id, donation_id)
         JOIN giving.donations d ON d.id = n.donation_id AND d.completed_at IS NOT NULL
         LEFT JOIN rescue.public_cases c ON c.id = d.case_id
         LEFT JOIN giving.campaigns g ON g.id = d.campaign_ref_id
        ORDER BY d.id
       ON CONFLICT DO NOTHING`,
      [donationIds.map(() => newId()), donationIds],
    );
  }

  /** Issues what is missing of one donation, before its receipt is read. */
  async issueFor(donationId: string): Promise<void> {
    await this.database.transaction((tx) => this.issue(tx, [donationId]));
  }

  /** Issues what is missing of a donor, before a year is summed up. */
  async issueAllOf(userId: string): Promise<void> {
    const missing = await this.queries.withoutReceipt(userId);
    if (missing.length > 0) await this.database.transaction((tx) => this.issue(tx, missing));
  }

  /**
   * Issues the credit note for money that went back, once. No more is credited than was received: what a bank takes
   * beyond that, after a refund, is the platform's loss and not the donor's gift.
   * @returns its number, of now or of the first time; null when there is nothing to credit
   */
  async issueCreditNote(tx: Tx, { refundId, donationId, amount, currency, at }: MoneyReturned): Promise<string | null> {
    await this.issue(tx, [donationId]);
    // The lock makes the numbers of one donation follow each other.
    const receipt = await tx.lock(Receipt, { donationId, kind: 'receipt' });
    if (!receipt) return null;
    const issued = await tx.manager.findBy(Receipt, { donationId, kind: 'credit_note' });
    const before = issued.find((note) => note.refundId === refundId);
    if (before) return before.number;
    const wentBack = currency === undefined || currency === receipt.currency ? amount : receipt.amount;
    const credited = Math.min(wentBack, issued.reduce((rest, note) => rest - note.amount, receipt.amount));
    if (credited <= 0) return null;
    const note = tx.manager.create(Receipt, {
      ...receipt,
      id: newId(),
      kind: 'credit_note',
      number: `${receipt.number}-C${issued.length + 1}`,
      refundId,
      amount: credited,
      platformFeeBps: null,
      platformFeeAmount: null,
      issuedAt: at,
    });
    await tx.manager.insert(Receipt, note);
    return note.number;
  }
}
