import { Injectable } from '@nestjs/common';
import type { Locale } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { CaseNotFound, type CaseStatus, type LifecycleStage, type VerificationStatus } from '../cases/index.js';

/** A public case as its share page needs it. */
export interface SharedCase {
  id: string;
  /** Language of the original text. */
  language: string;
  /** Whether the texts are a fresh translation into the locale asked for. */
  translated: boolean;
  title: string;
  description: string;
  story: string | null;
  city: string;
  neighborhood: string;
  status: CaseStatus;
  lifecycleStage: LifecycleStage;
  verificationStatus: VerificationStatus;
  /** Whether donations are open. */
  takesDonations: boolean;
  clinicName: string | null;
  /** Minor units. */
  goal: number;
  /** Minor units. */
  current: number;
  currency: string;
  image: string;
  /** Pixels; null when the file is gone. */
  imageWidth: number | null;
  imageHeight: number | null;
  imageType: string | null;
  createdAt: Date;
  updatedAt: Date;
  /** Latest first. */
  updates: { date: string; text: string; clinicName: string | null }[];
}

/** A line of a sitemap. */
export interface SitemapEntry {
  id: string;
  lastChange: Date;
}

/** What one sitemap may hold by its protocol. */
export const SITEMAP_LIMIT = 50_000;

/** $1 case, $2 locale. */
const SHARED_CASE = `
  SELECT c.id, c.language, t.locale IS NOT NULL AS translated, coalesce(t.title, c.title) AS title,
         coalesce(t.description, c.description) AS description, coalesce(t.story, c.story) AS story,
         c.location_city AS city, c.location_neighborhood AS neighborhood, c.status, c.lifecycle_stage AS "lifecycleStage",
         c.verification_status AS "verificationStatus", clinic.name AS "clinicName",
         rescue.donation_block_reason(c.status, c.lifecycle_stage, c.verification_status, c.risk_level) IS NULL AS "takesDonations",
         c.fundraising_goal::float8 AS goal, c.fundraising_current::float8 AS current, c.fundraising_currency AS currency,
         c.images[1] AS image, f.width AS "imageWidth", f.height AS "imageHeight", f.content_type AS "imageType",
         c.created_at AS "createdAt", c.updated_at AS "updatedAt",
         (SELECT coalesce(json_agg(json_build_object('date', rescue.iso(u.date), 'text', u.text, 'clinicName', u.clinic_name) ORDER BY u.date DESC, u.id DESC), '[]')
            FROM (SELECT * FROM rescue.case_updates WHERE case_id = c.id AND retracted_at IS NULL ORDER BY date DESC, id DESC LIMIT 3) u) AS updates
    FROM rescue.cases c
    LEFT JOIN rescue.case_translations t ON t.case_id = c.id AND t.locale = $2 AND t.source_hash = c.source_hash
    LEFT JOIN directory.public_clinics clinic ON clinic.id = c.clinic_id
    LEFT JOIN platform.files f ON f.id = c.images[1] AND f.deleted_at IS NULL
   WHERE c.id = $1 AND c.hidden_at IS NULL`;

const LAST_CHANGE = `greatest(c.updated_at, c.created_at, (SELECT max(u.date) FROM rescue.case_updates u WHERE u.case_id = c.id)) AS "lastChange"`;

/** $1 how many go into one part. All of the first part, and of the others the first line each. */
const FIRST_PART = `
  SELECT c.id, c.place, ${LAST_CHANGE}
    FROM (SELECT id, created_at, updated_at, (row_number() OVER (ORDER BY id) - 1)::int AS place FROM rescue.cases WHERE hidden_at IS NULL) c
   WHERE c.place < $1 OR c.place % $1 = 0
   ORDER BY c.place`;

/** $1 how many go into one part, $2 first case. */
const PART = `
  SELECT c.id, ${LAST_CHANGE} FROM rescue.cases c
   WHERE c.hidden_at IS NULL AND c.id >= $2::uuid ORDER BY c.id LIMIT $1`;

/** Reads for pages that are shared and crawled, each one statement. */
@Injectable()
export class ShareQueries {
  constructor(private readonly database: Database) {}

  /** @throws CaseNotFound also when it is hidden, whoever asks: what is shared is public */
  async sharedCase(id: string, locale: Locale): Promise<SharedCase> {
    const row = await this.database.row<SharedCase>(SHARED_CASE, [id, locale]);
    if (!row) throw new CaseNotFound();
    return row;
  }

  /** Public cases of one part of the sitemap. */
  sitemapPart(from: string, limit = SITEMAP_LIMIT): Promise<SitemapEntry[]> {
    return this.database.rows<SitemapEntry>(PART, [limit, from]);
  }

  /** All public cases where they fit into one sitemap; else where each part begins. */
  async sitemap(limit = SITEMAP_LIMIT): Promise<{ cases: SitemapEntry[] } | { parts: SitemapEntry[] }> {
    const rows = await this.database.rows<SitemapEntry & { place: number }>(FIRST_PART, [limit]);
    return rows.length > limit ? { parts: rows.filter(({ place }) => place % limit === 0) } : { cases: rows };
  }
}
