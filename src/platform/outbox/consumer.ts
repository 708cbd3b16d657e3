import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import type { EventDefinition } from './event.js';

/** An event as its consumer meets it. */
export interface ConsumedEvent<P> {
  id: string;
  type: string;
  occurredAt: Date;
  payload: P;
}

/**
 * A consumer's effect. `handle` runs in a transaction that also holds the inbox row, so that it happens
 * exactly once. What has to be asked of another system goes into `prepare`, which runs before and may run
 * again after a crash.
 */
export interface EventConsumer<P, Prepared = void> {
  prepare?(event: ConsumedEvent<P>): Promise<Prepared>;
  handle(event: ConsumedEvent<P>, tx: Tx, prepared: Prepared): Promise<string | void>;
}

export interface ConsumerMetadata {
  event: string;
  name: string;
}

export const CONSUMER_METADATA = 'pawtreon:consumer';

/**
 * Marks an {@link EventConsumer}.
 * @param name unique, starting with the context whose queue it runs on: `giving.post-processor-fee`
 */
export const Consumes = <P>(event: EventDefinition<P>, name: string): CustomDecorator =>
  SetMetadata(CONSUMER_METADATA, { event: event.type, name } satisfies ConsumerMetadata);
