import type { MigrationInterface, QueryRunner } from 'typeorm';
import { SANDBOX_SCHEMA_SQL } from '../src/contexts/giving/payments-sandbox/index.js';

/** Context: giving. The payments sandbox's own schema; it stays empty where real payment keys are configured. */
export class PaymentsSandbox1795000004100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of SANDBOX_SCHEMA_SQL) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP SCHEMA sandbox CASCADE`);
  }
}
