/**
 * The sandbox's own tables, apart from the project's: it plays an outside company, so no foreign key crosses over.
 * Run once, in order, by a migration.
 *
 * - `objects`: every object of the API as it is shown, plus what the company knows and does not show (`hidden`).
 * - `events`: what happened, and how far its webhook has come; `next_attempt_at` is null when nothing is left to try.
 * - `scheduled_acts`: what happens later by itself (a debit settles, a session expires), done in one transaction with its effect.
 * - `idempotency_keys`: the first answer to each key, kept 24 hours.
 */
export const SANDBOX_SCHEMA_SQL: readonly string[] = [
  `CREATE SCHEMA sandbox`,
  `CREATE TABLE sandbox.objects (
    id text PRIMARY KEY,
    seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    type text NOT NULL,
    data jsonb NOT NULL,
    hidden jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz(3) NOT NULL
  )`,
  `CREATE INDEX ix_objects_type ON sandbox.objects (type, seq DESC)`,
  `CREATE INDEX ix_objects_payment_intent ON sandbox.objects ((data->>'payment_intent')) WHERE data ? 'payment_intent'`,
  `CREATE INDEX ix_objects_charge ON sandbox.objects ((data->>'charge')) WHERE type = 'refund'`,
  `CREATE TABLE sandbox.events (
    id text PRIMARY KEY,
    seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    type text NOT NULL,
    data jsonb NOT NULL,
    created_at timestamptz(3) NOT NULL,
    delivered_at timestamptz(3),
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz(3),
    last_error text
  )`,
  `CREATE INDEX ix_events_next_attempt ON sandbox.events (next_attempt_at) WHERE next_attempt_at IS NOT NULL`,
  `CREATE TABLE sandbox.scheduled_acts (
    object_id text NOT NULL REFERENCES sandbox.objects (id),
    act text NOT NULL,
    due_at timestamptz(3) NOT NULL,
    PRIMARY KEY (object_id, act)
  )`,
  `CREATE INDEX ix_scheduled_acts_due ON sandbox.scheduled_acts (due_at)`,
  `CREATE TABLE sandbox.idempotency_keys (
    key text PRIMARY KEY,
    endpoint text NOT NULL,
    body_hash text NOT NULL,
    request_id text NOT NULL,
    response jsonb,
    created_at timestamptz(3) NOT NULL
  )`,
  `CREATE INDEX ix_idempotency_keys_created ON sandbox.idempotency_keys (created_at)`,
];
