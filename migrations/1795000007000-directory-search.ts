import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Context: directory. Searching listings in either alphabet and with small typos, finding them near a place, and
 * pet services beside clinics.
 */
export class DirectorySearch1795000007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Text as search compares it: lower case, Cyrillic in Latin letters (as the Bulgarian transliteration law has it,
      -- with Russian and Ukrainian beside), no accents, y, j and i alike, words with single spaces. Query and listing go through the same.
      CREATE FUNCTION directory.fold(text text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT AS $$
        SELECT btrim(regexp_replace(regexp_replace(translate(regexp_replace(normalize(
          translate(
            replace(replace(replace(replace(replace(replace(replace(replace(replace(
              lower(normalize(text, NFKC)), 'щ', 'sht'), 'ш', 'sh'), 'ч', 'ch'), 'ж', 'zh'), 'ц', 'ts'), 'ю', 'yu'), 'я', 'ya'), 'ß', 'ss'), 'æ', 'ae'),
            'абвгдезийклмнопрстуфхъыэёіїєґѝłøđıьʼ''’', 'abvgdeziyklmnoprstufhayeeiiegilodi'),
          NFKD), '[\\u0300-\\u036f]', '', 'g'), 'yjw', 'iiv'), 'i+', 'i', 'g'), '[^[:alnum:]]+', ' ', 'g'))
      $$;

      -- Great-circle distance in kilometres.
      CREATE FUNCTION directory.distance_km(lat1 double precision, lng1 double precision, lat2 double precision, lng2 double precision)
      RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT AS $$
        SELECT 12742 * asin(sqrt(least(1, power(sin(radians(lat2 - lat1) / 2), 2)
          + cos(radians(lat1)) * cos(radians(lat2)) * power(sin(radians(lng2 - lng1) / 2), 2))))
      $$;

      CREATE INDEX ix_clinics_search ON directory.clinics USING gin (directory.fold(name || ' ' || city || ' ' || address) gin_trgm_ops);
      CREATE INDEX ix_clinics_place ON directory.clinics USING gist (point(location_lng, location_lat));
      CREATE INDEX ix_clinics_identity ON directory.clinics (directory.fold(name), city_key, right(regexp_replace(phone, '\\D', '', 'g'), 8));

      CREATE TABLE directory.pet_services (
        id uuid CONSTRAINT pk_pet_services PRIMARY KEY,
        name text NOT NULL,
        type text NOT NULL CONSTRAINT ck_pet_services_type CHECK (type IN ('clinic', 'grooming', 'training', 'pet_store', 'shelter', 'pet_sitting', 'pet_hotel', 'pharmacy', 'other')),
        city text NOT NULL,
        city_key text NOT NULL,
        address text NOT NULL,
        coordinates_lat double precision CONSTRAINT ck_pet_services_coordinates_lat CHECK (coordinates_lat BETWEEN -90 AND 90),
        coordinates_lng double precision CONSTRAINT ck_pet_services_coordinates_lng CHECK (coordinates_lng BETWEEN -180 AND 180),
        phone text NOT NULL,
        email text,
        website text,
        description text,
        services text[] NOT NULL DEFAULT '{}',
        specializations text[] NOT NULL DEFAULT '{}',
        is24h boolean NOT NULL DEFAULT false,
        hours text,
        verified boolean NOT NULL DEFAULT false,
        owner_id uuid,
        registered_by_id uuid,
        claimed_at timestamptz(3),
        logo text,
        photos uuid[] NOT NULL DEFAULT '{}' CONSTRAINT ck_pet_services_photos CHECK (cardinality(photos) <= 10),
        rating double precision CONSTRAINT ck_pet_services_rating CHECK (rating BETWEEN 0 AND 5),
        review_count integer CONSTRAINT ck_pet_services_review_count CHECK (review_count >= 0),
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        version integer NOT NULL DEFAULT 1,
        CONSTRAINT fk_pet_services_owner_id FOREIGN KEY (owner_id) REFERENCES identity.users (id),
        CONSTRAINT fk_pet_services_registered_by_id FOREIGN KEY (registered_by_id) REFERENCES identity.users (id)
      );
      CREATE INDEX ix_pet_services_by_type ON directory.pet_services (type);
      CREATE INDEX ix_pet_services_by_city ON directory.pet_services (city);
      CREATE INDEX ix_pet_services_city_key ON directory.pet_services (city_key);
      CREATE INDEX ix_pet_services_by_verified ON directory.pet_services (verified);
      CREATE INDEX ix_pet_services_by_owner ON directory.pet_services (owner_id);
      CREATE INDEX ix_pet_services_registered_by ON directory.pet_services (registered_by_id);
      CREATE INDEX ix_pet_services_by_name ON directory.pet_services (name, id);
      CREATE INDEX ix_pet_services_search ON directory.pet_services USING gin (directory.fold(name || ' ' || city || ' ' || address) gin_trgm_ops);
      CREATE INDEX ix_pet_services_place ON directory.pet_services USING gist (point(coordinates_lng, coordinates_lat));
      -- The same business is listed once (behaviour 2.14).
      CREATE UNIQUE INDEX ux_pet_services_identity ON directory.pet_services (directory.fold(name), city_key, type);

      -- What other contexts may know of a pet service.
      CREATE VIEW directory.public_pet_services AS SELECT id, name, type, city, verified, owner_id FROM directory.pet_services;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW directory.public_pet_services;
      DROP TABLE directory.pet_services;
      DROP INDEX directory.ix_clinics_identity;
      DROP INDEX directory.ix_clinics_place;
      DROP INDEX directory.ix_clinics_search;
      DROP FUNCTION directory.distance_km(double precision, double precision, double precision, double precision);
      DROP FUNCTION directory.fold(text);
    `);
  }
}
