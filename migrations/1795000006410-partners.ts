import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: giving. Organisations that support the platform. */
export class Partners1795000006410 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE giving.partners (
        id uuid CONSTRAINT pk_partners PRIMARY KEY,
        name text NOT NULL,
        logo text NOT NULL,
        type text NOT NULL CONSTRAINT ck_partners_type CHECK (type IN ('pet-shop', 'food-brand', 'veterinary', 'sponsor')),
        contribution text NOT NULL,
        description text NOT NULL,
        website text,
        since text NOT NULL CONSTRAINT ck_partners_since CHECK (since ~ '^\\d{4}$'),
        animals_helped integer NOT NULL DEFAULT 0 CONSTRAINT ck_partners_animals_helped CHECK (animals_helped >= 0),
        total_contributed bigint NOT NULL DEFAULT 0 CONSTRAINT ck_partners_total_contributed CHECK (total_contributed >= 0),
        currency text NOT NULL DEFAULT 'EUR' CONSTRAINT ck_partners_currency CHECK (currency = 'EUR'),
        featured boolean NOT NULL DEFAULT false,
        active boolean NOT NULL DEFAULT true,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        version integer NOT NULL DEFAULT 1
      );
      CREATE INDEX ix_partners_by_type ON giving.partners (type, name, id);
      CREATE INDEX ix_partners_by_featured ON giving.partners (featured, name, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE giving.partners`);
  }
}
