import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: platform. Each picture in few pixels, by which its copies are found. */
export class FileSignatures1795000005200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE platform.files ADD COLUMN signature bytea`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE platform.files DROP COLUMN signature`);
  }
}
