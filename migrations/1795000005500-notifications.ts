import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: engagement. What people are told, and the views by which identity, rescue and giving say who hears of what. */
export class Notifications1795000005500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE engagement.notifications (
        id uuid CONSTRAINT pk_notifications PRIMARY KEY,
        user_id uuid NOT NULL,
        type text NOT NULL,
        key text NOT NULL,
        params jsonb NOT NULL,
        title text NOT NULL,
        message text NOT NULL,
        case_id uuid,
        subject text,
        read boolean NOT NULL DEFAULT false,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT fk_notifications_user_id FOREIGN KEY (user_id) REFERENCES identity.users (id),
        CONSTRAINT fk_notifications_case_id FOREIGN KEY (case_id) REFERENCES rescue.cases (id)
      );
      CREATE INDEX ix_notifications_by_user ON engagement.notifications (user_id, created_at, id);
      CREATE INDEX ix_notifications_by_user_unread ON engagement.notifications (user_id, read) WHERE NOT read;
      CREATE INDEX ix_notifications_by_subject ON engagement.notifications (user_id, subject, created_at) WHERE subject IS NOT NULL;

      -- Who follows whom is public; other contexts join this view and never the table.
      CREATE VIEW identity.public_follows AS SELECT follower_id, following_id, created_at FROM identity.follows;
      -- Who keeps a case is told of its news; nobody else learns it.
      CREATE VIEW rescue.case_watchers AS SELECT case_id, user_id FROM rescue.saved_cases;
      -- Who gave to a case is told of its news; nobody else learns it.
      CREATE VIEW giving.case_donors AS SELECT DISTINCT case_id, user_id FROM giving.donations WHERE status = 'completed' AND case_id IS NOT NULL;
      -- What anybody may know of a campaign.
      CREATE VIEW giving.public_campaigns AS SELECT id, title, creator_id, campaign_type, unit, status, created_at FROM giving.campaigns WHERE status <> 'cancelled';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW giving.public_campaigns;
      DROP VIEW giving.case_donors;
      DROP VIEW rescue.case_watchers;
      DROP VIEW identity.public_follows;
      DROP TABLE engagement.notifications;
    `);
  }
}
