import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: platform. Uploaded pictures. */
export class Files1795000001200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE platform.files (
        id uuid CONSTRAINT pk_files PRIMARY KEY,
        owner_id uuid NOT NULL CONSTRAINT fk_files_owner_id REFERENCES identity.users (id),
        purpose text NOT NULL DEFAULT 'image',
        visibility text NOT NULL DEFAULT 'public' CONSTRAINT ck_files_visibility CHECK (visibility IN ('public', 'signed')),
        content_type text NOT NULL,
        size integer NOT NULL,
        width integer NOT NULL,
        height integer NOT NULL,
        sha256 text NOT NULL,
        source_sha256 text NOT NULL,
        phash text NOT NULL,
        dhash text NOT NULL,
        storage_key text NOT NULL,
        thumbnail_key text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        stored_at timestamptz(3),
        attached_at timestamptz(3),
        deleted_at timestamptz(3)
      );
      CREATE INDEX ix_files_owner ON platform.files (owner_id);
      CREATE INDEX ix_files_orphans ON platform.files (created_at) WHERE attached_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE platform.files`);
  }
}
