import { randomUUIDv7 } from 'node:crypto';

/** A new row id: UUIDv7, so that ids sort by creation and indexes grow at one end. */
export const newId = (): string => randomUUIDv7();

/** Any RFC 9562 UUID, as accepted in paths and bodies. */
export const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
