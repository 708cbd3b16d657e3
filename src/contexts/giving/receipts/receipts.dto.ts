import { ApiProperty } from '@nestjs/swagger';
import { RECEIPT_KINDS, type ReceiptKind } from './receipt.entity.js';

/** A receipt or credit note as it was issued. */
export class ReceiptView {
  id: string;

  /** A receipt for money that came, a credit note for money that went back. */
  @ApiProperty({ enum: RECEIPT_KINDS })
  kind: ReceiptKind;

  /**
   * `PT-` and eight characters; credit notes add `-C` and their number within the donation.
   * @example "PT-7K2M9QXA-C1"
   */
  number: string;

  /**
   * Received or given back, in minor units of `currency`; never negative.
   * @example 2550
   */
  amount: number;

  /**
   * ISO 4217.
   * @example "EUR"
   */
  currency: string;

  /** When the money came or went. */
  issuedAt: string;

  /**
   * Where its paper is: PDF, or HTML for who prefers that.
   * @example "/v1/donations/0198c1de-6a51-7c3e-8f1b-2f9a4be0f0a1/receipts/0198c1de-6a51-7c3e-8f1b-2f9a4be0f0a2"
   */
  url: string;
}

/** The receipt of a donation and its credit notes, oldest first; empty until the payment is confirmed. */
export class ReceiptList {
  items: ReceiptView[];

  /** Always null: a donation has few. */
  nextCursor: string | null;
}
