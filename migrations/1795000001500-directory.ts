import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: directory. Clinics, and the view of them that other contexts may join. */
export class Directory1795000001500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA directory;

      CREATE TABLE directory.clinics (
        id uuid CONSTRAINT pk_clinics PRIMARY KEY,
        name text NOT NULL,
        city text NOT NULL,
        city_key text NOT NULL,
        address text NOT NULL,
        phone text NOT NULL,
        is24h boolean NOT NULL DEFAULT false,
        specializations text[] NOT NULL DEFAULT '{}',
        verified boolean NOT NULL DEFAULT false,
        image text,
        rating double precision CONSTRAINT ck_clinics_rating CHECK (rating BETWEEN 0 AND 5),
        review_count integer CONSTRAINT ck_clinics_review_count CHECK (review_count >= 0),
        distance text,
        featured boolean NOT NULL DEFAULT false,
        owner_id uuid,
        claimed_at timestamptz(3),
        location_lat double precision CONSTRAINT ck_clinics_location_lat CHECK (location_lat BETWEEN -90 AND 90),
        location_lng double precision CONSTRAINT ck_clinics_location_lng CHECK (location_lng BETWEEN -180 AND 180),
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        version integer NOT NULL DEFAULT 1,
        CONSTRAINT fk_clinics_owner_id FOREIGN KEY (owner_id) REFERENCES identity.users (id)
      );
      CREATE INDEX ix_clinics_by_city ON directory.clinics (city);
      CREATE INDEX ix_clinics_city_key ON directory.clinics (city_key);
      CREATE INDEX ix_clinics_by_owner ON directory.clinics (owner_id);
      CREATE INDEX ix_clinics_by_verified ON directory.clinics (verified);
      CREATE INDEX ix_clinics_by_featured ON directory.clinics (featured, name, id);

      -- What other contexts may know of a clinic. They join this view and never the table.
      CREATE VIEW directory.public_clinics AS SELECT id, name, city, verified, owner_id FROM directory.clinics;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP SCHEMA directory CASCADE`);
  }
}
