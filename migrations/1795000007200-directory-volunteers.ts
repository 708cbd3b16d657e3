import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: directory. Volunteers, what they did, and requests for transport. */
export class DirectoryVolunteers1795000007200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Volunteers as anybody may see them: what the directory shows of the account, and nothing that leads to the person elsewhere.
      CREATE VIEW identity.public_volunteers AS
        SELECT id AS user_id, coalesce(display_name, name) AS name, avatar, role, coalesce(volunteer_city, city) AS city,
               volunteer_capabilities AS capabilities, volunteer_availability AS availability
          FROM identity.users WHERE deleted_at IS NULL AND volunteer_availability IS NOT NULL;

      CREATE TABLE directory.volunteers (
        id uuid CONSTRAINT pk_volunteers PRIMARY KEY,
        user_id uuid NOT NULL,
        bio text NOT NULL DEFAULT '',
        location text NOT NULL DEFAULT '',
        city_key text NOT NULL DEFAULT '',
        rating double precision CONSTRAINT ck_volunteers_rating CHECK (rating BETWEEN 1 AND 5),
        member_since text NOT NULL,
        is_top_volunteer boolean NOT NULL DEFAULT false,
        stats_animals_helped integer NOT NULL DEFAULT 0,
        stats_adoptions integer NOT NULL DEFAULT 0,
        stats_campaigns integer NOT NULL DEFAULT 0,
        stats_donations_received integer NOT NULL DEFAULT 0,
        stats_hours_volunteered double precision NOT NULL DEFAULT 0,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        CONSTRAINT fk_volunteers_user_id FOREIGN KEY (user_id) REFERENCES identity.users (id)
      );
      CREATE UNIQUE INDEX ix_volunteers_by_user ON directory.volunteers (user_id);
      CREATE INDEX ix_volunteers_by_top ON directory.volunteers (is_top_volunteer);
      CREATE INDEX ix_volunteers_by_city ON directory.volunteers (city_key, stats_animals_helped, created_at, id);
      CREATE INDEX ix_volunteers_by_helped ON directory.volunteers (stats_animals_helped, created_at, id);
      CREATE INDEX ix_volunteers_newest ON directory.volunteers (created_at, id);

      CREATE TABLE directory.volunteer_activities (
        id uuid CONSTRAINT pk_volunteer_activities PRIMARY KEY,
        volunteer_id uuid NOT NULL,
        kind text NOT NULL CONSTRAINT ck_volunteer_activities_kind CHECK (kind IN ('transport', 'fostering', 'rescue', 'event', 'adoption', 'campaign', 'other')),
        hours double precision CONSTRAINT ck_volunteer_activities_hours CHECK (hours > 0 AND hours <= 1000),
        case_id uuid,
        note text,
        logged_by uuid,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT fk_volunteer_activities_volunteer_id FOREIGN KEY (volunteer_id) REFERENCES directory.volunteers (id),
        CONSTRAINT fk_volunteer_activities_case_id FOREIGN KEY (case_id) REFERENCES rescue.cases (id),
        CONSTRAINT fk_volunteer_activities_logged_by FOREIGN KEY (logged_by) REFERENCES identity.users (id)
      );
      CREATE INDEX ix_volunteer_activities_by_volunteer ON directory.volunteer_activities (volunteer_id, kind, created_at);

      CREATE TABLE directory.transport_requests (
        id uuid CONSTRAINT pk_transport_requests PRIMARY KEY,
        case_id uuid NOT NULL,
        notified_count integer NOT NULL,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT fk_transport_requests_case_id FOREIGN KEY (case_id) REFERENCES rescue.cases (id)
      );
      CREATE INDEX ix_transport_requests_by_case ON directory.transport_requests (case_id, created_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE directory.transport_requests;
      DROP TABLE directory.volunteer_activities;
      DROP TABLE directory.volunteers;
      DROP VIEW identity.public_volunteers;
    `);
  }
}
