import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: giving. Invoices of clinics, the people who approve them, and what was paid out. */
export class ClinicInvoices1795000006420 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE giving.clinic_invoices (
        id uuid CONSTRAINT pk_clinic_invoices PRIMARY KEY,
        case_id uuid NOT NULL CONSTRAINT fk_clinic_invoices_case_id REFERENCES rescue.cases (id),
        clinic_id uuid NOT NULL CONSTRAINT fk_clinic_invoices_clinic_id REFERENCES directory.clinics (id),
        file_id uuid NOT NULL CONSTRAINT fk_clinic_invoices_file_id REFERENCES platform.files (id),
        filed_by uuid NOT NULL CONSTRAINT fk_clinic_invoices_filed_by REFERENCES identity.users (id),
        amount bigint NOT NULL CONSTRAINT ck_clinic_invoices_amount CHECK (amount BETWEEN 1 AND 100000000),
        currency text NOT NULL CONSTRAINT ck_clinic_invoices_currency CHECK (currency ~ '^[A-Z]{3}$'),
        status text NOT NULL DEFAULT 'pending' CONSTRAINT ck_clinic_invoices_status CHECK (status IN ('pending', 'approved', 'paid', 'rejected')),
        approved_at timestamptz(3),
        rejected_at timestamptz(3),
        rejection_reason text,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL
      );
      CREATE UNIQUE INDEX ux_clinic_invoices_file ON giving.clinic_invoices (file_id);
      CREATE INDEX ix_clinic_invoices_case ON giving.clinic_invoices (case_id, created_at, id);
      CREATE INDEX ix_clinic_invoices_status ON giving.clinic_invoices (status, created_at, id);

      CREATE TABLE giving.invoice_approvals (
        invoice_id uuid NOT NULL CONSTRAINT fk_invoice_approvals_invoice_id REFERENCES giving.clinic_invoices (id),
        person text NOT NULL,
        approved_at timestamptz(3) NOT NULL,
        CONSTRAINT pk_invoice_approvals PRIMARY KEY (invoice_id, person)
      );

      CREATE TABLE giving.payouts (
        id uuid CONSTRAINT pk_payouts PRIMARY KEY,
        invoice_id uuid NOT NULL CONSTRAINT fk_payouts_invoice_id REFERENCES giving.clinic_invoices (id),
        reference text NOT NULL,
        paid_by text NOT NULL,
        paid_at timestamptz(3) NOT NULL
      );
      CREATE UNIQUE INDEX ux_payouts_invoice ON giving.payouts (invoice_id);
      CREATE UNIQUE INDEX ux_payouts_reference ON giving.payouts (reference);

      CREATE TRIGGER invoice_approvals_refuse_change BEFORE UPDATE OR DELETE ON giving.invoice_approvals FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
      CREATE TRIGGER payouts_refuse_change BEFORE UPDATE OR DELETE ON giving.payouts FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE giving.payouts, giving.invoice_approvals, giving.clinic_invoices`);
  }
}
