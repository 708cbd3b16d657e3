import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: giving. When a campaign's creator was told that its cases are closed, and who is told when a campaign ends. */
export class CampaignEndings1795000006400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE giving.campaigns ADD COLUMN cases_closed_at timestamptz(3);

      -- Who has given to a campaign, anonymous donors too: for telling them of its end and for nothing that is shown.
      CREATE VIEW giving.campaign_donors AS
        SELECT DISTINCT campaign_ref_id AS campaign_id, user_id FROM giving.donations WHERE status = 'completed' AND campaign_ref_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW giving.campaign_donors;
      ALTER TABLE giving.campaigns DROP COLUMN cases_closed_at;
    `);
  }
}
