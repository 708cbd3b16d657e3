import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: trust. The queue of everything that waits for a decision of staff. */
export class TrustReviewQueue1795000005300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA trust;
      CREATE TABLE trust.review_items (
        id uuid CONSTRAINT pk_review_items PRIMARY KEY,
        kind text NOT NULL,
        source_id uuid NOT NULL,
        target_context text NOT NULL,
        target_type text NOT NULL,
        target_id uuid NOT NULL,
        priority smallint NOT NULL,
        opened_at timestamptz(3) NOT NULL,
        first_response_due_at timestamptz(3) NOT NULL,
        resolution_due_at timestamptz(3) NOT NULL,
        due_at timestamptz(3) NOT NULL,
        first_responded_at timestamptz(3),
        resolved_at timestamptz(3),
        first_response_breached_at timestamptz(3),
        resolution_breached_at timestamptz(3),
        paused_at timestamptz(3),
        paused_ms bigint NOT NULL DEFAULT 0 CONSTRAINT ck_review_items_paused_ms CHECK (paused_ms >= 0),
        claimed_by text,
        claimed_at timestamptz(3),
        claimed_until timestamptz(3),
        CONSTRAINT ck_review_items_claim CHECK (num_nulls(claimed_by, claimed_at, claimed_until) IN (0, 3))
      );
      CREATE UNIQUE INDEX ux_review_items_source ON trust.review_items (kind, source_id);
      CREATE INDEX ix_review_items_queue ON trust.review_items (priority, due_at, id) WHERE resolved_at IS NULL;
      CREATE INDEX ix_review_items_queue_of_kind ON trust.review_items (kind, priority, due_at, id) WHERE resolved_at IS NULL;
      CREATE INDEX ix_review_items_due ON trust.review_items (due_at) WHERE resolved_at IS NULL;
      CREATE INDEX ix_review_items_by_target ON trust.review_items (target_type, target_id);
      CREATE INDEX ix_review_items_decided ON trust.review_items (kind, resolved_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP SCHEMA trust CASCADE`);
  }
}
