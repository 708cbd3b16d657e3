import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: rescue. What each case's total says, hidden cases too, for the books to be compared with. */
export class RescueCaseFunding1795000004050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE VIEW rescue.case_funding AS
        SELECT id AS case_id, fundraising_current AS current, fundraising_currency AS currency FROM rescue.cases
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW rescue.case_funding`);
  }
}
