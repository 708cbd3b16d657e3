import type { MigrationInterface, QueryRunner } from 'typeorm';

const ACCOUNTS = ['stripe_balance', 'case_funds', 'campaign_funds', 'user_funds', 'platform_revenue', 'unallocated'];
const NEW_ACCOUNTS = [...ACCOUNTS, 'case_receivables', 'campaign_receivables', 'user_receivables', 'platform_costs', 'bank'];
const ENTRIES = ['donation', 'processor_fee', 'platform_fee', 'refund', 'dispute', 'payout'];
const NEW_ENTRIES = [...ENTRIES, 'dispute_fee', 'bank_transfer'];

/** Context: giving. What each fund holds and lacks beside the books, so that no fund goes below zero unseen; accounts and entries for it. */
export class FundBalances1795000006200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.closeSet(runner, 'ledger_accounts', NEW_ACCOUNTS);
    await this.closeSet(runner, 'ledger_entries', NEW_ENTRIES);
    await runner.query(`
      CREATE TABLE giving.fund_balances (
        owner_id uuid NOT NULL,
        currency text NOT NULL,
        owner_type text NOT NULL CONSTRAINT ck_fund_balances_owner_type CHECK (owner_type IN ('case', 'campaign', 'user')),
        held bigint NOT NULL,
        receivable bigint NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        CONSTRAINT pk_fund_balances PRIMARY KEY (owner_id, currency),
        CONSTRAINT ck_fund_balances_held CHECK (held >= 0 AND receivable >= 0 AND (held = 0 OR receivable = 0))
      );
      INSERT INTO giving.fund_balances (owner_id, currency, owner_type, held, receivable, updated_at)
      SELECT a.owner_id, a.currency, a.owner_type, greatest(-sum(p.amount), 0), greatest(sum(p.amount), 0), now()
        FROM giving.ledger_accounts a JOIN giving.ledger_postings p ON p.account_id = a.id
       WHERE a.owner_id IS NOT NULL GROUP BY a.owner_id, a.currency, a.owner_type;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE giving.fund_balances`);
    await this.closeSet(runner, 'ledger_entries', ENTRIES, 'NOT VALID');
    await this.closeSet(runner, 'ledger_accounts', ACCOUNTS, 'NOT VALID');
  }

  /** On the way down rows of the newer kinds stay, since the books are never deleted: the narrower set binds new rows alone. */
  private async closeSet(runner: QueryRunner, table: string, kinds: string[], validity = ''): Promise<void> {
    await runner.query(`ALTER TABLE giving.${table} DROP CONSTRAINT ck_${table}_kind`);
    await runner.query(`ALTER TABLE giving.${table} ADD CONSTRAINT ck_${table}_kind CHECK (kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')})) ${validity}`);
  }
}
