import { Injectable } from '@nestjs/common';
import { type Actor, isAdmin } from '../../../platform/auth/actor.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { decodeCursor, type Page, toPage } from '../../../platform/http/keyset.js';
import { isCurrency } from '../../../platform/money/money.js';
import { Campaign, type CampaignStatus, type CampaignType, type InitiativeCategory } from './campaign.entity.js';
import { CampaignNotFound } from './campaigns.errors.js';
import type { CampaignCreator, CampaignListQuery, CampaignView } from './campaigns.dto.js';

/** A campaign as somebody who wants to give to it needs it. */
export interface CampaignTarget {
  id: string;
  title: string;
  status: CampaignStatus;
  /** Null when it counts something that is not money. */
  currency: string | null;
}

interface Row {
  id: string;
  title: string;
  description: string;
  image: string | null;
  campaign_type: CampaignType;
  initiative_key: string | null;
  initiative_category: InitiativeCategory | null;
  featured_initiative: boolean;
  goal: string;
  current: string;
  unit: string;
  end_date: string | null;
  status: CampaignStatus;
  creator_id: string | null;
  creator: CampaignCreator | null;
  case_ids: string[];
  created_at: Date;
  completed_at: Date | null;
  version: number;
}

/** Initiatives never crowd out rescue (behaviour 2.10). */
const FEATURED_LIMIT = 3;
/** Campaigns that one run of the schedule ends. */
const ENDED_BATCH = 500;

const COLUMNS = `
  c.id, c.title, c.description, c.image, c.campaign_type, c.initiative_key, c.initiative_category, c.featured_initiative, c.goal, c.current,
  c.unit, c.end_date::text AS end_date, c.status, c.creator_id, c.created_at, c.completed_at, c.version,
  (SELECT json_build_object('id', u.id, 'name', u.name, 'avatar', u.avatar) FROM identity.public_users u WHERE u.id = c.creator_id) AS creator,
  ARRAY(SELECT p.id FROM giving.campaign_cases cc JOIN rescue.public_cases p ON p.id = cc.case_id WHERE cc.campaign_id = c.id ORDER BY cc.added_at, p.id) AS case_ids`;

/** Reads of campaigns. Cancelled ones are there for admins only. */
@Injectable()
export class CampaignsQueries {
  constructor(private readonly database: Database) {}

  async list(query: CampaignListQuery, viewer: Actor | null): Promise<Page<CampaignView>> {
    const after = decodeCursor(query.cursor, ['time', 'uuid']);
    const rows = await this.database.rows<Row>(
      `SELECT ${COLUMNS} FROM giving.campaigns c
        WHERE (c.status <> 'cancelled' OR $6::boolean) AND ($1::text IS NULL OR c.status = $1) AND ($2::text IS NULL OR c.campaign_type = $2)
          AND ($3::timestamptz IS NULL OR (c.created_at, c.id) < ($3, $4::uuid))
        ORDER BY c.created_at DESC, c.id DESC LIMIT $5`,
      [query.status ?? null, query.campaignType ?? null, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1, isAdmin(viewer)],
    );
    return toPage(rows, query.limit, (row) => [row.created_at.toISOString(), row.id], view);
  }

  async featured(): Promise<CampaignView[]> {
    const rows = await this.database.rows<Row>(
      `SELECT ${COLUMNS} FROM giving.campaigns c WHERE c.status = 'active' AND c.campaign_type = 'initiative'
        ORDER BY c.featured_initiative DESC, c.created_at DESC, c.id DESC LIMIT ${FEATURED_LIMIT}`,
    );
    return rows.map(view);
  }

  /** @throws CampaignNotFound also for a cancelled one, unless an admin asks */
  async get(id: string, viewer: Actor | null): Promise<CampaignView> {
    const row = await this.database.row<Row>(`SELECT ${COLUMNS} FROM giving.campaigns c WHERE c.id = $1 AND (c.status <> 'cancelled' OR $2::boolean)`, [id, isAdmin(viewer)]);
    if (!row) throw new CampaignNotFound();
    return view(row);
  }

  /** The campaign as its change left it, whoever made that. */
  async changed(tx: Tx, id: string): Promise<CampaignView> {
    const [row] = await tx.query<Row>(`SELECT ${COLUMNS} FROM giving.campaigns c WHERE c.id = $1`, [id]);
    return view(row!);
  }

  /** Ids of active campaigns whose last day was before `today`, an ISO date. */
  async ended(today: string): Promise<string[]> {
    const rows = await this.database.rows<{ id: string }>(`SELECT id FROM giving.campaigns WHERE status = 'active' AND end_date < $1::date ORDER BY end_date LIMIT ${ENDED_BATCH}`, [today]);
    return rows.map(({ id }) => id);
  }

  /**
   * Marks the active rescue campaigns of a case none of whose cases is open any more, each once.
   * @returns those with a creator who can still be told
   */
  async markCasesClosed(tx: Tx, caseId: string, now: Date): Promise<{ campaignId: string; title: string; creatorId: string }[]> {
    return tx.query(
      `WITH marked AS (
         UPDATE giving.campaigns c SET cases_closed_at = $2
          WHERE c.status = 'active' AND c.campaign_type = 'rescue' AND c.cases_closed_at IS NULL
            AND EXISTS (SELECT FROM giving.campaign_cases cc WHERE cc.campaign_id = c.id AND cc.case_id = $1)
            AND NOT EXISTS (SELECT FROM giving.campaign_cases cc JOIN rescue.public_cases p ON p.id = cc.case_id WHERE cc.campaign_id = c.id AND p.status <> 'closed')
         RETURNING c.id, c.title, c.creator_id)
       SELECT m.id AS "campaignId", m.title, m.creator_id AS "creatorId" FROM marked m JOIN identity.public_users u ON u.id = m.creator_id AND NOT u.erased`,
      [caseId, now],
    );
  }

  /** Ids of every case that a campaign is for, hidden ones too. */
  async linkedCases(tx: Tx, campaignId: string): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(`SELECT case_id AS id FROM giving.campaign_cases WHERE campaign_id = $1`, [campaignId]);
    return rows.map(({ id }) => id);
  }

  async linkCases(tx: Tx, campaignId: string, caseIds: string[], now: Date): Promise<void> {
    await tx.query(`INSERT INTO giving.campaign_cases (campaign_id, case_id, added_at) SELECT $1, id, $3 FROM unnest($2::uuid[]) AS c(id)`, [campaignId, caseIds, now]);
  }

  /** Takes out the shown cases that are not among `kept`. Who edits does not see hidden ones, so those stay. */
  async unlinkCases(tx: Tx, campaignId: string, kept: string[]): Promise<void> {
    await tx.query(`DELETE FROM giving.campaign_cases WHERE campaign_id = $1 AND case_id <> ALL ($2::uuid[]) AND case_id IN (SELECT id FROM rescue.public_cases)`, [campaignId, kept]);
  }

  async lockTarget(tx: Tx, id: string): Promise<CampaignTarget | null> {
    return tx.manager.findOne(Campaign, { where: { id }, lock: { mode: 'pessimistic_read' } });
  }

  async target(tx: Tx, id: string): Promise<CampaignTarget | null> {
    return tx.manager.findOne(Campaign, { where: { id } });
  }
}

function view(row: Row): CampaignView {
  const [goal, current] = [Number(row.goal), Number(row.current)];
  return {
    id: row.id,
    title: row.title,
    description: row.description,
    image: row.image,
    campaignType: row.campaign_type,
    initiativeKey: row.initiative_key,
    initiativeCategory: row.initiative_category,
    featuredInitiative: row.featured_initiative,
    goal,
    current,
    unit: row.unit,
    currency: isCurrency(row.unit) ? row.unit : null,
    progressPercent: Math.round((current / goal) * 10_000) / 100,
    surplus: Math.max(0, current - goal),
    endDate: row.end_date,
    status: row.status,
    creatorId: row.creator_id,
    creator: row.creator,
    caseIds: row.case_ids,
    createdAt: row.created_at.toISOString(),
    completedAt: row.completed_at?.toISOString() ?? null,
    version: row.version,
  };
}
