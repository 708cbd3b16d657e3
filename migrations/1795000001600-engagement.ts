import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: engagement. Achievements, and the view of them that other contexts may join. */
export class Engagement1795000001600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA engagement;

      CREATE TABLE engagement.achievements (
        id uuid CONSTRAINT pk_achievements PRIMARY KEY,
        user_id uuid NOT NULL,
        type text NOT NULL CONSTRAINT ck_achievements_type CHECK (type IN (
          'first_donation', 'monthly_donor', 'helped_10', 'helped_50', 'helped_100', 'big_heart', 'early_supporter', 'community_hero',
          'verified_volunteer', 'verified_veterinarian', 'verified_groomer', 'verified_trainer', 'verified_business', 'verified_shelter',
          'top_transporter', 'foster_hero', 'rescue_champion', 'event_organizer', 'founding_member', 'ambassador')),
        unlocked_at timestamptz(3) NOT NULL,
        metadata jsonb,
        CONSTRAINT fk_achievements_user_id FOREIGN KEY (user_id) REFERENCES identity.users (id)
      );
      CREATE INDEX ix_achievements_by_user ON engagement.achievements (user_id, unlocked_at, id);
      CREATE INDEX ix_achievements_by_type ON engagement.achievements (type);
      CREATE UNIQUE INDEX ux_achievements_user_type ON engagement.achievements (user_id, type);

      -- Badges as anybody may see them. Other contexts join this view and never the table.
      CREATE VIEW engagement.public_achievements AS SELECT user_id, type, unlocked_at FROM engagement.achievements;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP SCHEMA engagement CASCADE`);
  }
}
