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

/** What a handler answers about an event that is not its business. */
export const IGNORED: HandledEvent = { outcome: 'ignored' };

type EventType = Stripe.Event['type'];
type EventOf<T extends EventType> = Extract<Stripe.Event, { type: T }>;

/** The effect of one type of event, in a transaction in which no call goes out. Has to bear repeats and any order. */
export type StripeEventHandler<T extends EventType, A = undefined> = (event: EventOf<T>, tx: Tx, answer: A) => Promise<HandledEvent>;

/** Asks the provider, before the transaction, for what the event alone does not tell. May run again. */
export type StripeEventQuestion<T extends EventType, A> = (event: EventOf<T>) => Promise<A>;

interface Handler {
  ask: (event: Stripe.Event) => Promise<unknown>;
  handle: (event: Stripe.Event, tx: Tx, answer: unknown) => Promise<HandledEvent>;
}

/**
 * Which module handles which type of event. A type may be the business of several (a checkout pays once or opens a
 * subscription): the first answer that is not `ignored` counts. What nobody registered is stored and ignored.
 */
@Injectable()
export class StripeEventHandlers {
  private readonly handlers = new Map<string, Handler[]>();

  /** Called once a type and module, while the application starts. */
  register<T extends EventType>(type: T, handle: StripeEventHandler<T>): void {
    this.registerAsking(type, async () => undefined, handle);
  }

  /** The same for a handler that needs an answer of the provider. */
  registerAsking<T extends EventType, A>(type: T, ask: StripeEventQuestion<T, A>, handle: StripeEventHandler<T, A>): void {
    this.handlers.set(type, [...(this.handlers.get(type) ?? []), { ask, handle } as Handler]);
  }

  /** What the handlers want to know from the provider; never inside a transaction. */
  ask(event: Stripe.Event): Promise<unknown[]> {
    return Promise.all((this.handlers.get(event.type) ?? []).map(({ ask }) => ask(event)));
  }

  async handle(event: Stripe.Event, tx: Tx, answers: unknown[]): Promise<HandledEvent> {
    for (const [i, { handle }] of (this.handlers.get(event.type) ?? []).entries()) {
      const handled = await handle(event, tx, answers[i]);
      if (handled.outcome !== IGNORED.outcome) return handled;
    }
    return IGNORED;
  }
}
