import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: giving. Recurring support, saved payment methods, funds of supported persons. */
export class Subscriptions1795000006100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE giving.subscriptions (
        id uuid CONSTRAINT pk_subscriptions PRIMARY KEY,
        user_id uuid NOT NULL CONSTRAINT fk_subscriptions_user_id REFERENCES identity.users (id),
        target_type text NOT NULL CONSTRAINT ck_subscriptions_target_type CHECK (target_type IN ('case', 'user')),
        target_id uuid NOT NULL,
        stripe_subscription_id text,
        stripe_checkout_session_id text,
        status text NOT NULL DEFAULT 'pending' CONSTRAINT ck_subscriptions_status CHECK (status IN ('pending', 'active', 'past_due', 'canceled', 'unpaid')),
        amount bigint NOT NULL CONSTRAINT ck_subscriptions_amount CHECK (amount > 0),
        currency text NOT NULL CONSTRAINT ck_subscriptions_currency CHECK (currency ~ '^[A-Z]{3}$'),
        "interval" text NOT NULL DEFAULT 'month' CONSTRAINT ck_subscriptions_interval CHECK ("interval" IN ('month', 'year')),
        idempotency_key text,
        checkout_url text,
        checkout_expires_at timestamptz(3),
        success_url text NOT NULL,
        cancel_url text NOT NULL,
        status_as_of timestamptz(3),
        cancel_reason text CONSTRAINT ck_subscriptions_cancel_reason
          CHECK (cancel_reason IN ('donor', 'staff', 'provider', 'checkout_expired', 'refused', 'case_closed', 'person_erased')),
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        canceled_at timestamptz(3),
        stripe_canceled_at timestamptz(3),
        CONSTRAINT ck_subscriptions_canceled CHECK ((status = 'canceled') = (canceled_at IS NOT NULL) AND (status = 'canceled') = (cancel_reason IS NOT NULL))
      );
      CREATE INDEX ix_subscriptions_by_user ON giving.subscriptions (user_id, created_at, id);
      CREATE INDEX ix_subscriptions_by_target ON giving.subscriptions (target_type, target_id);
      CREATE UNIQUE INDEX ux_subscriptions_stripe_subscription ON giving.subscriptions (stripe_subscription_id) WHERE stripe_subscription_id IS NOT NULL;
      CREATE UNIQUE INDEX ux_subscriptions_stripe_checkout_session ON giving.subscriptions (stripe_checkout_session_id) WHERE stripe_checkout_session_id IS NOT NULL;
      CREATE UNIQUE INDEX ux_subscriptions_idempotency_key ON giving.subscriptions (idempotency_key) WHERE idempotency_key IS NOT NULL;
      CREATE INDEX ix_subscriptions_pending ON giving.subscriptions (created_at, id) WHERE status = 'pending';
      CREATE INDEX ix_subscriptions_to_end ON giving.subscriptions (canceled_at) WHERE status = 'canceled' AND stripe_canceled_at IS NULL;

      CREATE TABLE giving.stripe_customers (
        id text CONSTRAINT pk_stripe_customers PRIMARY KEY,
        user_id uuid NOT NULL CONSTRAINT fk_stripe_customers_user_id REFERENCES identity.users (id),
        created_at timestamptz(3) NOT NULL
      );
      CREATE INDEX ix_stripe_customers_user ON giving.stripe_customers (user_id);

      CREATE TABLE giving.payment_methods (
        id uuid CONSTRAINT pk_payment_methods PRIMARY KEY,
        user_id uuid NOT NULL CONSTRAINT fk_payment_methods_user_id REFERENCES identity.users (id),
        type text NOT NULL CONSTRAINT ck_payment_methods_type CHECK (type IN ('card', 'paypal', 'bank')),
        name text NOT NULL,
        last_four text,
        expiry_month integer,
        expiry_year integer,
        is_default boolean NOT NULL DEFAULT false,
        stripe_payment_method_id text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        removed_at timestamptz(3),
        CONSTRAINT ck_payment_methods_removed CHECK (removed_at IS NULL OR NOT is_default)
      );
      CREATE INDEX ix_payment_methods_by_user ON giving.payment_methods (user_id, created_at, id);
      CREATE UNIQUE INDEX ux_payment_methods_stripe ON giving.payment_methods (stripe_payment_method_id);
      CREATE UNIQUE INDEX ux_payment_methods_default ON giving.payment_methods (user_id) WHERE is_default;

      ALTER TABLE giving.donations
        ADD COLUMN target_user_id uuid CONSTRAINT fk_donations_target_user_id REFERENCES identity.users (id),
        ADD CONSTRAINT fk_donations_subscription_id FOREIGN KEY (subscription_id) REFERENCES giving.subscriptions (id),
        DROP CONSTRAINT ck_donations_target,
        ADD CONSTRAINT ck_donations_target CHECK (num_nonnulls(case_id, campaign_ref_id, target_user_id) <= 1);
      CREATE INDEX ix_donations_subscription ON giving.donations (subscription_id);

      CREATE INDEX ix_stripe_events_unknown_yet ON giving.stripe_events (outcome) WHERE outcome IN ('subscription_not_found', 'customer_not_found');

      ALTER TABLE giving.ledger_accounts
        DROP CONSTRAINT ck_ledger_accounts_kind,
        ADD CONSTRAINT ck_ledger_accounts_kind CHECK (kind IN ('stripe_balance', 'case_funds', 'campaign_funds', 'user_funds', 'platform_revenue', 'unallocated')),
        DROP CONSTRAINT ck_ledger_accounts_owner_type,
        ADD CONSTRAINT ck_ledger_accounts_owner_type CHECK (owner_type IN ('platform', 'case', 'campaign', 'user'));

      CREATE OR REPLACE VIEW rescue.case_funding AS
        SELECT id AS case_id, fundraising_current AS current, fundraising_currency AS currency, status FROM rescue.cases;
    `);
  }

  /** What is in the books stays in them, so the narrower checks hold for new rows only. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW rescue.case_funding;
      CREATE VIEW rescue.case_funding AS
        SELECT id AS case_id, fundraising_current AS current, fundraising_currency AS currency FROM rescue.cases;
      ALTER TABLE giving.ledger_accounts
        DROP CONSTRAINT ck_ledger_accounts_kind,
        ADD CONSTRAINT ck_ledger_accounts_kind CHECK (kind IN ('stripe_balance', 'case_funds', 'campaign_funds', 'platform_revenue', 'unallocated')) NOT VALID,
        DROP CONSTRAINT ck_ledger_accounts_owner_type,
        ADD CONSTRAINT ck_ledger_accounts_owner_type CHECK (owner_type IN ('platform', 'case', 'campaign')) NOT VALID;
      DROP INDEX giving.ix_stripe_events_unknown_yet;
      DROP INDEX giving.ix_donations_subscription;
      ALTER TABLE giving.donations
        DROP CONSTRAINT fk_donations_subscription_id,
        DROP CONSTRAINT ck_donations_target,
        DROP COLUMN target_user_id,
        ADD CONSTRAINT ck_donations_target CHECK (num_nonnulls(case_id, campaign_ref_id) <= 1);
      DROP TABLE giving.payment_methods;
      DROP TABLE giving.stripe_customers;
      DROP TABLE giving.subscriptions;
    `);
  }
}
