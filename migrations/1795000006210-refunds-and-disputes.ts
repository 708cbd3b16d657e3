import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: giving. Money that goes back or away: refunds, disputes, payouts to the bank, and events that wait for their donation. */
export class RefundsAndDisputes1795000006210 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE giving.donations
        ADD COLUMN disputed_amount bigint NOT NULL DEFAULT 0,
        ADD COLUMN platform_fee_returned bigint NOT NULL DEFAULT 0,
        ADD COLUMN processor_fee_returned bigint NOT NULL DEFAULT 0,
        ADD COLUMN charge_refunded_amount bigint NOT NULL DEFAULT 0,
        ADD COLUMN charge_refunded_at timestamptz(3),
        ADD COLUMN fraud_warning text,
        ADD COLUMN fraud_warned_at timestamptz(3),
        ADD CONSTRAINT ck_donations_disputed_amount CHECK (disputed_amount >= 0);
      CREATE INDEX ix_donations_by_stripe_charge ON giving.donations (stripe_charge_id) WHERE stripe_charge_id IS NOT NULL;

      CREATE OR REPLACE VIEW giving.donor_totals AS ${donorTotals('refunded_amount - disputed_amount', 'AND refunded_amount + disputed_amount < amount')};

      ALTER TABLE giving.stripe_events ADD COLUMN awaits text;
      CREATE INDEX ix_stripe_events_awaits ON giving.stripe_events (awaits) WHERE awaits IS NOT NULL;

      CREATE TABLE giving.refunds (
        id uuid CONSTRAINT pk_refunds PRIMARY KEY,
        donation_id uuid NOT NULL CONSTRAINT fk_refunds_donation_id REFERENCES giving.donations (id),
        amount bigint NOT NULL CONSTRAINT ck_refunds_amount CHECK (amount > 0),
        currency text NOT NULL,
        status text NOT NULL DEFAULT 'pending' CONSTRAINT ck_refunds_status CHECK (status IN ('pending', 'requires_action', 'succeeded', 'failed', 'canceled')),
        status_at timestamptz(3) NOT NULL,
        reason text NOT NULL,
        origin text NOT NULL CONSTRAINT ck_refunds_origin CHECK (origin IN ('staff', 'provider')),
        idempotency_key text,
        stripe_refund_id text,
        failure_reason text,
        movements integer NOT NULL DEFAULT 0,
        booked_amount bigint NOT NULL DEFAULT 0 CONSTRAINT ck_refunds_booked_amount CHECK (booked_amount BETWEEN 0 AND amount),
        succeeded_at timestamptz(3),
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL
      );
      CREATE INDEX ix_refunds_donation ON giving.refunds (donation_id);
      CREATE INDEX ix_refunds_status ON giving.refunds (status, created_at, id);
      CREATE UNIQUE INDEX ux_refunds_stripe_refund ON giving.refunds (stripe_refund_id) WHERE stripe_refund_id IS NOT NULL;
      CREATE UNIQUE INDEX ux_refunds_idempotency_key ON giving.refunds (idempotency_key) WHERE idempotency_key IS NOT NULL;

      CREATE TABLE giving.disputes (
        id uuid CONSTRAINT pk_disputes PRIMARY KEY,
        stripe_dispute_id text NOT NULL,
        donation_id uuid NOT NULL CONSTRAINT fk_disputes_donation_id REFERENCES giving.donations (id),
        amount bigint NOT NULL,
        currency text NOT NULL,
        status text NOT NULL CONSTRAINT ck_disputes_status CHECK (status IN ('warning_needs_response', 'warning_under_review', 'warning_closed', 'needs_response',
          'under_review', 'appeal_needs_response', 'appeal_under_review', 'won', 'lost', 'prevented')),
        status_at timestamptz(3) NOT NULL,
        reason text NOT NULL,
        evidence_due_by timestamptz(3),
        withdrawn boolean NOT NULL DEFAULT false,
        reinstated boolean NOT NULL DEFAULT false,
        taken_amount bigint NOT NULL DEFAULT 0,
        fee_amount bigint NOT NULL DEFAULT 0,
        fee_currency text,
        movements integer NOT NULL DEFAULT 0,
        opened_at timestamptz(3) NOT NULL,
        closed_at timestamptz(3),
        updated_at timestamptz(3) NOT NULL,
        CONSTRAINT ck_disputes_taken_amount CHECK (taken_amount >= 0)
      );
      CREATE UNIQUE INDEX ux_disputes_stripe_dispute ON giving.disputes (stripe_dispute_id);
      CREATE INDEX ix_disputes_donation ON giving.disputes (donation_id);
      CREATE INDEX ix_disputes_evidence_due ON giving.disputes (evidence_due_by, id) WHERE closed_at IS NULL;

      CREATE TABLE giving.stripe_payouts (
        id uuid CONSTRAINT pk_stripe_payouts PRIMARY KEY,
        stripe_payout_id text NOT NULL,
        amount bigint NOT NULL,
        currency text NOT NULL,
        status text NOT NULL CONSTRAINT ck_stripe_payouts_status CHECK (status IN ('pending', 'in_transit', 'paid', 'failed', 'canceled')),
        arrival_date timestamptz(3),
        failure_code text,
        failure_message text,
        movements integer NOT NULL DEFAULT 0,
        booked_at timestamptz(3),
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL
      );
      CREATE UNIQUE INDEX ux_stripe_payouts_stripe_payout ON giving.stripe_payouts (stripe_payout_id);
      CREATE INDEX ix_stripe_payouts_created ON giving.stripe_payouts (created_at, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE giving.stripe_payouts;
      DROP TABLE giving.disputes;
      DROP TABLE giving.refunds;
      DROP INDEX giving.ix_stripe_events_awaits;
      ALTER TABLE giving.stripe_events DROP COLUMN awaits;
      CREATE OR REPLACE VIEW giving.donor_totals AS ${donorTotals('refunded_amount', '')};
      DROP INDEX giving.ix_donations_by_stripe_charge;
      ALTER TABLE giving.donations
        DROP COLUMN disputed_amount, DROP COLUMN platform_fee_returned, DROP COLUMN processor_fee_returned,
        DROP COLUMN charge_refunded_amount, DROP COLUMN charge_refunded_at, DROP COLUMN fraud_warning, DROP COLUMN fraud_warned_at;
    `);
  }
}

/** Totals of donors by currency, less what went back. The public_ columns leave out what was given anonymously. */
const donorTotals = (back: string, condition: string): string => `
  SELECT user_id, currency,
         count(*)::integer AS donations,
         sum(amount - ${back})::bigint AS amount,
         count(DISTINCT case_id)::integer AS animals_helped,
         (count(*) FILTER (WHERE NOT anonymous))::integer AS public_donations,
         coalesce(sum(amount - ${back}) FILTER (WHERE NOT anonymous), 0)::bigint AS public_amount,
         (count(DISTINCT case_id) FILTER (WHERE NOT anonymous))::integer AS public_animals_helped
    FROM giving.donations
   WHERE status = 'completed' ${condition}
   GROUP BY user_id, currency`;
