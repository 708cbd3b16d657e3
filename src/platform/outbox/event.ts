/** A fact on its way to the outbox. */
export interface EventMessage<P = unknown> {
  readonly type: string;
  readonly payload: P;
}

/** A declared event: call it with the payload to make a message for `tx.publish`. */
export interface EventDefinition<P> {
  (payload: P): EventMessage<P>;
  readonly type: string;
}

/** The payload type of a declared event. */
export type PayloadOf<D> = D extends EventDefinition<infer P> ? P : never;

const DEFINED = new Set<string>();

/**
 * Declares an event: `<context>.<thing>.<what happened>.v<version>`, ids and facts only, no personal
 * data. Every event has exactly one definition; a second one fails at start-up.
 */
export function defineEvent<P>(type: string): EventDefinition<P> {
  if (!/^[a-z]+(\.[a-z_]+){2,}\.v\d+$/.test(type)) throw new Error(`Event ${type} is not named <context>.<thing>.<past tense>.v<n>`);
  if (DEFINED.has(type)) throw new Error(`Event ${type} is defined twice`);
  DEFINED.add(type);
  return Object.assign((payload: P): EventMessage<P> => ({ type, payload }), { type });
}
