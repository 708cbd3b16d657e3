import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Back office: staff accounts, their sessions (connect-pg-simple) and sign-in limits (rate-limiter-flexible). */
export class Backoffice1795000001300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE SCHEMA backoffice`);
    await runner.query(`
      CREATE TABLE backoffice.staff_accounts (
        id uuid NOT NULL,
        email text NOT NULL,
        name text NOT NULL,
        password_hash text NOT NULL,
        role text NOT NULL,
        user_id uuid CONSTRAINT fk_staff_accounts_user_id REFERENCES identity.users (id),
        disabled_at timestamptz(3),
        failed_attempts integer NOT NULL DEFAULT 0,
        locked_until timestamptz(3),
        last_login_at timestamptz(3),
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT pk_staff_accounts PRIMARY KEY (id),
        CONSTRAINT ck_staff_accounts_email CHECK (email = lower(email)),
        CONSTRAINT ck_staff_accounts_role CHECK (role IN ('superadmin', 'moderator', 'finance', 'support'))
      )`);
    await runner.query(`CREATE UNIQUE INDEX ux_staff_accounts_email ON backoffice.staff_accounts (email)`);
    await runner.query(`
      CREATE TABLE backoffice.sessions (
        sid text NOT NULL,
        sess json NOT NULL,
        expire timestamptz(3) NOT NULL,
        CONSTRAINT pk_sessions PRIMARY KEY (sid)
      )`);
    await runner.query(`CREATE INDEX ix_sessions_expire ON backoffice.sessions (expire)`);
    await runner.query(`
      CREATE TABLE backoffice.login_attempts (
        key varchar(255) NOT NULL,
        points integer NOT NULL DEFAULT 0,
        expire bigint,
        CONSTRAINT pk_login_attempts PRIMARY KEY (key)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE backoffice.login_attempts`);
    await runner.query(`DROP TABLE backoffice.sessions`);
    await runner.query(`DROP TABLE backoffice.staff_accounts`);
    await runner.query(`DROP SCHEMA backoffice`);
  }
}
