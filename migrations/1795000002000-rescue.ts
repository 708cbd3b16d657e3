import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: rescue. Cases with their evidence, translations and social marks, and the view that other contexts may join. */
export class Rescue1795000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE SCHEMA rescue`);
    await this.createCases(runner);
    await this.createEvidence(runner);
    await this.createSocial(runner);
    await this.createFunctionsAndViews(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP SCHEMA rescue CASCADE`);
  }

  private async createCases(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Room on each page lets counters change in place, without touching the indexes.
      CREATE TABLE rescue.cases (
        id uuid CONSTRAINT pk_cases PRIMARY KEY,
        user_id uuid NOT NULL,
        type text NOT NULL CONSTRAINT ck_cases_type CHECK (type IN ('critical', 'urgent', 'recovering', 'adopted')),
        category text NOT NULL CONSTRAINT ck_cases_category CHECK (category IN ('surgery', 'shelter', 'food', 'medical', 'rescue')),
        language text NOT NULL,
        title text NOT NULL,
        description text NOT NULL,
        story text,
        source_hash text NOT NULL,
        images uuid[] NOT NULL CONSTRAINT ck_cases_images CHECK (cardinality(images) BETWEEN 1 AND 10),
        location_city text NOT NULL,
        location_neighborhood text NOT NULL,
        location_lat double precision,
        location_lng double precision,
        city_key text NOT NULL,
        clinic_id uuid,
        verification_status text NOT NULL DEFAULT 'unverified' CONSTRAINT ck_cases_verification_status CHECK (verification_status IN ('unverified', 'community', 'clinic')),
        found_at timestamptz(3) NOT NULL,
        brought_to_clinic_at timestamptz(3),
        fundraising_goal bigint NOT NULL CONSTRAINT ck_cases_fundraising_goal CHECK (fundraising_goal BETWEEN 1 AND 100000000),
        fundraising_current bigint NOT NULL DEFAULT 0 CONSTRAINT ck_cases_fundraising_current CHECK (fundraising_current >= 0),
        fundraising_currency text NOT NULL CONSTRAINT ck_cases_fundraising_currency CHECK (fundraising_currency ~ '^[A-Z]{3}$'),
        first_donation_at timestamptz(3),
        status text NOT NULL DEFAULT 'active' CONSTRAINT ck_cases_status CHECK (status IN ('active', 'funded', 'closed')),
        lifecycle_stage text NOT NULL DEFAULT 'active_treatment' CONSTRAINT ck_cases_lifecycle_stage CHECK (lifecycle_stage IN ('active_treatment', 'seeking_adoption', 'closed_success', 'closed_transferred', 'closed_other')),
        lifecycle_updated_at timestamptz(3),
        closed_at timestamptz(3),
        closed_reason text CONSTRAINT ck_cases_closed_reason CHECK (closed_reason IN ('success', 'transferred', 'other')),
        closed_notes text,
        risk_level text NOT NULL DEFAULT 'low' CONSTRAINT ck_cases_risk_level CHECK (risk_level IN ('low', 'medium', 'high')),
        risk_flags text[] NOT NULL DEFAULT '{}',
        hidden_at timestamptz(3),
        likes_count integer NOT NULL DEFAULT 0,
        saves_count integer NOT NULL DEFAULT 0,
        comments_count integer NOT NULL DEFAULT 0,
        endorsements_count integer NOT NULL DEFAULT 0,
        updates_count integer NOT NULL DEFAULT 0,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        version integer NOT NULL DEFAULT 1,
        CONSTRAINT fk_cases_user_id FOREIGN KEY (user_id) REFERENCES identity.users (id),
        CONSTRAINT fk_cases_clinic_id FOREIGN KEY (clinic_id) REFERENCES directory.clinics (id)
      ) WITH (fillfactor = 85);
      CREATE INDEX ix_cases_by_user ON rescue.cases (user_id, created_at, id);
      CREATE INDEX ix_cases_by_clinic ON rescue.cases (clinic_id);
      CREATE INDEX ix_cases_newest ON rescue.cases (created_at, id) WHERE hidden_at IS NULL;
      CREATE INDEX ix_cases_by_type ON rescue.cases (type, created_at, id) WHERE hidden_at IS NULL;
      CREATE INDEX ix_cases_by_category ON rescue.cases (category, created_at, id) WHERE hidden_at IS NULL;
      CREATE INDEX ix_cases_by_status ON rescue.cases (status, created_at, id) WHERE hidden_at IS NULL;
      CREATE INDEX ix_cases_by_lifecycle_stage ON rescue.cases (lifecycle_stage, created_at, id) WHERE hidden_at IS NULL;
      CREATE INDEX ix_cases_by_verification_status ON rescue.cases (verification_status, created_at, id) WHERE hidden_at IS NULL;
      CREATE INDEX ix_cases_by_city ON rescue.cases (city_key, created_at, id) WHERE hidden_at IS NULL;
      CREATE INDEX ix_cases_most_funded ON rescue.cases (fundraising_current, created_at, id) WHERE hidden_at IS NULL;
      CREATE INDEX ix_cases_search ON rescue.cases USING gin (title gin_trgm_ops, description gin_trgm_ops) WHERE hidden_at IS NULL;

      CREATE TABLE rescue.case_translations (
        case_id uuid NOT NULL,
        locale text NOT NULL CONSTRAINT ck_case_translations_locale CHECK (locale IN ('en', 'bg', 'uk', 'ru', 'de')),
        status text NOT NULL CONSTRAINT ck_case_translations_status CHECK (status IN ('pending', 'done', 'error')),
        error text,
        title text,
        description text,
        story text,
        provider text,
        source_hash text,
        translated_at timestamptz(3),
        updated_at timestamptz(3) NOT NULL,
        CONSTRAINT pk_case_translations PRIMARY KEY (case_id, locale),
        CONSTRAINT fk_case_translations_case_id FOREIGN KEY (case_id) REFERENCES rescue.cases (id)
      );

      CREATE TABLE rescue.external_sources (
        id uuid CONSTRAINT pk_external_sources PRIMARY KEY,
        case_id uuid NOT NULL,
        url text NOT NULL,
        platform text NOT NULL CONSTRAINT ck_external_sources_platform CHECK (platform IN ('facebook', 'instagram', 'x', 'youtube', 'tiktok', 'other')),
        title text NOT NULL,
        thumbnail_url text,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT fk_external_sources_case_id FOREIGN KEY (case_id) REFERENCES rescue.cases (id)
      );
      CREATE UNIQUE INDEX ux_external_sources_case ON rescue.external_sources (case_id);
    `);
  }

  private async createEvidence(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE rescue.case_updates (
        id uuid CONSTRAINT pk_case_updates PRIMARY KEY,
        case_id uuid NOT NULL,
        author_id uuid,
        author_role text NOT NULL CONSTRAINT ck_case_updates_author_role CHECK (author_role IN ('owner', 'clinic', 'moderator')),
        type text NOT NULL CONSTRAINT ck_case_updates_type CHECK (type IN ('medical', 'milestone', 'update', 'success')),
        text text NOT NULL,
        images uuid[] NOT NULL DEFAULT '{}' CONSTRAINT ck_case_updates_images CHECK (cardinality(images) <= 5),
        evidence_type text CONSTRAINT ck_case_updates_evidence_type CHECK (evidence_type IN ('bill', 'lab_result', 'clinic_photo', 'receipt', 'prescription', 'other')),
        clinic_id uuid,
        clinic_name text,
        date timestamptz(3) NOT NULL,
        retracted_at timestamptz(3),
        CONSTRAINT fk_case_updates_case_id FOREIGN KEY (case_id) REFERENCES rescue.cases (id),
        CONSTRAINT fk_case_updates_author_id FOREIGN KEY (author_id) REFERENCES identity.users (id),
        CONSTRAINT fk_case_updates_clinic_id FOREIGN KEY (clinic_id) REFERENCES directory.clinics (id)
      );
      CREATE INDEX ix_case_updates_by_case ON rescue.case_updates (case_id, date, id);
      CREATE INDEX ix_case_updates_by_author ON rescue.case_updates (author_id);
    `);
  }

  private async createSocial(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE rescue.likes (
        id uuid CONSTRAINT pk_likes PRIMARY KEY,
        user_id uuid NOT NULL,
        case_id uuid NOT NULL,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT fk_likes_user_id FOREIGN KEY (user_id) REFERENCES identity.users (id),
        CONSTRAINT fk_likes_case_id FOREIGN KEY (case_id) REFERENCES rescue.cases (id)
      );
      CREATE INDEX ix_likes_by_user ON rescue.likes (user_id);
      CREATE INDEX ix_likes_by_case ON rescue.likes (case_id);
      CREATE UNIQUE INDEX ix_likes_by_user_case ON rescue.likes (user_id, case_id);

      CREATE TABLE rescue.saved_cases (
        id uuid CONSTRAINT pk_saved_cases PRIMARY KEY,
        user_id uuid NOT NULL,
        case_id uuid NOT NULL,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT fk_saved_cases_user_id FOREIGN KEY (user_id) REFERENCES identity.users (id),
        CONSTRAINT fk_saved_cases_case_id FOREIGN KEY (case_id) REFERENCES rescue.cases (id)
      );
      CREATE INDEX ix_saved_cases_by_user ON rescue.saved_cases (user_id, created_at, id);
      CREATE INDEX ix_saved_cases_by_case ON rescue.saved_cases (case_id);
      CREATE UNIQUE INDEX ix_saved_cases_by_user_case ON rescue.saved_cases (user_id, case_id);

      CREATE TABLE rescue.comments (
        id uuid CONSTRAINT pk_comments PRIMARY KEY,
        user_id uuid NOT NULL,
        case_id uuid NOT NULL,
        content text NOT NULL,
        parent_id uuid,
        created_at timestamptz(3) NOT NULL,
        deleted_at timestamptz(3),
        CONSTRAINT fk_comments_user_id FOREIGN KEY (user_id) REFERENCES identity.users (id),
        CONSTRAINT fk_comments_case_id FOREIGN KEY (case_id) REFERENCES rescue.cases (id),
        CONSTRAINT fk_comments_parent_id FOREIGN KEY (parent_id) REFERENCES rescue.comments (id)
      );
      CREATE INDEX ix_comments_by_user ON rescue.comments (user_id);
      CREATE INDEX ix_comments_by_case ON rescue.comments (case_id);
      CREATE INDEX ix_comments_by_parent ON rescue.comments (parent_id);
      CREATE INDEX ix_comments_by_case_created ON rescue.comments (case_id, created_at, id);

      CREATE TABLE rescue.case_endorsements (
        id uuid CONSTRAINT pk_case_endorsements PRIMARY KEY,
        user_id uuid NOT NULL,
        case_id uuid NOT NULL,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT fk_case_endorsements_user_id FOREIGN KEY (user_id) REFERENCES identity.users (id),
        CONSTRAINT fk_case_endorsements_case_id FOREIGN KEY (case_id) REFERENCES rescue.cases (id)
      );
      CREATE INDEX ix_case_endorsements_by_case ON rescue.case_endorsements (case_id, created_at);
      CREATE UNIQUE INDEX ix_case_endorsements_by_user_case ON rescue.case_endorsements (user_id, case_id);
    `);
  }

  private async createFunctionsAndViews(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Most urgent first (behaviour 2.25); the list sorts and pages by it.
      CREATE FUNCTION rescue.urgency(type text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT CASE type WHEN 'critical' THEN 3 WHEN 'urgent' THEN 2 WHEN 'recovering' THEN 1 ELSE 0 END
      $$;
      CREATE INDEX ix_cases_most_urgent ON rescue.cases (rescue.urgency(type), created_at, id) WHERE hidden_at IS NULL;

      -- The donation gate (behaviour 2.6), one rule for what is shown and what is enforced.
      CREATE FUNCTION rescue.donation_block_reason(status text, lifecycle_stage text, verification_status text, risk_level text)
      RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT CASE
          WHEN status = 'closed' OR lifecycle_stage IN ('closed_success', 'closed_transferred', 'closed_other') THEN 'CASE_CLOSED'
          WHEN verification_status = 'unverified' AND risk_level = 'high' THEN 'CASE_HIGH_RISK'
        END
      $$;

      -- A time as the API writes it, for JSON that Postgres builds.
      CREATE FUNCTION rescue.iso(moment timestamptz) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
      $$;

      -- An entry of the evidence trail as the API shows it: what staff took back keeps its place and loses its content.
      CREATE FUNCTION rescue.case_update_json(u rescue.case_updates) RETURNS json LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT json_build_object(
          'id', u.id, 'caseId', u.case_id, 'date', rescue.iso(u.date), 'type', u.type,
          'text', CASE WHEN u.retracted_at IS NULL THEN u.text ELSE 'This update was retracted by a moderator.' END,
          'images', shown.images,
          'imageUrls', (SELECT coalesce(json_agg('/v1/files/' || image ORDER BY place), '[]') FROM unnest(shown.images) WITH ORDINALITY AS i(image, place)),
          'evidenceType', u.evidence_type, 'clinicId', u.clinic_id, 'clinicName', u.clinic_name, 'authorRole', u.author_role,
          'retracted', u.retracted_at IS NOT NULL)
        FROM (SELECT CASE WHEN u.retracted_at IS NULL THEN u.images ELSE '{}'::uuid[] END AS images) shown
      $$;

      -- What anybody may know of a case. Other contexts join this view and never the table.
      CREATE VIEW rescue.public_cases AS
        SELECT id, user_id, title, type, category, location_city AS city, city_key, clinic_id, status, lifecycle_stage,
               verification_status, images[1] AS first_image, fundraising_goal AS goal, fundraising_current AS current,
               fundraising_currency AS currency, created_at
          FROM rescue.cases
         WHERE hidden_at IS NULL;
    `);
  }
}
