import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { decodeCursor, type Page, toPage } from '../../../platform/http/keyset.js';
import { Donation } from './donation.entity.js';
import { type DonationListQuery, type DonationStats, type DonationView } from './donations.dto.js';
import { DONATION_COLUMNS, type DonationRow, donationView } from './donations.view.js';
import type { PaymentReport } from './payment-report.js';

/** What `totalAmount` of the stats counts (behaviour 3.5). */
const MAIN_CURRENCY = 'EUR';

/** A pending donation as the reconciliation looks at it. */
export interface PendingDonation {
  id: string;
  sessionId: string | null;
  createdAt: Date;
}

/** A payment that a refund, dispute or warning is about. */
export interface ChargeReference {
  paymentIntentId: string | null;
  chargeId: string | null;
}

const CHARGED = `SELECT id FROM giving.donations WHERE stripe_payment_intent_id = $1 OR stripe_charge_id = $2`;

/** Reads of donations. */
@Injectable()
export class DonationsQueries {
  constructor(private readonly database: Database) {}

  /** A person's own donations, newest first, with what they were for. */
  async ofDonor(userId: string, query: DonationListQuery): Promise<Page<DonationView>> {
    const after = decodeCursor(query.cursor, ['time', 'uuid']);
    const rows = await this.database.rows<DonationRow>(
      `SELECT ${DONATION_COLUMNS} WHERE d.user_id = $1 AND ($2::timestamptz IS NULL OR (d.created_at, d.id) < ($2, $3::uuid))
        ORDER BY d.created_at DESC, d.id DESC LIMIT $4`,
      [userId, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
    );
    return toPage(rows, query.limit, (row) => [row.created_at.toISOString(), row.id], donationView);
  }

  async find(id: string): Promise<DonationView | null> {
    const row = await this.database.row<DonationRow>(`SELECT ${DONATION_COLUMNS} WHERE d.id = $1`, [id]);
    return row && donationView(row);
  }

  /** Completed donations of a person, anonymous ones too. */
  async statsOf(userId: string): Promise<DonationStats> {
    const [totals, animals] = await Promise.all([
      this.database.rows<{ currency: string; donations: number; amount: string }>(
        `SELECT currency, donations, amount FROM giving.donor_totals WHERE user_id = $1 ORDER BY currency`,
        [userId],
      ),
      this.database.row<{ animals: number }>(
        `SELECT count(DISTINCT case_id)::integer AS animals FROM giving.donations WHERE user_id = $1 AND status = 'completed'`,
        [userId],
      ),
    ]);
    return {
      totalDonations: totals.reduce((sum, row) => sum + row.donations, 0),
      totals: totals.map((row) => ({ amount: Number(row.amount), currency: row.currency })),
      totalAmount: Number(totals.find((row) => row.currency === MAIN_CURRENCY)?.amount ?? 0),
      currency: MAIN_CURRENCY,
      animalsHelped: animals?.animals ?? 0,
    };
  }

  /**
   * Locks the donation that a report is about. The ids that it names have to belong together: metadata alone never
   * leads to a donation that is known under another checkout or payment.
   */
  async lockReported(tx: Tx, report: PaymentReport): Promise<Donation | null> {
    const found = await tx.query<{ id: string }>(
      `SELECT id FROM giving.donations WHERE stripe_checkout_session_id = $1 OR stripe_payment_intent_id = $2 OR id = $3`,
      [report.sessionId ?? null, report.paymentIntentId ?? null, report.donationId ?? null],
    );
    if (found.length !== 1) return null;
    const donation = await tx.lock(Donation, { id: found[0]!.id });
    return donation?.matches(report) ? donation : null;
  }

  /**
   * Locks the donation that a charge is for: by its payment, or by the charge itself.
   * @throws where the two belong to different donations
   */
  async lockCharged(tx: Tx, charge: ChargeReference): Promise<Donation | null> {
    const found = await tx.query<{ id: string }>(CHARGED, [charge.paymentIntentId, charge.chargeId]);
    if (found.length > 1) throw new Error(`Payment ${charge.paymentIntentId} and charge ${charge.chargeId} are of two donations`);
    return found[0] ? tx.lock(Donation, { id: found[0].id }) : null;
  }

  async isChargedKnown(tx: Tx, charge: ChargeReference): Promise<boolean> {
    return (await tx.query(CHARGED, [charge.paymentIntentId, charge.chargeId])).length > 0;
  }

  /** What a case counts in and whether it is closed, hidden or not. */
  async caseFunding(tx: Tx, caseId: string): Promise<{ currency: string; status: string } | null> {
    return (await tx.query<{ currency: string; status: string }>(`SELECT currency, status FROM rescue.case_funding WHERE case_id = $1`, [caseId]))[0] ?? null;
  }

  async receiptExists(tx: Tx, receiptId: string): Promise<boolean> {
    return (await tx.query(`SELECT 1 FROM giving.donations WHERE receipt_id = $1`, [receiptId])).length > 0;
  }

  /** The payment of a donation whose fee is not known, or the invoice that it settled; null when the fee is known. */
  paymentAwaitingFee(id: string): Promise<{ paymentIntentId: string | null; invoiceId: string | null } | null> {
    return this.database.row(
      `SELECT stripe_payment_intent_id AS "paymentIntentId", stripe_invoice_id AS "invoiceId"
         FROM giving.donations WHERE id = $1 AND completed_at IS NOT NULL AND settled_amount IS NULL`,
      [id],
    );
  }

  /** Ids of completed donations whose fee nobody has told, at most 500, oldest first. */
  async withoutFee(from: Date, until: Date): Promise<string[]> {
    const rows = await this.database.rows<{ id: string }>(
      `SELECT id FROM giving.donations
        WHERE status = 'completed' AND completed_at BETWEEN $1 AND $2 AND settled_amount IS NULL
          AND (stripe_payment_intent_id IS NOT NULL OR stripe_invoice_id IS NOT NULL)
        ORDER BY completed_at LIMIT 500`,
      [from, until],
    );
    return rows.map((row) => row.id);
  }

  /** Payments of completed donations that some stored event still waits for, at most 1,000. */
  async awaitedPayments(): Promise<string[]> {
    const rows = await this.database.rows<{ awaits: string }>(
      `SELECT DISTINCT e.awaits FROM giving.stripe_events e JOIN giving.donations d ON e.awaits IN (d.stripe_payment_intent_id, d.stripe_charge_id)
        WHERE e.awaits IS NOT NULL AND d.completed_at IS NOT NULL LIMIT 1000`,
    );
    return rows.map((row) => row.awaits);
  }

  /** Pending donations made before `until`, in pages of 100, oldest first. */
  async pending(until: Date, after: PendingDonation | null): Promise<PendingDonation[]> {
    return this.database.rows<PendingDonation>(
      `SELECT id, stripe_checkout_session_id AS "sessionId", created_at AS "createdAt" FROM giving.donations
        WHERE status = 'pending' AND created_at < $1 AND ($2::timestamptz IS NULL OR (created_at, id) > ($2, $3::uuid))
        ORDER BY created_at, id LIMIT 100`,
      [until, after?.createdAt ?? null, after?.id ?? null],
    );
  }
}
