import { Injectable } from '@nestjs/common';
import { type Actor, isAdmin, userIdOf } from '../../../platform/auth/actor.js';
import { Database } from '../../../platform/database/database.js';
import { cityKey } from '../../../platform/geo/city-key.js';
import { type CursorKey, decodeCursor, type Page, toPage } from '../../../platform/http/keyset.js';
import { ValidationFailed } from '../../../platform/http/problem.js';
import type { CaseCard, SavedCaseCard } from './case-views.dto.js';
import { type CaseIntent, type CaseListQuery, type CasePageQuery, type CaseSort } from './cases-list.dto.js';

/** A card as SQL gives it; {@link toCard} nests it. */
interface CardRow extends Omit<CaseCard, 'fundraising' | 'location' | 'creator' | 'firstImageUrl' | 'firstThumbnailUrl'> {
  city: string;
  neighborhood: string;
  goal: number;
  current: number;
  currency: string;
  creatorName: string;
  creatorAvatar: string | null;
  creatorLevel: string;
  /** How urgent, for the cursor. */
  urgency: number;
}

/** $1 is the locale or null in every list. */
const CARD = `
  c.id, c.user_id AS "userId", c.type, c.category, c.language, c.title, c.description, c.story,
  coalesce(fresh.title, c.title) AS "displayTitle", coalesce(fresh.description, c.description) AS "displayDescription",
  coalesce(fresh.story, c.story) AS "displayStory", fresh.locale IS NOT NULL AS "translationAvailable", t.status AS "translationStatus",
  c.images, c.location_city AS city, c.location_neighborhood AS neighborhood, c.clinic_id AS "clinicId", c.verification_status AS "verificationStatus",
  c.fundraising_goal::float8 AS goal, c.fundraising_current::float8 AS current, c.fundraising_currency AS currency,
  c.status, c.lifecycle_stage AS "lifecycleStage", c.risk_level AS "riskLevel", rescue.urgency(c.type) AS urgency,
  c.hidden_at IS NULL AND gate.reason IS NULL AS "isDonationAllowed", gate.reason AS "donationBlockReason",
  c.likes_count AS "likesCount", c.comments_count AS "commentsCount", c.endorsements_count AS "endorsementsCount", c.updates_count AS "updatesCount",
  u.name AS "creatorName", u.avatar AS "creatorAvatar", u.verification_level AS "creatorLevel",
  c.found_at AS "foundAt", c.created_at AS "createdAt", c.hidden_at AS "hiddenAt"`;

/** `t` is the translation whatever its state, `fresh` the same when it was made from the present text. */
const JOINS = `
  JOIN identity.public_users u ON u.id = c.user_id
  LEFT JOIN rescue.case_translations t ON t.case_id = c.id AND t.locale = $1
  LEFT JOIN rescue.case_translations fresh ON fresh.case_id = c.id AND fresh.locale = $1 AND fresh.source_hash = c.source_hash,
  LATERAL (SELECT rescue.donation_block_reason(c.status, c.lifecycle_stage, c.verification_status, c.risk_level) AS reason) gate`;

const SORTS: Record<CaseSort, { columns: string; cursor: Parameters<typeof decodeCursor>[1]; keyOf: (row: CardRow) => CursorKey }> = {
  newest: { columns: 'c.created_at, c.id', cursor: ['time', 'uuid'], keyOf: (row) => [row.createdAt.toISOString(), row.id] },
  urgent: {
    columns: 'rescue.urgency(c.type), c.created_at, c.id',
    cursor: ['number', 'time', 'uuid'],
    keyOf: (row) => [row.urgency, row.createdAt.toISOString(), row.id],
  },
  most_funded: {
    columns: 'c.fundraising_current, c.created_at, c.id',
    cursor: ['number', 'time', 'uuid'],
    keyOf: (row) => [row.current, row.createdAt.toISOString(), row.id],
  },
};

/** Behaviour 2.24; what is over is of no use to who wants to help now. */
const INTENTS: Record<Exclude<CaseIntent, 'nearby'>, string> = {
  all: `c.status = 'active'`,
  urgent: `c.type IN ('critical', 'urgent') AND c.status <> 'closed'`,
  success: `(c.status = 'funded' OR c.lifecycle_stage = 'closed_success')`,
  adopt: `c.lifecycle_stage = 'seeking_adoption'`,
};

/** The conditions of one statement and the parameters they take. */
class Conditions {
  readonly parameters: unknown[] = [];
  private readonly texts: string[] = [];

  constructor(...parameters: unknown[]) {
    this.parameters.push(...parameters);
  }

  /** Adds a condition where every `?` stands for `value`; nothing when the value is absent. */
  add(text: string, value: unknown): void {
    if (value === undefined || value === null) return;
    this.texts.push(text.replaceAll('?', `$${this.parameters.push(value)}`));
  }

  /** Adds a condition without a parameter. */
  always(text: string): void {
    this.texts.push(text);
  }

  /** Continues after the row that `key` names, in descending order of `columns`. */
  after(columns: string, key: CursorKey | null): void {
    if (key) this.texts.push(`(${columns}) < (${key.map((value) => `$${this.parameters.push(value)}`).join(', ')})`);
  }

  get where(): string {
    return this.texts.join(' AND ');
  }
}

/** Lists of cases: each one statement out of a bounded number of texts, keyset pages over an index. */
@Injectable()
export class CasesListQueries {
  constructor(private readonly database: Database) {}

  /** Public cases that match every filter. */
  async list(query: CaseListQuery, viewer: Actor | null): Promise<Page<CaseCard>> {
    const conditions = new Conditions(query.locale ?? null);
    conditions.always('c.hidden_at IS NULL');
    conditions.add('c.type = ?', query.type);
    conditions.add('c.category = ?', query.category);
    conditions.add('c.status = ?', query.status);
    conditions.add('c.lifecycle_stage = ?', query.lifecycleStage);
    conditions.add('c.verification_status = ?', query.verificationStatus);
    conditions.add('(c.title ILIKE ? OR c.description ILIKE ?)', query.q ? `%${query.q.replace(/[\\%_]/g, '\\$&')}%` : undefined);
    conditions.add('c.city_key = ?', await this.wantedCity(query, viewer));
    if (query.intent === 'nearby') conditions.always(`c.status <> 'closed'`);
    else if (query.intent) conditions.always(INTENTS[query.intent]);
    return this.page(conditions, query.sort, query, !query.q);
  }

  /** Public cases of one person, newest first; the hidden ones too for themselves and admins. */
  async ofUser(userId: string, query: CasePageQuery, viewer: Actor | null): Promise<Page<CaseCard>> {
    const conditions = new Conditions(query.locale ?? null);
    conditions.add('c.user_id = ?', userId);
    if (userIdOf(viewer) !== userId && !isAdmin(viewer)) conditions.always('c.hidden_at IS NULL');
    return this.page(conditions, 'newest', query);
  }

  /** The cases that a person keeps, last kept first. */
  async savedBy(userId: string, query: CasePageQuery): Promise<Page<SavedCaseCard>> {
    const conditions = new Conditions(query.locale ?? null);
    conditions.add('s.user_id = ?', userId);
    conditions.always('c.hidden_at IS NULL');
    conditions.after('s.created_at, s.id', decodeCursor(query.cursor, ['time', 'uuid']));
    const rows = await this.database.rows<CardRow & { savedAt: Date; savedId: string }>(
      `SELECT ${CARD}, s.created_at AS "savedAt", s.id AS "savedId"
         FROM rescue.saved_cases s JOIN rescue.cases c ON c.id = s.case_id ${JOINS}
        WHERE ${conditions.where} ORDER BY s.created_at DESC, s.id DESC LIMIT $${conditions.parameters.push(query.limit + 1)}`,
      conditions.parameters,
    );
    return toPage(rows, query.limit, (row) => [row.savedAt.toISOString(), row.savedId], ({ savedId: _, savedAt, ...row }) => ({ ...toCard(row), savedAt }));
  }

  /** Whether there is or was such a person. */
  async userExists(userId: string): Promise<boolean> {
    return (await this.database.row(`SELECT 1 FROM identity.public_users WHERE id = $1`, [userId])) !== null;
  }

  private async page(conditions: Conditions, sort: CaseSort, query: CasePageQuery, prepared = true): Promise<Page<CaseCard>> {
    const { columns, cursor, keyOf } = SORTS[sort];
    conditions.after(columns, decodeCursor(query.cursor, cursor));
    const descending = columns.split(', ').map((column) => `${column} DESC`).join(', ');
    const rows = await this.database.rows<CardRow>(
      `SELECT ${CARD} FROM rescue.cases c ${JOINS} WHERE ${conditions.where} ORDER BY ${descending} LIMIT $${conditions.parameters.push(query.limit + 1)}`,
      conditions.parameters,
      { prepared },
    );
    return toPage(rows, query.limit, keyOf, toCard);
  }

  /** The key of the city asked for; `nearby` falls back to where the viewer lives. */
  private async wantedCity(query: CaseListQuery, viewer: Actor | null): Promise<string | undefined> {
    if (query.city?.trim()) return cityKey(query.city);
    if (query.intent !== 'nearby') return undefined;
    const home = viewer && (await this.database.row<{ city: string | null }>(`SELECT city FROM identity.public_users WHERE id = $1`, [userIdOf(viewer)]));
    if (home?.city) return cityKey(home.city);
    throw new ValidationFailed({ errors: [{ path: 'city', message: 'nearby needs a city: send one, or sign in and set yours' }] });
  }
}

function toCard({ city, neighborhood, goal, current, currency, creatorName, creatorAvatar, creatorLevel, urgency: _, ...row }: CardRow): CaseCard {
  return {
    ...row,
    location: { city, neighborhood },
    fundraising: { goal, current, currency },
    creator: { id: row.userId, name: creatorName, avatar: creatorAvatar, verificationLevel: creatorLevel },
    firstImageUrl: `/v1/files/${row.images[0]}`,
    firstThumbnailUrl: `/v1/files/${row.images[0]}/thumbnail`,
  };
}
