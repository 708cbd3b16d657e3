import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Context: rescue. By what the pictures of cases are found again. Pictures of cases that are there already come
 * with the hash of their bytes; a worker looks at their pixels.
 */
export class ImageFingerprints1795000005210 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE rescue.image_fingerprints (
        case_id uuid NOT NULL,
        file_id uuid NOT NULL,
        sha256 text NOT NULL,
        phash bigint,
        dhash bigint,
        buckets integer[],
        details bytea,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT pk_image_fingerprints PRIMARY KEY (case_id, file_id),
        CONSTRAINT fk_image_fingerprints_case_id FOREIGN KEY (case_id) REFERENCES rescue.cases (id)
      );
      CREATE INDEX ix_image_fingerprints_by_sha256 ON rescue.image_fingerprints (sha256);
      CREATE INDEX ix_image_fingerprints_by_bucket ON rescue.image_fingerprints USING gin (buckets) WITH (fastupdate = off);
      CREATE INDEX ix_image_fingerprints_pending ON rescue.image_fingerprints (created_at) WHERE buckets IS NULL;
      INSERT INTO rescue.image_fingerprints (case_id, file_id, sha256, created_at)
      SELECT DISTINCT c.id, f.id, f.source_sha256, c.created_at FROM rescue.cases c CROSS JOIN unnest(c.images) AS i(image) JOIN platform.files f ON f.id = i.image;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE rescue.image_fingerprints`);
  }
}
