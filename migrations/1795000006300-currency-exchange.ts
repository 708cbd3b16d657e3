import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: giving. What the provider settled a donation at, and the accounts by which the books change currencies. */
export class CurrencyExchange1795000006300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE giving.donations ADD COLUMN settled_amount bigint, ADD COLUMN settled_currency text, ADD COLUMN exchange_rate double precision;
      -- What was settled in another currency and not booked stays open: the provider is asked again.
      UPDATE giving.donations
         SET settled_amount = (balance_transaction->>'amount')::bigint, settled_currency = balance_transaction->>'currency'
       WHERE balance_transaction->>'currency' = currency;
      CREATE INDEX ix_ledger_entries_occurred ON giving.ledger_entries (occurred_at, id);
    `);
    await changeKinds(runner, 'ledger_accounts', (kinds) => [...kinds, 'currency_exchange']);
    await changeKinds(runner, 'ledger_entries', (kinds) => [...kinds, 'exchange']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX giving.ix_ledger_entries_occurred`);
    await changeKinds(runner, 'ledger_entries', (kinds) => kinds.filter((kind) => kind !== 'exchange'));
    await changeKinds(runner, 'ledger_accounts', (kinds) => kinds.filter((kind) => kind !== 'currency_exchange'));
    await runner.query(`ALTER TABLE giving.donations DROP COLUMN exchange_rate, DROP COLUMN settled_currency, DROP COLUMN settled_amount`);
  }
}

/** Changes the closed set of a `kind` column from what it is, since other migrations widen it as well. */
async function changeKinds(runner: QueryRunner, table: string, change: (kinds: string[]) => string[]): Promise<void> {
  const name = `ck_${table}_kind`;
  const [constraint] = (await runner.query(`SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conname = $1`, [name])) as { definition: string }[];
  const kinds = change([...constraint!.definition.matchAll(/'(\w+)'/g)].map(([, kind]) => kind!));
  await runner.query(
    `ALTER TABLE giving.${table} DROP CONSTRAINT ${name}, ADD CONSTRAINT ${name} CHECK (kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')}))`,
  );
}
