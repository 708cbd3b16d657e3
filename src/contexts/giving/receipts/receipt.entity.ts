import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, MoneyColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

export const RECEIPT_KINDS = ['receipt', 'credit_note'] as const;
export type ReceiptKind = (typeof RECEIPT_KINDS)[number];

/**
 * Log. What was issued to a donor: one receipt a donation and a credit note for each time money went back (behaviour 2.7).
 * The database refuses every change, so that a paper asked for again says what it said. Names are not kept here.
 */
@Entity({ schema: 'giving', name: 'receipts' })
@Index('ux_receipts_number', ['number'], { unique: true })
@Index('ux_receipts_donation', ['donationId'], { unique: true, where: `kind = 'receipt'` })
@Index('ux_receipts_refund', ['refundId'], { unique: true, where: 'refund_id IS NOT NULL' })
@Index('ix_receipts_donation', ['donationId', 'issuedAt', 'id'])
@Index('ix_receipts_user', ['userId', 'issuedAt', 'id'])
@Check('ck_receipts_amount', 'amount > 0')
@Check('ck_receipts_refund', `(kind = 'credit_note') = (refund_id IS NOT NULL)`)
export class Receipt {
  @IdColumn() id: string;

  @ClosedSetColumn('receipts', RECEIPT_KINDS) kind: ReceiptKind;

  /** `PT-` and eight characters; a credit note adds `-C` and its number within the donation. */
  @Column({ type: 'text' }) number: string;

  @RefColumn() @ForeignKey('Donation') donationId: string;

  /** The donor. */
  @RefColumn() @ForeignKey('User') userId: string;

  /** What a credit note is for: the id of the refund, or of whatever else gave the money back. */
  @RefColumn({ nullable: true }) refundId: string | null;

  /** Minor units of `currency`: received, or given back; never negative. */
  @MoneyColumn() amount: number;

  /** ISO 4217. */
  @Column({ type: 'text' }) currency: string;

  /** Title of the case or campaign at the time; null when it was hidden, or there is none. */
  @Column({ type: 'text', nullable: true }) recipient: string | null;

  /** The platform's share at the time, in basis points; null on credit notes. */
  @Column({ type: 'integer', nullable: true }) platformFeeBps: number | null;

  @MoneyColumn({ nullable: true }) platformFeeAmount: number | null;

  /** Whether the donor asked to be shown to nobody. */
  @Column({ type: 'boolean' }) anonymous: boolean;

  /** When the money came or went. */
  @TimeColumn() issuedAt: Date;
}
