import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: trust, with what moderation needs of rescue and identity. Reports, decisions and appeals. */
export class TrustReports1795000005310 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE identity.users ADD COLUMN warning_count integer NOT NULL DEFAULT 0;

      CREATE VIEW rescue.staff_cases AS
        SELECT id, user_id, title, status, lifecycle_stage, verification_status, risk_level, hidden_at FROM rescue.cases;

      CREATE TABLE trust.reports (
        id uuid CONSTRAINT pk_reports PRIMARY KEY,
        case_id uuid NOT NULL,
        reason text NOT NULL CONSTRAINT ck_reports_reason
          CHECK (reason IN ('suspected_scam', 'duplicate_case', 'incorrect_information', 'animal_welfare', 'other')),
        details text,
        reporter_id uuid,
        reporter_clerk_id text,
        status text NOT NULL DEFAULT 'open' CONSTRAINT ck_reports_status CHECK (status IN ('open', 'reviewing', 'closed')),
        reviewed_by uuid,
        reviewed_by_staff uuid,
        reviewed_at timestamptz(3),
        resolution_action text CONSTRAINT ck_reports_resolution_action CHECK (resolution_action IN ('hide_case', 'warn_user', 'dismiss', 'no_action')),
        resolution_notes text,
        rule text,
        evidence jsonb,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT fk_reports_case_id FOREIGN KEY (case_id) REFERENCES rescue.cases (id),
        CONSTRAINT fk_reports_reporter_id FOREIGN KEY (reporter_id) REFERENCES identity.users (id),
        CONSTRAINT fk_reports_reviewed_by FOREIGN KEY (reviewed_by) REFERENCES identity.users (id)
      );
      CREATE INDEX ix_reports_by_case ON trust.reports (case_id, created_at, id);
      CREATE INDEX ix_reports_by_status ON trust.reports (status, created_at, id);
      CREATE INDEX ix_reports_by_reporter ON trust.reports (reporter_id, created_at, id);
      CREATE INDEX ix_reports_by_reviewed_by ON trust.reports (reviewed_by);
      CREATE UNIQUE INDEX ux_reports_pending_of_person ON trust.reports (case_id, reporter_id) WHERE status IN ('open', 'reviewing');
      CREATE UNIQUE INDEX ux_reports_pending_of_rule ON trust.reports (case_id, rule) WHERE status IN ('open', 'reviewing');

      CREATE TABLE trust.community_reports (
        id uuid CONSTRAINT pk_community_reports PRIMARY KEY,
        target_type text NOT NULL CONSTRAINT ck_community_reports_target_type CHECK (target_type IN ('post', 'comment', 'case_comment', 'adoption')),
        target_id uuid NOT NULL,
        target_owner_id uuid NOT NULL,
        case_id uuid,
        excerpt text,
        reason text NOT NULL CONSTRAINT ck_community_reports_reason
          CHECK (reason IN ('spam', 'harassment', 'misinformation', 'scam', 'animal_welfare', 'other')),
        details text,
        reporter_id uuid,
        status text NOT NULL DEFAULT 'open' CONSTRAINT ck_community_reports_status CHECK (status IN ('open', 'reviewing', 'closed', 'dismissed')),
        reviewed_by uuid,
        reviewed_by_staff uuid,
        reviewed_at timestamptz(3),
        resolution_action text CONSTRAINT ck_community_reports_resolution_action
          CHECK (resolution_action IN ('hide_content', 'lock_thread', 'warn_user', 'dismiss', 'no_action')),
        resolution_notes text,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT fk_community_reports_target_owner_id FOREIGN KEY (target_owner_id) REFERENCES identity.users (id),
        CONSTRAINT fk_community_reports_reporter_id FOREIGN KEY (reporter_id) REFERENCES identity.users (id),
        CONSTRAINT fk_community_reports_reviewed_by FOREIGN KEY (reviewed_by) REFERENCES identity.users (id)
      );
      CREATE INDEX ix_community_reports_by_target ON trust.community_reports (target_type, target_id);
      CREATE INDEX ix_community_reports_by_status ON trust.community_reports (status, created_at, id);
      CREATE INDEX ix_community_reports_by_reporter ON trust.community_reports (reporter_id, created_at, id);
      CREATE INDEX ix_community_reports_by_reviewed_by ON trust.community_reports (reviewed_by);
      CREATE INDEX ix_community_reports_by_target_owner ON trust.community_reports (target_owner_id);
      CREATE UNIQUE INDEX ux_community_reports_pending_of_person ON trust.community_reports (target_type, target_id, reporter_id)
        WHERE status IN ('open', 'reviewing');

      CREATE TABLE trust.decisions (
        id uuid CONSTRAINT pk_decisions PRIMARY KEY,
        user_id uuid NOT NULL,
        action text NOT NULL CONSTRAINT ck_decisions_action CHECK (action IN ('hide_case', 'hide_content', 'lock_thread', 'warn_user')),
        target_context text NOT NULL,
        target_type text NOT NULL CONSTRAINT ck_decisions_target_type CHECK (target_type IN ('case', 'post', 'comment', 'case_comment', 'adoption')),
        target_id uuid NOT NULL,
        case_id uuid,
        reason text NOT NULL,
        decided_by text,
        report_id uuid,
        decided_at timestamptz(3) NOT NULL,
        appeal_until timestamptz(3) NOT NULL,
        overturned_at timestamptz(3),
        CONSTRAINT fk_decisions_user_id FOREIGN KEY (user_id) REFERENCES identity.users (id)
      );
      CREATE INDEX ix_decisions_by_user ON trust.decisions (user_id, decided_at, id);
      CREATE INDEX ix_decisions_by_target ON trust.decisions (target_type, target_id);
      CREATE UNIQUE INDEX ux_decisions_report ON trust.decisions (report_id) WHERE report_id IS NOT NULL;

      CREATE TABLE trust.appeals (
        id uuid CONSTRAINT pk_appeals PRIMARY KEY,
        decision_id uuid NOT NULL,
        user_id uuid NOT NULL,
        text text,
        status text NOT NULL DEFAULT 'pending' CONSTRAINT ck_appeals_status CHECK (status IN ('pending', 'upheld', 'overturned')),
        created_at timestamptz(3) NOT NULL,
        reviewed_by uuid,
        reviewed_by_staff uuid,
        reviewed_at timestamptz(3),
        notes text,
        CONSTRAINT fk_appeals_decision_id FOREIGN KEY (decision_id) REFERENCES trust.decisions (id),
        CONSTRAINT fk_appeals_user_id FOREIGN KEY (user_id) REFERENCES identity.users (id),
        CONSTRAINT fk_appeals_reviewed_by FOREIGN KEY (reviewed_by) REFERENCES identity.users (id)
      );
      CREATE UNIQUE INDEX ux_appeals_decision ON trust.appeals (decision_id);
      CREATE INDEX ix_appeals_by_status ON trust.appeals (status, created_at, id);
      CREATE INDEX ix_appeals_newest ON trust.appeals (created_at, id);
      CREATE INDEX ix_appeals_by_user ON trust.appeals (user_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE trust.appeals, trust.decisions, trust.community_reports, trust.reports;
      DROP VIEW rescue.staff_cases;
      ALTER TABLE identity.users DROP COLUMN warning_count;
    `);
  }
}
