import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Context: rescue. Which endorsements count, what deleted comments said, and what clinics attest. */
export class RescueTrust1795000005100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE rescue.case_endorsements ADD COLUMN qualified boolean NOT NULL DEFAULT false;
      CREATE INDEX ix_case_endorsements_qualified ON rescue.case_endorsements (case_id) WHERE qualified;

      ALTER TABLE rescue.comments ADD COLUMN evidence text;
      CREATE INDEX ix_comments_evidence ON rescue.comments (deleted_at) WHERE evidence IS NOT NULL;

      CREATE TABLE rescue.case_update_attestations (
        update_id uuid CONSTRAINT pk_case_update_attestations PRIMARY KEY,
        clinic_id uuid NOT NULL,
        clinic_name text NOT NULL,
        owner_id uuid NOT NULL,
        files jsonb NOT NULL,
        attested_at timestamptz(3) NOT NULL,
        revoked_at timestamptz(3),
        CONSTRAINT fk_case_update_attestations_update_id FOREIGN KEY (update_id) REFERENCES rescue.case_updates (id),
        CONSTRAINT fk_case_update_attestations_clinic_id FOREIGN KEY (clinic_id) REFERENCES directory.clinics (id),
        CONSTRAINT fk_case_update_attestations_owner_id FOREIGN KEY (owner_id) REFERENCES identity.users (id)
      );
      CREATE INDEX ix_case_update_attestations_by_clinic_owner ON rescue.case_update_attestations (clinic_id, owner_id);

      -- What was attested stays as it was; only the mark of its revocation is added, once.
      CREATE FUNCTION rescue.keep_attestation() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'DELETE' OR OLD.revoked_at IS NOT NULL
             OR (NEW.update_id, NEW.clinic_id, NEW.clinic_name, NEW.owner_id, NEW.files, NEW.attested_at)
                IS DISTINCT FROM (OLD.update_id, OLD.clinic_id, OLD.clinic_name, OLD.owner_id, OLD.files, OLD.attested_at) THEN
            RAISE EXCEPTION 'attestations are never changed';
          END IF;
          RETURN NEW;
        END
      $$;
      CREATE TRIGGER tr_case_update_attestations_keep BEFORE UPDATE OR DELETE ON rescue.case_update_attestations
        FOR EACH ROW EXECUTE FUNCTION rescue.keep_attestation();
    `);
    await this.showUpdates(
      runner,
      `, 'attested', shown.attestation IS NOT NULL, 'attestation', shown.attestation`,
      `, CASE WHEN u.retracted_at IS NULL THEN
             (SELECT json_build_object('clinicId', a.clinic_id, 'clinicName', a.clinic_name, 'files', a.files, 'attestedAt', rescue.iso(a.attested_at),
                                       'revoked', a.revoked_at IS NOT NULL, 'revokedAt', rescue.iso(a.revoked_at))
                FROM rescue.case_update_attestations a WHERE a.update_id = u.id) END AS attestation`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.showUpdates(runner, '', '');
    await runner.query(`
      DROP TABLE rescue.case_update_attestations;
      DROP FUNCTION rescue.keep_attestation();
      -- The older code knows no evidence column; what it held is gone for good with it.
      ALTER TABLE rescue.comments DROP COLUMN evidence;
      ALTER TABLE rescue.case_endorsements DROP COLUMN qualified;
    `);
  }

  /** An entry of the evidence trail as the API shows it: what staff took back keeps its place and loses its content. */
  private async showUpdates(runner: QueryRunner, members: string, columns: string): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION rescue.case_update_json(u rescue.case_updates) RETURNS json LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT json_build_object(
          'id', u.id, 'caseId', u.case_id, 'date', rescue.iso(u.date), 'type', u.type,
          'text', CASE WHEN u.retracted_at IS NULL THEN u.text ELSE 'This update was retracted by a moderator.' END,
          'images', shown.images,
          'imageUrls', (SELECT coalesce(json_agg('/v1/files/' || image ORDER BY place), '[]') FROM unnest(shown.images) WITH ORDINALITY AS i(image, place)),
          'evidenceType', u.evidence_type, 'clinicId', u.clinic_id, 'clinicName', u.clinic_name, 'authorRole', u.author_role,
          'retracted', u.retracted_at IS NOT NULL${members})
        FROM (SELECT CASE WHEN u.retracted_at IS NULL THEN u.images ELSE '{}'::uuid[] END AS images${columns}) shown
      $$
    `);
  }
}
