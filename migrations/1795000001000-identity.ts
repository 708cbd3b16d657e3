import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: identity. Users, settings, follows, and the view of people that other contexts may join. */
export class Identity1795000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA identity;

      CREATE TABLE identity.users (
        id uuid CONSTRAINT pk_users PRIMARY KEY,
        clerk_id text NOT NULL,
        name text NOT NULL,
        email text,
        avatar text,
        phone text,
        role text NOT NULL DEFAULT 'user' CONSTRAINT ck_users_role CHECK (role IN ('user', 'volunteer', 'clinic', 'admin')),
        created_at timestamptz(3) NOT NULL,
        display_name text,
        bio text,
        is_public boolean NOT NULL DEFAULT true,
        onboarding_completed boolean NOT NULL DEFAULT false,
        onboarding_completed_at timestamptz(3),
        user_type text CONSTRAINT ck_users_user_type CHECK (user_type IN ('individual', 'organization', 'pet_lover', 'volunteer', 'professional', 'business', 'exploring')),
        volunteer_capabilities text[] NOT NULL DEFAULT '{}',
        volunteer_availability text CONSTRAINT ck_users_volunteer_availability CHECK (volunteer_availability IN ('available', 'busy', 'offline')),
        volunteer_city text,
        professional_type text CONSTRAINT ck_users_professional_type CHECK (professional_type IN ('veterinarian', 'groomer', 'trainer', 'pet_sitter', 'other')),
        professional_specialties text[] NOT NULL DEFAULT '{}',
        linked_pet_service_id uuid,
        has_pets boolean,
        pet_types text[] NOT NULL DEFAULT '{}',
        city text,
        verified_at timestamptz(3),
        verified_by uuid,
        capabilities text[] NOT NULL DEFAULT '{}',
        verification_level text NOT NULL DEFAULT 'unverified' CONSTRAINT ck_users_verification_level CHECK (verification_level IN ('unverified', 'community', 'clinic', 'partner')),
        product_tour_completed boolean NOT NULL DEFAULT false,
        product_tour_completed_at timestamptz(3),
        provider_updated_at timestamptz(3),
        deleted_at timestamptz(3),
        updated_at timestamptz(3) NOT NULL,
        version integer NOT NULL DEFAULT 1,
        CONSTRAINT fk_users_verified_by FOREIGN KEY (verified_by) REFERENCES identity.users (id)
      );
      CREATE UNIQUE INDEX ix_users_by_clerk_id ON identity.users (clerk_id);
      CREATE INDEX ix_users_by_onboarding ON identity.users (onboarding_completed);
      CREATE INDEX ix_users_by_user_type ON identity.users (user_type);
      CREATE INDEX ix_users_by_volunteer_availability ON identity.users (volunteer_availability);
      CREATE INDEX ix_users_email ON identity.users (email);

      CREATE TABLE identity.erased_identities (
        clerk_id_digest text CONSTRAINT pk_erased_identities PRIMARY KEY,
        erased_at timestamptz(3) NOT NULL
      );

      CREATE TABLE identity.user_settings (
        user_id uuid CONSTRAINT pk_user_settings PRIMARY KEY,
        email_notifications boolean NOT NULL,
        push_notifications boolean NOT NULL,
        donation_reminders boolean NOT NULL,
        marketing_emails boolean NOT NULL,
        language text NOT NULL CONSTRAINT ck_user_settings_language CHECK (language IN ('en', 'bg', 'uk', 'ru', 'de')),
        currency text NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        CONSTRAINT fk_user_settings_user_id FOREIGN KEY (user_id) REFERENCES identity.users (id)
      );
      CREATE UNIQUE INDEX ix_user_settings_by_user ON identity.user_settings (user_id);

      CREATE TABLE identity.follows (
        id uuid CONSTRAINT pk_follows PRIMARY KEY,
        follower_id uuid NOT NULL,
        following_id uuid NOT NULL,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT fk_follows_follower_id FOREIGN KEY (follower_id) REFERENCES identity.users (id),
        CONSTRAINT fk_follows_following_id FOREIGN KEY (following_id) REFERENCES identity.users (id),
        CONSTRAINT ck_follows_following_id CHECK (follower_id <> following_id)
      );
      CREATE INDEX ix_follows_by_follower ON identity.follows (follower_id, created_at, id);
      CREATE INDEX ix_follows_by_following ON identity.follows (following_id, created_at, id);
      CREATE UNIQUE INDEX ix_follows_by_follower_following ON identity.follows (follower_id, following_id);

      -- What anybody may know of a person. Other contexts join this view and never the table.
      CREATE VIEW identity.public_users AS
        SELECT id, coalesce(display_name, name) AS name, avatar, role, verification_level,
               is_public, city, created_at, deleted_at IS NOT NULL AS erased
          FROM identity.users;

      ALTER TABLE platform.audit_logs ADD CONSTRAINT fk_audit_logs_actor_id FOREIGN KEY (actor_id) REFERENCES identity.users (id);
      ALTER TABLE platform.idempotency_keys ADD CONSTRAINT fk_idempotency_keys_user_id FOREIGN KEY (user_id) REFERENCES identity.users (id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE platform.idempotency_keys DROP CONSTRAINT fk_idempotency_keys_user_id;
      ALTER TABLE platform.audit_logs DROP CONSTRAINT fk_audit_logs_actor_id;
      DROP SCHEMA identity CASCADE;
    `);
  }
}
