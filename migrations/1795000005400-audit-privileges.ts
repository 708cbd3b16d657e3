import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Context: platform. The audit log is kept by privileges (docs/decisions/0014): appending runs as the owner
 * of the tables, so that the application's role needs no right to change the head. Indexes end in the order
 * of the log, so that a filtered page is read off them.
 */
export class AuditPrivileges1795000005400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION platform.audit_append() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
      DECLARE head platform.audit_chain_head;
      BEGIN
        SELECT * INTO STRICT head FROM platform.audit_chain_head FOR UPDATE;
        NEW.seq := head.seq + 1;
        NEW.prev_hash := head.hash;
        NEW.hash := platform.audit_row_hash(NEW);
        UPDATE platform.audit_chain_head SET seq = NEW.seq, hash = NEW.hash;
        RETURN NEW;
      END $$;
      -- Who may hang it on a table of their own could move the head without a row.
      REVOKE EXECUTE ON FUNCTION platform.audit_append() FROM PUBLIC;

      -- Depth 2 is the statement of audit_append; a statement of somebody else is depth 1.
      CREATE OR REPLACE FUNCTION platform.guard_audit_head() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' AND pg_trigger_depth() = 2 AND NEW.seq = OLD.seq + 1 THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'platform.audit_chain_head moves only with the audit log' USING ERRCODE = 'insufficient_privilege';
      END $$;
      CREATE TRIGGER audit_guard_head_truncate BEFORE TRUNCATE ON platform.audit_chain_head FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();

      DROP INDEX platform.ix_audit_logs_by_entity, platform.ix_audit_logs_by_actor;
      CREATE INDEX ix_audit_logs_by_entity ON platform.audit_logs (entity_type, entity_id, seq);
      CREATE INDEX ix_audit_logs_by_entity_id ON platform.audit_logs (entity_id, seq);
      CREATE INDEX ix_audit_logs_by_actor ON platform.audit_logs (actor_id, seq);
      CREATE INDEX ix_audit_logs_by_action ON platform.audit_logs (action, seq);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX platform.ix_audit_logs_by_entity, platform.ix_audit_logs_by_entity_id, platform.ix_audit_logs_by_actor, platform.ix_audit_logs_by_action;
      CREATE INDEX ix_audit_logs_by_entity ON platform.audit_logs (entity_type, entity_id);
      CREATE INDEX ix_audit_logs_by_actor ON platform.audit_logs (actor_id);

      DROP TRIGGER audit_guard_head_truncate ON platform.audit_chain_head;
      CREATE OR REPLACE FUNCTION platform.guard_audit_head() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' AND current_setting('pawtreon.audit_append', true) = 'on' THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'platform.audit_chain_head moves only with the audit log' USING ERRCODE = 'insufficient_privilege';
      END $$;
      CREATE OR REPLACE FUNCTION platform.audit_append() RETURNS trigger LANGUAGE plpgsql AS $$
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
    `);
  }
}
