import { Inject, Injectable } from '@nestjs/common';
import { type Actor, isAdmin, userIdOf } from '../../../platform/auth/actor.js';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import type { CaseStatus, LifecycleStage } from './case.entity.js';
import { CaseNotFound } from './cases.errors.js';
import type { FundingState } from './case-funding.service.js';
import type { DonationBlockReason } from './case-views.dto.js';

/** A case as somebody who wants to give to it needs it. */
export interface DonationTarget {
  id: string;
  ownerId: string;
  title: string;
  currency: string;
  /** Minor units. */
  goal: number;
  /** Minor units. */
  current: number;
  status: CaseStatus;
  lifecycleStage: LifecycleStage;
  /** Hidden by a moderator: for everybody but owner and staff it does not exist. */
  hidden: boolean;
  isDonationAllowed: boolean;
  /** Why not, when the gate is closed; null for a hidden case that would otherwise pass. */
  donationBlockReason: DonationBlockReason | null;
}

/** A case as JSON that Postgres built, ready to send, and its version for the ETag. */
export interface CaseDocument {
  json: string;
  version: number;
}

const GATE = `LATERAL (SELECT rescue.donation_block_reason(c.status, c.lifecycle_stage, c.verification_status, c.risk_level) AS reason) gate`;

const DONATION_TARGET = `
  SELECT c.id, c.user_id AS "ownerId", c.title, c.fundraising_currency AS currency, c.fundraising_goal::float8 AS goal,
         c.fundraising_current::float8 AS current, c.status, c.lifecycle_stage AS "lifecycleStage", c.hidden_at IS NOT NULL AS hidden,
         c.hidden_at IS NULL AND gate.reason IS NULL AS "isDonationAllowed", gate.reason AS "donationBlockReason"
    FROM rescue.cases c, ${GATE}
   WHERE c.id = $1`;

/** $1 case, $2 viewer's user id or null, $3 whether the viewer is an admin, $4 locale or null, $5 endorsements that verify. */
const CASE_DOCUMENT = `
  SELECT row_to_json(v)::text AS json, v.version FROM (
    SELECT c.id, c.user_id AS "userId", c.type, c.category, c.language, c.title, c.description, c.story,
           coalesce(t.title, c.title) AS "displayTitle", coalesce(t.description, c.description) AS "displayDescription",
           coalesce(t.story, c.story) AS "displayStory", t.locale IS NOT NULL AS "translationAvailable",
           c.images,
           (SELECT json_agg('/v1/files/' || image ORDER BY place) FROM unnest(c.images) WITH ORDINALITY AS i(image, place)) AS "imageUrls",
           (SELECT json_agg('/v1/files/' || image || '/thumbnail' ORDER BY place) FROM unnest(c.images) WITH ORDINALITY AS i(image, place)) AS "thumbnailUrls",
           CASE WHEN manager.yes AND c.location_lat IS NOT NULL
             THEN json_build_object('city', c.location_city, 'neighborhood', c.location_neighborhood,
                                    'coordinates', json_build_object('lat', c.location_lat, 'lng', c.location_lng))
             ELSE json_build_object('city', c.location_city, 'neighborhood', c.location_neighborhood) END AS location,
           c.clinic_id AS "clinicId",
           CASE WHEN clinic.id IS NOT NULL THEN json_build_object('id', clinic.id, 'name', clinic.name, 'verified', clinic.verified) END AS clinic,
           c.verification_status AS "verificationStatus", rescue.iso(c.found_at) AS "foundAt", rescue.iso(c.brought_to_clinic_at) AS "broughtToClinicAt",
           json_build_object('goal', c.fundraising_goal, 'current', c.fundraising_current, 'currency', c.fundraising_currency) AS fundraising,
           c.status, c.lifecycle_stage AS "lifecycleStage", rescue.iso(c.lifecycle_updated_at) AS "lifecycleUpdatedAt",
           rescue.iso(c.closed_at) AS "closedAt", c.closed_reason AS "closedReason", c.closed_notes AS "closedNotes",
           c.risk_level AS "riskLevel", c.risk_flags AS "riskFlags",
           c.hidden_at IS NULL AND gate.reason IS NULL AS "isDonationAllowed", gate.reason AS "donationBlockReason",
           json_build_object('id', u.id, 'name', u.name, 'avatar', u.avatar, 'verificationLevel', u.verification_level) AS creator,
           (SELECT json_build_object('url', s.url, 'platform', s.platform, 'title', s.title, 'thumbnailUrl', s.thumbnail_url)
              FROM rescue.external_sources s WHERE s.case_id = c.id) AS "externalSource",
           (SELECT coalesce(json_object_agg(x.locale, json_build_object('title', x.title, 'description', x.description, 'story', x.story,
                     'translatedAt', rescue.iso(x.translated_at), 'provider', x.provider, 'sourceHash', x.source_hash)), '{}')
              FROM rescue.case_translations x WHERE x.case_id = c.id AND x.translated_at IS NOT NULL) AS translations,
           (SELECT coalesce(json_object_agg(x.locale, json_build_object('status', x.status, 'updatedAt', rescue.iso(x.updated_at), 'error', x.error)), '{}')
              FROM rescue.case_translations x WHERE x.case_id = c.id) AS "translationStatus",
           (SELECT coalesce(json_agg(rescue.case_update_json(x) ORDER BY x.date, x.id), '[]')
              FROM (SELECT * FROM rescue.case_updates WHERE case_id = c.id ORDER BY date, id LIMIT 20) x) AS updates,
           c.likes_count AS "likesCount", c.saves_count AS "savesCount", c.comments_count AS "commentsCount",
           c.endorsements_count AS "endorsementsCount",
           json_build_object('count', c.endorsements_count, 'required', $5::int,
                             'qualified', (SELECT count(*) FROM rescue.case_endorsements x WHERE x.case_id = c.id AND x.qualified)) AS endorsements,
           c.updates_count AS "updatesCount",
           manager.yes AS "canManageCase",
           json_build_object('liked', EXISTS (SELECT FROM rescue.likes x WHERE x.user_id = $2 AND x.case_id = c.id),
                             'saved', EXISTS (SELECT FROM rescue.saved_cases x WHERE x.user_id = $2 AND x.case_id = c.id),
                             'endorsed', EXISTS (SELECT FROM rescue.case_endorsements x WHERE x.user_id = $2 AND x.case_id = c.id)) AS viewer,
           rescue.iso(c.hidden_at) AS "hiddenAt", rescue.iso(c.created_at) AS "createdAt", rescue.iso(c.updated_at) AS "updatedAt", c.version
      FROM rescue.cases c
      JOIN identity.public_users u ON u.id = c.user_id
      LEFT JOIN directory.public_clinics clinic ON clinic.id = c.clinic_id
      LEFT JOIN rescue.case_translations t ON t.case_id = c.id AND t.locale = $4 AND t.source_hash = c.source_hash,
           ${GATE},
           LATERAL (SELECT coalesce(c.user_id = $2::uuid OR clinic.owner_id = $2::uuid OR $3::boolean, false) AS yes) manager
     WHERE c.id = $1 AND (c.hidden_at IS NULL OR c.user_id = $2::uuid OR $3::boolean)
  ) v`;

/** Reads of one case, each one statement. */
@Injectable()
export class CasesQueries {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * The whole case as this viewer may see it.
   * @throws CaseNotFound also when it is hidden from them
   */
  async document(id: string, viewer: Actor | null, locale: string | null = null): Promise<CaseDocument> {
    const document = await this.database.row<CaseDocument>(CASE_DOCUMENT, [id, userIdOf(viewer), isAdmin(viewer), locale, this.config.endorsements.required]);
    if (!document) throw new CaseNotFound();
    return document;
  }

  /** @throws CaseNotFound when there is no such case for this viewer */
  async assertVisible(id: string, viewer: Actor | null): Promise<void> {
    const row = await this.database.row(`SELECT 1 FROM rescue.cases WHERE id = $1 AND (hidden_at IS NULL OR user_id = $2::uuid OR $3::boolean)`, [
      id,
      userIdOf(viewer),
      isAdmin(viewer),
    ]);
    if (!row) throw new CaseNotFound();
  }

  /**
   * Whose case it is and where, for this viewer.
   * @throws CaseNotFound
   */
  async placeOf(id: string, viewer: Actor | null): Promise<{ userId: string; cityKey: string }> {
    const row = await this.database.row<{ userId: string; cityKey: string }>(
      `SELECT user_id AS "userId", city_key AS "cityKey" FROM rescue.cases WHERE id = $1 AND (hidden_at IS NULL OR user_id = $2::uuid OR $3::boolean)`,
      [id, userIdOf(viewer), isAdmin(viewer)],
    );
    if (!row) throw new CaseNotFound();
    return row;
  }

  async openCasesOf(userId: string): Promise<string[]> {
    const rows = await this.database.rows<{ id: string }>(`SELECT id FROM rescue.cases WHERE user_id = $1 AND lifecycle_stage IN ('active_treatment', 'seeking_adoption') ORDER BY id`, [userId]);
    return rows.map(({ id }) => id);
  }

  /**
   * Where the fundraising of a public case stands.
   * @throws CaseNotFound also when it is hidden
   */
  async fundingState(id: string): Promise<FundingState> {
    const state = await this.database.row<FundingState>(
      `SELECT fundraising_current::float8 AS current, fundraising_goal::float8 AS goal, fundraising_currency AS currency, status
         FROM rescue.cases WHERE id = $1 AND hidden_at IS NULL`,
      [id],
    );
    if (!state) throw new CaseNotFound();
    return state;
  }

  donationTarget(caseId: string): Promise<DonationTarget | null> {
    return this.database.row<DonationTarget>(DONATION_TARGET, [caseId]);
  }

  async hasCaseTakingDonations(tx: Tx, userId: string): Promise<boolean> {
    const rows = await tx.query(`SELECT 1 FROM rescue.cases c, ${GATE} WHERE c.user_id = $1 AND c.hidden_at IS NULL AND gate.reason IS NULL LIMIT 1`, [userId]);
    return rows.length > 0;
  }

  async lockDonationTarget(tx: Tx, caseId: string): Promise<DonationTarget | null> {
    return (await tx.query<DonationTarget>(`${DONATION_TARGET} FOR SHARE OF c`, [caseId]))[0] ?? null;
  }
}
