import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: rescue. Why the risk of a case was raised, point by point. */
export class CaseRiskPoints1795000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE rescue.case_risk_points (
        id uuid CONSTRAINT pk_case_risk_points PRIMARY KEY,
        case_id uuid NOT NULL,
        rule text NOT NULL CONSTRAINT ck_case_risk_points_rule CHECK (rule IN ('new_account_high_goal', 'duplicate_images', 'endorsement_brigading')),
        level text NOT NULL CONSTRAINT ck_case_risk_points_level CHECK (level IN ('low', 'medium', 'high')),
        flags text[] NOT NULL,
        evidence jsonb NOT NULL,
        created_at timestamptz(3) NOT NULL,
        settled_at timestamptz(3),
        CONSTRAINT fk_case_risk_points_case_id FOREIGN KEY (case_id) REFERENCES rescue.cases (id)
      );
      CREATE INDEX ix_case_risk_points_by_case ON rescue.case_risk_points (case_id, created_at, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE rescue.case_risk_points`);
  }
}
