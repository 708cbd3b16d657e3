import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { DonationKind } from '../donations/index.js';
import type { ReceiptKind } from './receipt.entity.js';

/** A receipt or credit note with what its paper needs beside it. */
export interface ReceiptRow {
  id: string;
  kind: ReceiptKind;
  number: string;
  amount: number;
  currency: string;
  recipient: string | null;
  platformFeeBps: number | null;
  platformFeeAmount: number | null;
  anonymous: boolean;
  issuedAt: Date;
  caseId: string | null;
  donationKind: DonationKind;
  /** Told by the provider after the receipt was issued. */
  processorFeeAmount: number | null;
  settledAmount: number | null;
  settledCurrency: string | null;
  donorName: string | null;
  /** What the donor reads; null where nothing was chosen. */
  language: string | null;
}

/** A donor, as papers name them. */
export interface DonorRow {
  name: string | null;
  language: string | null;
}

/** What decides who sees the receipts of a donation, and whether there are any. */
export interface ReceiptOwner {
  userId: string;
  received: boolean;
  issued: boolean;
}

// Amounts fit a double by the limits of a donation, so that they need not come as text.
const ROWS = `
  SELECT r.id, r.kind, r.number, r.amount::float8 AS amount, r.currency, r.recipient, r.platform_fee_bps AS "platformFeeBps",
         r.platform_fee_amount::float8 AS "platformFeeAmount", r.anonymous, r.issued_at AS "issuedAt", d.case_id AS "caseId",
         d.donation_kind AS "donationKind", d.processor_fee_amount::float8 AS "processorFeeAmount",
         d.settled_amount::float8 AS "settledAmount", d.settled_currency AS "settledCurrency", u.name AS "donorName", l.language
    FROM giving.receipts r
    JOIN giving.donations d ON d.id = r.donation_id
    LEFT JOIN identity.public_users u ON u.id = r.user_id
    LEFT JOIN identity.user_languages l ON l.user_id = r.user_id`;

/** Reads of receipts. */
@Injectable()
export class ReceiptsQueries {
  constructor(private readonly database: Database) {}

  owner(donationId: string): Promise<ReceiptOwner | null> {
    return this.database.row<ReceiptOwner>(
      `SELECT user_id AS "userId", completed_at IS NOT NULL AS received,
              EXISTS (SELECT FROM giving.receipts r WHERE r.donation_id = d.id AND r.kind = 'receipt') AS issued
         FROM giving.donations d WHERE id = $1`,
      [donationId],
    );
  }

  /** The receipt of a donation and its credit notes, in the order of their numbers. */
  ofDonation(donationId: string): Promise<ReceiptRow[]> {
    return this.database.rows<ReceiptRow>(`${ROWS} WHERE r.donation_id = $1 ORDER BY r.kind DESC, r.id`, [donationId]);
  }

  /** Everything issued to a donor from one time up to another, oldest first. */
  ofDonor(userId: string, from: Date, to: Date): Promise<ReceiptRow[]> {
    return this.database.rows<ReceiptRow>(`${ROWS} WHERE r.user_id = $1 AND r.issued_at >= $2 AND r.issued_at < $3 ORDER BY r.issued_at, r.id`, [userId, from, to]);
  }

  async donor(userId: string): Promise<DonorRow> {
    const row = await this.database.row<DonorRow>(
      `SELECT u.name, l.language FROM identity.public_users u LEFT JOIN identity.user_languages l ON l.user_id = u.id WHERE u.id = $1`,
      [userId],
    );
    return row ?? { name: null, language: null };
  }

  /** Ids of donations of a donor that were received and have no receipt yet. */
  async withoutReceipt(userId: string): Promise<string[]> {
    const rows = await this.database.rows<{ id: string }>(
      `SELECT id FROM giving.donations d
        WHERE user_id = $1 AND completed_at IS NOT NULL AND NOT EXISTS (SELECT FROM giving.receipts r WHERE r.donation_id = d.id AND r.kind = 'receipt')`,
      [userId],
    );
    return rows.map((row) => row.id);
  }
}
