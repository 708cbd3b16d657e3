import { Injectable, type Type } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { EventDefinition } from '../../../platform/outbox/event.js';
import type { Notice } from './notices.js';
import { NotificationsQueries } from './notifications.queries.js';
import { NotificationsService } from './notifications.service.js';

/** Whom a fact is told to, and what. Titles and audiences can be asked for inside the transaction. */
export type Telling<P> = (payload: P, tx: Tx, ask: NotificationsQueries) => Notice[] | Promise<Notice[]>;

/**
 * A consumer that does nothing but tell people of a fact.
 * @param name unique: `engagement.tell-refund`
 */
export function tells<P>(event: EventDefinition<P>, name: string, noticesOf: Telling<P>): Type<EventConsumer<P>> {
  @Injectable()
  @Consumes(event, name)
  class Teller implements EventConsumer<P> {
    constructor(
      private readonly notifications: NotificationsService,
      private readonly queries: NotificationsQueries,
    ) {}

    async handle({ payload }: ConsumedEvent<P>, tx: Tx): Promise<string> {
      const notices = await noticesOf(payload, tx, this.queries);
      await this.notifications.tell(tx, notices);
      return `told ${notices.length}`;
    }
  }
  return Teller;
}
