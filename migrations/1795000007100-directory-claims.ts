import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: directory. Claims of ownership, and what they show of people and of the review queue. */
export class DirectoryClaims1795000007100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What staff see of a person beside what they decide about. Never for answers to anybody else.
      CREATE VIEW identity.staff_users AS SELECT id, coalesce(display_name, name) AS name, email, role FROM identity.users;

      -- What a context shows of the place of its own rows in the review queue.
      CREATE VIEW trust.review_clocks AS
        SELECT kind, source_id, first_response_due_at, resolution_due_at, due_at, first_responded_at, resolved_at,
               first_response_breached_at, resolution_breached_at, paused_at, claimed_by, claimed_until
          FROM trust.review_items;

      ${claims({ table: 'clinic_claims', listing: 'clinic_id', listings: 'clinics', index: 'by_clinic' })}
      ${claims({ table: 'pet_service_claims', listing: 'pet_service_id', listings: 'pet_services', index: 'by_service' })}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE directory.pet_service_claims;
      DROP TABLE directory.clinic_claims;
      DROP VIEW trust.review_clocks;
      DROP VIEW identity.staff_users;
    `);
  }
}

/** Both tables of claims hold the same, each about its own kind of listing. */
const claims = ({ table, listing, listings, index }: Record<'table' | 'listing' | 'listings' | 'index', string>): string => `
      CREATE TABLE directory.${table} (
        id uuid CONSTRAINT pk_${table} PRIMARY KEY,
        ${listing} uuid NOT NULL,
        user_id uuid NOT NULL,
        status text NOT NULL DEFAULT 'pending' CONSTRAINT ck_${table}_status CHECK (status IN ('pending', 'approved', 'rejected')),
        claimer_role text NOT NULL CONSTRAINT ck_${table}_claimer_role CHECK (claimer_role IN ('Owner', 'Manager', 'Staff')),
        claimer_email text,
        claimer_phone text,
        additional_info text,
        contested_owner_id uuid,
        decide_after timestamptz(3),
        appeal_of_claim_id uuid,
        questions jsonb NOT NULL DEFAULT '[]',
        reviewed_by uuid,
        reviewed_by_staff uuid,
        reviewed_at timestamptz(3),
        rejection_reason text,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT fk_${table}_${listing} FOREIGN KEY (${listing}) REFERENCES directory.${listings} (id),
        CONSTRAINT fk_${table}_user_id FOREIGN KEY (user_id) REFERENCES identity.users (id),
        CONSTRAINT fk_${table}_contested_owner_id FOREIGN KEY (contested_owner_id) REFERENCES identity.users (id),
        CONSTRAINT fk_${table}_reviewed_by FOREIGN KEY (reviewed_by) REFERENCES identity.users (id)
      );
      CREATE INDEX ix_${table}_${index} ON directory.${table} (${listing}, status);
      CREATE INDEX ix_${table}_by_user ON directory.${table} (user_id, created_at, id);
      CREATE INDEX ix_${table}_by_status ON directory.${table} (status, created_at, id);
      CREATE UNIQUE INDEX ux_${table}_pending_of_person ON directory.${table} (user_id, ${listing}) WHERE status = 'pending';
      CREATE UNIQUE INDEX ux_${table}_appeal ON directory.${table} (appeal_of_claim_id);`;
