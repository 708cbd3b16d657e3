import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: platform. What somebody has to look at. */
export class Alerts1795000006220 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE platform.alerts (
        id uuid CONSTRAINT pk_alerts PRIMARY KEY,
        kind text NOT NULL,
        subject text NOT NULL,
        details jsonb NOT NULL DEFAULT '{}',
        raised_at timestamptz(3) NOT NULL,
        last_seen_at timestamptz(3) NOT NULL,
        resolved_at timestamptz(3),
        resolution text
      );
      CREATE UNIQUE INDEX ux_alerts_open ON platform.alerts (kind, subject) WHERE resolved_at IS NULL;
      CREATE INDEX ix_alerts_raised ON platform.alerts (raised_at, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE platform.alerts`);
  }
}
