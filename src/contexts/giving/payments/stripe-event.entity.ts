import type { Stripe } from 'stripe';
import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

export const PAYMENT_PROVIDERS = ['stripe'] as const;

/** Outcomes of events that came before what they are about; they are taken up again when it is known. */
export type UnknownYet = 'subscription_not_found' | 'customer_not_found';

/**
 * Log. Every signed event of the payment provider, stored before it is believed (decision 5): the inbox from
 * which payments are processed, and the proof of each.
 */
@Entity({ schema: 'giving', name: 'stripe_events' })
@Index('ux_stripe_events_event', ['provider', 'eventId'], { unique: true })
@Index('ix_stripe_events_unprocessed', ['receivedAt'], { where: 'processed_at IS NULL' })
@Index('ix_stripe_events_donation', ['donationId'])
@Index('ix_stripe_events_awaits', ['awaits'], { where: 'awaits IS NOT NULL' })
@Index('ix_stripe_events_unknown_yet', ['outcome'], { where: `outcome IN ('subscription_not_found', 'customer_not_found')` })
export class StripeEvent {
  @IdColumn() id: string;

  @ClosedSetColumn('stripe_events', PAYMENT_PROVIDERS, { default: 'stripe' }) provider: (typeof PAYMENT_PROVIDERS)[number];

  /** The provider's id, `evt_...`. */
  @Column({ type: 'text' }) eventId: string;

  /** Such as `checkout.session.completed`. */
  @Column({ type: 'text' }) type: string;

  /** The event as it was signed. */
  @Column({ type: 'jsonb' }) payload: Stripe.Event;

  @Column({ type: 'text', nullable: true }) apiVersion: string | null;

  /** Whether real money moved. */
  @Column({ type: 'boolean' }) livemode: boolean;

  /** When it happened at the provider. */
  @TimeColumn() created: Date;

  @TimeColumn() receivedAt: Date;

  /** Null while it waits; set together with its effect. */
  @TimeColumn({ nullable: true }) processedAt: Date | null;

  /** What it came to: `completed`, `already_completed`, `donation_not_found`, `ignored`, ... */
  @Column({ type: 'text', nullable: true }) outcome: string | null;

  /** The donation that it told of. */
  @RefColumn({ nullable: true }) @ForeignKey('Donation') donationId: string | null;

  /** The payment or charge whose donation it waits for: it is processed again when that is known. */
  @Column({ type: 'text', nullable: true }) awaits: string | null;

  /** Failed tries. */
  @Column({ type: 'integer', default: 0 }) attempts: number;

  @Column({ type: 'text', nullable: true }) lastError: string | null;
}
