import { Injectable } from '@nestjs/common';
import type { Stripe } from 'stripe';
import type { Tx } from '../../../platform/database/tx.js';

/** What became of an event. */
export interface HandledEvent {
  outcome: string;
  donationId?: string;
  /** The payment whose donation is not known or not completed yet; the event is processed again when it is. */
  awaits?: string;
}

type EventType = Stripe.Event['type'];
type EventOf<T extends EventType> = Extract<Stripe.Event, { type: T }>;

/** The effect of one type of event, from the signed payload alone: no call goes out. Has to bear repeats and any order. */
export type StripeEventHandler<T extends EventType> = (event: EventOf<T>, tx: Tx) => Promise<HandledEvent>;

/** Which module handles which type of event. What nobody registered is stored and ignored. */
@Injectable()
export class StripeEventHandlers {
  private readonly handlers = new Map<string, (event: Stripe.Event, tx: Tx) => Promise<HandledEvent>>();

  /** Called once a type, while the application starts. */
  register<T extends EventType>(type: T, handler: StripeEventHandler<T>): void {
    if (this.handlers.has(type)) throw new Error(`Stripe event ${type} has two handlers`);
    this.handlers.set(type, (event, tx) => handler(event as EventOf<T>, tx));
  }

  async handle(event: Stripe.Event, tx: Tx): Promise<HandledEvent> {
    return (await this.handlers.get(event.type)?.(event, tx)) ?? { outcome: 'ignored' };
  }
}
