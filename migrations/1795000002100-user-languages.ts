import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: identity. The language a person writes in unless they say otherwise; other contexts join this view. */
export class UserLanguages1795000002100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE VIEW identity.user_languages AS SELECT user_id, language FROM identity.user_settings`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW identity.user_languages`);
  }
}
