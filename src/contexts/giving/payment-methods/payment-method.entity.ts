import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

export const PAYMENT_METHOD_TYPES = ['card', 'paypal', 'bank'] as const;
export type PaymentMethodType = (typeof PAYMENT_METHOD_TYPES)[number];

/**
 * Aggregate root. A reference to a payment method that the provider keeps for a person (spec table `paymentMethods`,
 * behaviour 2.9). What is needed to charge it never comes here.
 */
@Entity({ schema: 'giving', name: 'payment_methods' })
@Index('ix_payment_methods_by_user', ['userId', 'createdAt', 'id'])
@Index('ux_payment_methods_stripe', ['stripePaymentMethodId'], { unique: true })
@Index('ux_payment_methods_default', ['userId'], { unique: true, where: 'is_default' })
@Check('ck_payment_methods_removed', 'removed_at IS NULL OR NOT is_default')
export class PaymentMethod {
  @IdColumn() id: string;

  @RefColumn() @ForeignKey('User') userId: string;

  @ClosedSetColumn('payment_methods', PAYMENT_METHOD_TYPES) type: PaymentMethodType;

  /** Such as `Visa ending in 4242`; empty once removed. */
  @Column({ type: 'text' }) name: string;

  @Column({ type: 'text', nullable: true }) lastFour: string | null;

  @Column({ type: 'integer', nullable: true }) expiryMonth: number | null;

  @Column({ type: 'integer', nullable: true }) expiryYear: number | null;

  /** At most one of a person's. */
  @Column({ type: 'boolean', default: false }) isDefault: boolean;

  /** The provider's id, `pm_...`. */
  @Column({ type: 'text' }) stripePaymentMethodId: string;

  @TimeColumn() createdAt: Date;

  /** The row stays without its contents, so that a late event does not bring it back. */
  @TimeColumn({ nullable: true }) removedAt: Date | null;
}
