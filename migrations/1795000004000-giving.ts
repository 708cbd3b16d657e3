import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: giving. Campaigns, donations, stored payment events, the double-entry ledger, donor totals. */
export class Giving1795000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA giving;

      CREATE TABLE giving.campaigns (
        id uuid CONSTRAINT pk_campaigns PRIMARY KEY,
        title text NOT NULL,
        description text NOT NULL,
        image text,
        campaign_type text NOT NULL CONSTRAINT ck_campaigns_campaign_type CHECK (campaign_type IN ('rescue', 'initiative')),
        initiative_key text,
        initiative_category text CONSTRAINT ck_campaigns_initiative_category CHECK (initiative_category IN ('drone', 'safehouse', 'platform', 'other')),
        featured_initiative boolean NOT NULL DEFAULT false,
        goal bigint NOT NULL CONSTRAINT ck_campaigns_goal CHECK (goal > 0),
        current bigint NOT NULL DEFAULT 0,
        unit text NOT NULL,
        end_date date,
        status text NOT NULL DEFAULT 'active' CONSTRAINT ck_campaigns_status CHECK (status IN ('active', 'completed', 'cancelled')),
        creator_id uuid CONSTRAINT fk_campaigns_creator_id REFERENCES identity.users (id),
        created_at timestamptz(3) NOT NULL,
        completed_at timestamptz(3),
        updated_at timestamptz(3) NOT NULL,
        version integer NOT NULL DEFAULT 1
      );
      CREATE INDEX ix_campaigns_by_status ON giving.campaigns (status, created_at, id);
      CREATE INDEX ix_campaigns_by_campaign_type ON giving.campaigns (campaign_type, created_at, id);
      CREATE INDEX ix_campaigns_by_featured_initiative ON giving.campaigns (featured_initiative, created_at);
      CREATE UNIQUE INDEX ux_campaigns_initiative_key ON giving.campaigns (initiative_key) WHERE initiative_key IS NOT NULL;

      CREATE TABLE giving.campaign_cases (
        campaign_id uuid NOT NULL CONSTRAINT fk_campaign_cases_campaign_id REFERENCES giving.campaigns (id),
        case_id uuid NOT NULL CONSTRAINT fk_campaign_cases_case_id REFERENCES rescue.cases (id),
        added_at timestamptz(3) NOT NULL,
        CONSTRAINT pk_campaign_cases PRIMARY KEY (campaign_id, case_id)
      );
      CREATE INDEX ix_campaign_cases_case ON giving.campaign_cases (case_id);

      CREATE TABLE giving.donations (
        id uuid CONSTRAINT pk_donations PRIMARY KEY,
        user_id uuid NOT NULL CONSTRAINT fk_donations_user_id REFERENCES identity.users (id),
        case_id uuid CONSTRAINT fk_donations_case_id REFERENCES rescue.cases (id),
        campaign_id text,
        campaign_ref_id uuid CONSTRAINT fk_donations_campaign_ref_id REFERENCES giving.campaigns (id),
        donation_kind text NOT NULL DEFAULT 'one_time' CONSTRAINT ck_donations_donation_kind CHECK (donation_kind IN ('one_time', 'recurring')),
        subscription_id uuid,
        requested_amount bigint NOT NULL,
        requested_currency text NOT NULL,
        amount bigint NOT NULL CONSTRAINT ck_donations_amount CHECK (amount > 0),
        currency text NOT NULL CONSTRAINT ck_donations_currency CHECK (currency ~ '^[A-Z]{3}$'),
        status text NOT NULL DEFAULT 'pending' CONSTRAINT ck_donations_status CHECK (status IN ('pending', 'completed', 'failed', 'refunded')),
        payment_method text,
        payment_provider text NOT NULL DEFAULT 'stripe' CONSTRAINT ck_donations_payment_provider CHECK (payment_provider IN ('stripe', 'manual')),
        stripe_checkout_session_id text,
        stripe_payment_intent_id text,
        stripe_charge_id text,
        stripe_subscription_id text,
        stripe_invoice_id text,
        balance_transaction jsonb,
        idempotency_key text,
        checkout_url text,
        checkout_expires_at timestamptz(3),
        success_url text,
        cancel_url text,
        receipt_id text,
        receipt_url text,
        transaction_id text,
        message text CONSTRAINT ck_donations_message CHECK (char_length(message) <= 500),
        anonymous boolean NOT NULL,
        platform_fee_bps integer,
        platform_fee_amount bigint,
        processor_fee_amount bigint,
        net_amount bigint,
        refunded_amount bigint NOT NULL DEFAULT 0,
        refunded_at timestamptz(3),
        completed_at timestamptz(3),
        credited_at timestamptz(3),
        failed_at timestamptz(3),
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        CONSTRAINT ck_donations_target CHECK (num_nonnulls(case_id, campaign_ref_id) <= 1),
        CONSTRAINT ck_donations_refunded_amount CHECK (refunded_amount BETWEEN 0 AND amount),
        CONSTRAINT ck_donations_completed CHECK (status NOT IN ('completed', 'refunded') OR (completed_at IS NOT NULL AND receipt_id IS NOT NULL))
      );
      CREATE INDEX ix_donations_by_user ON giving.donations (user_id, created_at, id);
      CREATE INDEX ix_donations_by_case ON giving.donations (case_id);
      CREATE INDEX ix_donations_by_campaign_ref ON giving.donations (campaign_ref_id);
      CREATE UNIQUE INDEX ix_donations_by_stripe_checkout_session ON giving.donations (stripe_checkout_session_id) WHERE stripe_checkout_session_id IS NOT NULL;
      CREATE UNIQUE INDEX ix_donations_by_stripe_payment_intent ON giving.donations (stripe_payment_intent_id) WHERE stripe_payment_intent_id IS NOT NULL;
      CREATE UNIQUE INDEX ix_donations_by_idempotency_key ON giving.donations (idempotency_key) WHERE idempotency_key IS NOT NULL;
      CREATE INDEX ix_donations_by_status ON giving.donations (status, created_at, id);
      CREATE UNIQUE INDEX ux_donations_stripe_invoice ON giving.donations (stripe_invoice_id) WHERE stripe_invoice_id IS NOT NULL;
      CREATE UNIQUE INDEX ux_donations_receipt ON giving.donations (receipt_id) WHERE receipt_id IS NOT NULL;

      CREATE TABLE giving.stripe_events (
        id uuid CONSTRAINT pk_stripe_events PRIMARY KEY,
        provider text NOT NULL DEFAULT 'stripe' CONSTRAINT ck_stripe_events_provider CHECK (provider IN ('stripe')),
        event_id text NOT NULL,
        type text NOT NULL,
        payload jsonb NOT NULL,
        api_version text,
        livemode boolean NOT NULL,
        created timestamptz(3) NOT NULL,
        received_at timestamptz(3) NOT NULL,
        processed_at timestamptz(3),
        outcome text,
        donation_id uuid CONSTRAINT fk_stripe_events_donation_id REFERENCES giving.donations (id),
        attempts integer NOT NULL DEFAULT 0,
        last_error text
      );
      CREATE UNIQUE INDEX ux_stripe_events_event ON giving.stripe_events (provider, event_id);
      CREATE INDEX ix_stripe_events_unprocessed ON giving.stripe_events (received_at) WHERE processed_at IS NULL;
      CREATE INDEX ix_stripe_events_donation ON giving.stripe_events (donation_id);

      -- Totals of donors by currency. The public_ columns leave out what was given anonymously.
      CREATE VIEW giving.donor_totals AS
        SELECT user_id, currency,
               count(*)::integer AS donations,
               sum(amount - refunded_amount)::bigint AS amount,
               count(DISTINCT case_id)::integer AS animals_helped,
               (count(*) FILTER (WHERE NOT anonymous))::integer AS public_donations,
               coalesce(sum(amount - refunded_amount) FILTER (WHERE NOT anonymous), 0)::bigint AS public_amount,
               (count(DISTINCT case_id) FILTER (WHERE NOT anonymous))::integer AS public_animals_helped
          FROM giving.donations
         WHERE status = 'completed'
         GROUP BY user_id, currency;
    `);
    await this.ledger(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP SCHEMA giving CASCADE`);
  }

  /** The ledger holds itself: what does not balance cannot be committed, what is committed cannot change. */
  private async ledger(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE giving.ledger_accounts (
        id uuid CONSTRAINT pk_ledger_accounts PRIMARY KEY,
        kind text NOT NULL CONSTRAINT ck_ledger_accounts_kind CHECK (kind IN ('stripe_balance', 'case_funds', 'campaign_funds', 'platform_revenue', 'unallocated')),
        owner_type text NOT NULL CONSTRAINT ck_ledger_accounts_owner_type CHECK (owner_type IN ('platform', 'case', 'campaign')),
        owner_id uuid,
        currency text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT ck_ledger_accounts_owner CHECK ((owner_type = 'platform') = (owner_id IS NULL)),
        CONSTRAINT ux_ledger_accounts_id_currency UNIQUE (id, currency)
      );
      CREATE UNIQUE INDEX ux_ledger_accounts_owned ON giving.ledger_accounts (kind, owner_id, currency) WHERE owner_id IS NOT NULL;
      CREATE UNIQUE INDEX ux_ledger_accounts_platform ON giving.ledger_accounts (kind, currency) WHERE owner_id IS NULL;

      CREATE TABLE giving.ledger_entries (
        id uuid CONSTRAINT pk_ledger_entries PRIMARY KEY,
        key text NOT NULL,
        kind text NOT NULL CONSTRAINT ck_ledger_entries_kind CHECK (kind IN ('donation', 'processor_fee', 'platform_fee', 'refund', 'dispute', 'payout')),
        donation_id uuid CONSTRAINT fk_ledger_entries_donation_id REFERENCES giving.donations (id),
        case_id uuid CONSTRAINT fk_ledger_entries_case_id REFERENCES rescue.cases (id),
        campaign_id uuid CONSTRAINT fk_ledger_entries_campaign_id REFERENCES giving.campaigns (id),
        occurred_at timestamptz(3) NOT NULL,
        reference text,
        description text NOT NULL,
        source text
      );
      CREATE UNIQUE INDEX ux_ledger_entries_key ON giving.ledger_entries (key);
      CREATE INDEX ix_ledger_entries_case ON giving.ledger_entries (case_id, occurred_at, id);
      CREATE INDEX ix_ledger_entries_campaign ON giving.ledger_entries (campaign_id, occurred_at, id);
      CREATE INDEX ix_ledger_entries_donation ON giving.ledger_entries (donation_id);

      CREATE TABLE giving.ledger_postings (
        id uuid CONSTRAINT pk_ledger_postings PRIMARY KEY,
        entry_id uuid NOT NULL CONSTRAINT fk_ledger_postings_entry_id REFERENCES giving.ledger_entries (id),
        account_id uuid NOT NULL,
        amount bigint NOT NULL CONSTRAINT ck_ledger_postings_amount CHECK (amount <> 0),
        currency text NOT NULL,
        CONSTRAINT fk_ledger_postings_account_id_currency FOREIGN KEY (account_id, currency) REFERENCES giving.ledger_accounts (id, currency)
      );
      CREATE UNIQUE INDEX ux_ledger_postings_entry_account ON giving.ledger_postings (entry_id, account_id);
      CREATE INDEX ix_ledger_postings_account ON giving.ledger_postings (account_id);

      CREATE FUNCTION giving.ledger_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        entry uuid := (to_jsonb(NEW) ->> TG_ARGV[0])::uuid;
      BEGIN
        IF (SELECT count(*) FROM giving.ledger_postings WHERE entry_id = entry) < 2
           OR EXISTS (SELECT FROM giving.ledger_postings WHERE entry_id = entry GROUP BY currency HAVING sum(amount) <> 0) THEN
          RAISE EXCEPTION 'ledger entry % does not balance', entry USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
      END $$;

      CREATE FUNCTION giving.ledger_entry_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT FROM giving.ledger_entries WHERE id = NEW.entry_id AND xmin <> pg_current_xact_id()::xid) THEN
          RAISE EXCEPTION 'ledger entry % is closed: correct it by a new entry', NEW.entry_id USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
      END $$;

      CREATE CONSTRAINT TRIGGER ledger_entry_balances AFTER INSERT ON giving.ledger_entries
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION giving.ledger_entry_balances('id');
      CREATE CONSTRAINT TRIGGER ledger_posting_balances AFTER INSERT ON giving.ledger_postings
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION giving.ledger_entry_balances('entry_id');
      CREATE TRIGGER ledger_entry_is_open BEFORE INSERT ON giving.ledger_postings FOR EACH ROW EXECUTE FUNCTION giving.ledger_entry_is_open();
    `);
    for (const table of ['ledger_accounts', 'ledger_entries', 'ledger_postings']) {
      await runner.query(`
        CREATE TRIGGER ${table}_refuse_change BEFORE UPDATE OR DELETE ON giving.${table} FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
        CREATE TRIGGER ${table}_refuse_truncate BEFORE TRUNCATE ON giving.${table} FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
      `);
    }
  }
}
