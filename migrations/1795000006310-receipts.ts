import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: giving. Receipts and credit notes as they were issued. */
export class Receipts1795000006310 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE giving.receipts (
        id uuid CONSTRAINT pk_receipts PRIMARY KEY,
        kind text NOT NULL CONSTRAINT ck_receipts_kind CHECK (kind IN ('receipt', 'credit_note')),
        number text NOT NULL,
        donation_id uuid NOT NULL CONSTRAINT fk_receipts_donation_id REFERENCES giving.donations (id),
        user_id uuid NOT NULL CONSTRAINT fk_receipts_user_id REFERENCES identity.users (id),
        refund_id uuid,
        amount bigint NOT NULL CONSTRAINT ck_receipts_amount CHECK (amount > 0),
        currency text NOT NULL,
        recipient text,
        platform_fee_bps integer,
        platform_fee_amount bigint,
        anonymous boolean NOT NULL,
        issued_at timestamptz(3) NOT NULL,
        CONSTRAINT ck_receipts_refund CHECK ((kind = 'credit_note') = (refund_id IS NOT NULL))
      );
      CREATE UNIQUE INDEX ux_receipts_number ON giving.receipts (number);
      CREATE UNIQUE INDEX ux_receipts_donation ON giving.receipts (donation_id) WHERE kind = 'receipt';
      CREATE UNIQUE INDEX ux_receipts_refund ON giving.receipts (refund_id) WHERE refund_id IS NOT NULL;
      CREATE INDEX ix_receipts_donation ON giving.receipts (donation_id, issued_at, id);
      CREATE INDEX ix_receipts_user ON giving.receipts (user_id, issued_at, id);
      CREATE TRIGGER receipts_refuse_change BEFORE UPDATE OR DELETE ON giving.receipts FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
      CREATE TRIGGER receipts_refuse_truncate BEFORE TRUNCATE ON giving.receipts FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE giving.receipts`);
  }
}
