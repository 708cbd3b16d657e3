import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: platform. Outbox, inbox, live events, audit chain, files, idempotency, secrets, rate limits. */
export class Platform1795000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const extension of ['pg_trgm', 'unaccent', 'citext', 'btree_gin', 'pgcrypto']) {
      await runner.query(`CREATE EXTENSION IF NOT EXISTS ${extension}`);
    }
    await runner.query(`CREATE SCHEMA IF NOT EXISTS platform`);
    await runner.query(`
      CREATE TABLE platform.outbox_events (
        id uuid CONSTRAINT pk_outbox_events PRIMARY KEY,
        type text NOT NULL,
        payload jsonb NOT NULL,
        request_id text,
        occurred_at timestamptz(3) NOT NULL,
        published_at timestamptz(3)
      );
      CREATE INDEX ix_outbox_events_unpublished ON platform.outbox_events (id) WHERE published_at IS NULL;
      CREATE INDEX ix_outbox_events_published ON platform.outbox_events (published_at);

      CREATE TABLE platform.inbox_receipts (
        event_id uuid NOT NULL,
        consumer text NOT NULL,
        handled_at timestamptz(3) NOT NULL,
        outcome text,
        CONSTRAINT pk_inbox_receipts PRIMARY KEY (event_id, consumer)
      );
      CREATE INDEX ix_inbox_receipts_handled ON platform.inbox_receipts (handled_at);

      CREATE TABLE platform.live_events (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_live_events PRIMARY KEY,
        channel text NOT NULL,
        type text NOT NULL,
        data jsonb NOT NULL,
        created_at timestamptz(3) NOT NULL
      );
      CREATE INDEX ix_live_events_channel ON platform.live_events (channel, id);
      CREATE INDEX ix_live_events_created ON platform.live_events (created_at);

      CREATE TABLE platform.installation_secrets (
        name text CONSTRAINT pk_installation_secrets PRIMARY KEY,
        value text NOT NULL,
        created_at timestamptz(3) NOT NULL
      );

      CREATE TABLE platform.idempotency_keys (
        user_id uuid NOT NULL,
        key text NOT NULL,
        request_hash text NOT NULL,
        status integer,
        response jsonb,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT pk_idempotency_keys PRIMARY KEY (user_id, key)
      );
      CREATE INDEX ix_idempotency_keys_created ON platform.idempotency_keys (created_at);

      CREATE TABLE platform.rate_limits (
        key varchar(255) CONSTRAINT pk_rate_limits PRIMARY KEY,
        points integer NOT NULL DEFAULT 0,
        expire bigint
      );
    `);
    await this.createAudit(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP SCHEMA platform CASCADE`);
  }

  private async createAudit(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE platform.audit_logs (
        id uuid CONSTRAINT pk_audit_logs PRIMARY KEY,
        seq bigint NOT NULL,
        actor_kind text NOT NULL CONSTRAINT ck_audit_logs_actor_kind CHECK (actor_kind IN ('user', 'staff', 'system')),
        actor_id uuid,
        staff_id uuid,
        entity_type text NOT NULL,
        entity_id text NOT NULL,
        action text NOT NULL,
        details text,
        metadata_json jsonb,
        request_id text,
        created_at timestamptz(3) NOT NULL,
        prev_hash text NOT NULL,
        hash text NOT NULL
      );
      CREATE UNIQUE INDEX ux_audit_logs_seq ON platform.audit_logs (seq);
      CREATE INDEX ix_audit_logs_by_entity ON platform.audit_logs (entity_type, entity_id);
      CREATE INDEX ix_audit_logs_by_actor ON platform.audit_logs (actor_id);
      CREATE INDEX ix_audit_logs_by_created_at ON platform.audit_logs (created_at);

      -- The head of the chain: the lock that makes appends take turns, and the witness of a cut tail.
      CREATE TABLE platform.audit_chain_head (
        id boolean CONSTRAINT pk_audit_chain_head PRIMARY KEY DEFAULT true CONSTRAINT ck_audit_chain_head_id CHECK (id),
        seq bigint NOT NULL,
        hash text NOT NULL
      );
      INSERT INTO platform.audit_chain_head (seq, hash) VALUES (0, repeat('0', 64));

      -- Canonical text of a row: a jsonb array keeps order and types, and epoch milliseconds know no time zone.
      CREATE FUNCTION platform.audit_row_hash(r platform.audit_logs) RETURNS text LANGUAGE sql STABLE AS $$
        SELECT encode(sha256(convert_to(r.prev_hash || E'\\n' || jsonb_build_array(
          r.id, r.seq, r.actor_kind, r.actor_id, r.staff_id, r.entity_type, r.entity_id, r.action, r.details,
          r.metadata_json, r.request_id, floor(extract(epoch FROM r.created_at) * 1000)::bigint)::text, 'UTF8')), 'hex')
      $$;

      CREATE FUNCTION platform.audit_append() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE head platform.audit_chain_head;
      BEGIN
        SELECT * INTO head FROM platform.audit_chain_head FOR UPDATE;
        NEW.seq := head.seq + 1;
        NEW.prev_hash := head.hash;
        NEW.hash := platform.audit_row_hash(NEW);
        PERFORM set_config('pawtreon.audit_append', 'on', true);
        UPDATE platform.audit_chain_head SET seq = NEW.seq, hash = NEW.hash;
        PERFORM set_config('pawtreon.audit_append', 'off', true);
        RETURN NEW;
      END $$;

      CREATE FUNCTION platform.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '%.% is append-only', TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
      END $$;

      CREATE FUNCTION platform.guard_audit_head() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' AND current_setting('pawtreon.audit_append', true) = 'on' THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'platform.audit_chain_head moves only with the audit log' USING ERRCODE = 'insufficient_privilege';
      END $$;

      CREATE TRIGGER audit_append BEFORE INSERT ON platform.audit_logs FOR EACH ROW EXECUTE FUNCTION platform.audit_append();
      CREATE TRIGGER audit_refuse_change BEFORE UPDATE OR DELETE ON platform.audit_logs FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
      CREATE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON platform.audit_logs FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
      CREATE TRIGGER audit_guard_head BEFORE UPDATE OR DELETE ON platform.audit_chain_head FOR EACH ROW EXECUTE FUNCTION platform.guard_audit_head();
    `);
  }
}
