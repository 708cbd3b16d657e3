import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { RefColumn, TimeColumn } from '../../../platform/database/columns.js';

/** Lookup. Which person a customer of the payment provider is; each of a person's checkouts may make another. */
@Entity({ schema: 'giving', name: 'stripe_customers' })
@Index('ix_stripe_customers_user', ['userId'])
export class StripeCustomer {
  /** The provider's id, `cus_...`. */
  @PrimaryColumn({ type: 'text' }) id: string;

  @RefColumn() @ForeignKey('User') userId: string;

  @TimeColumn() createdAt: Date;
}
