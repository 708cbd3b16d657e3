import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: rescue. Animals that look for a home. */
export class RescueAdoptions1795000007250 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE rescue.adoptions (
        id uuid CONSTRAINT pk_adoptions PRIMARY KEY,
        user_id uuid NOT NULL,
        animal_type text NOT NULL CONSTRAINT ck_adoptions_animal_type CHECK (animal_type IN ('dog', 'cat', 'other')),
        name text NOT NULL,
        age text NOT NULL,
        description text NOT NULL,
        images uuid[] NOT NULL CONSTRAINT ck_adoptions_images CHECK (cardinality(images) <= 10),
        location_city text NOT NULL,
        location_neighborhood text NOT NULL,
        city_key text NOT NULL,
        vaccinated boolean NOT NULL,
        neutered boolean NOT NULL,
        status text NOT NULL DEFAULT 'available' CONSTRAINT ck_adoptions_status CHECK (status IN ('available', 'pending', 'adopted')),
        case_id uuid,
        adopted_at timestamptz(3),
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        deleted_at timestamptz(3),
        version integer NOT NULL DEFAULT 1,
        CONSTRAINT fk_adoptions_user_id FOREIGN KEY (user_id) REFERENCES identity.users (id),
        CONSTRAINT fk_adoptions_case_id FOREIGN KEY (case_id) REFERENCES rescue.cases (id)
      );
      CREATE INDEX ix_adoptions_by_user ON rescue.adoptions (user_id, created_at, id);
      CREATE INDEX ix_adoptions_by_status ON rescue.adoptions (status, created_at, id) WHERE deleted_at IS NULL;
      CREATE INDEX ix_adoptions_by_city ON rescue.adoptions (city_key, status, created_at, id) WHERE deleted_at IS NULL;

      CREATE TABLE rescue.adoption_interests (
        adoption_id uuid NOT NULL,
        user_id uuid NOT NULL,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT pk_adoption_interests PRIMARY KEY (adoption_id, user_id),
        CONSTRAINT fk_adoption_interests_adoption_id FOREIGN KEY (adoption_id) REFERENCES rescue.adoptions (id),
        CONSTRAINT fk_adoption_interests_user_id FOREIGN KEY (user_id) REFERENCES identity.users (id)
      );
      CREATE INDEX ix_adoption_interests_by_user ON rescue.adoption_interests (user_id, created_at);

      -- Listings as anybody may see them. Other contexts join this view and never the table.
      CREATE VIEW rescue.public_adoptions AS
        SELECT id, user_id, animal_type, name, location_city AS city, city_key, status, images[1] AS first_image, created_at, adopted_at
          FROM rescue.adoptions WHERE deleted_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW rescue.public_adoptions;
      DROP TABLE rescue.adoption_interests;
      DROP TABLE rescue.adoptions;
    `);
  }
}
