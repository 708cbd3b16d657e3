import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { decodeCursor, type Page, toPage } from '../../../platform/http/keyset.js';
import { isCurrency } from '../../../platform/money/money.js';
import { Campaign, type CampaignStatus, type CampaignType, type InitiativeCategory } from './campaign.entity.js';
import type { CampaignListQuery, CampaignView } from './campaigns.dto.js';

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
  case_ids: string[];
  created_at: Date;
  completed_at: Date | null;
}

/** At most this many are shown as featured; the home page takes the first three. */
const FEATURED_LIMIT = 20;

const COLUMNS = `
  c.id, c.title, c.description, c.image, c.campaign_type, c.initiative_key, c.initiative_category, c.featured_initiative, c.goal, c.current,
  c.unit, c.end_date::text AS end_date, c.status, c.creator_id, c.created_at, c.completed_at,
  ARRAY(SELECT p.id FROM giving.campaign_cases cc JOIN rescue.public_cases p ON p.id = cc.case_id WHERE cc.campaign_id = c.id ORDER BY cc.added_at, p.id) AS case_ids`;

/** Reads of campaigns. Cancelled ones are nobody's business but staff's. */
@Injectable()
export class CampaignsQueries {
  constructor(private readonly database: Database) {}

  async list(query: CampaignListQuery): Promise<Page<CampaignView>> {
    const after = decodeCursor(query.cursor, ['time', 'uuid']);
    const rows = await this.database.rows<Row>(
      `SELECT ${COLUMNS} FROM giving.campaigns c
        WHERE c.status <> 'cancelled' AND ($1::text IS NULL OR c.status = $1) AND ($2::text IS NULL OR c.campaign_type = $2)
          AND ($3::timestamptz IS NULL OR (c.created_at, c.id) < ($3, $4::uuid))
        ORDER BY c.created_at DESC, c.id DESC LIMIT $5`,
      [query.status ?? null, query.campaignType ?? null, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
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

  /** Null when there is none or it was cancelled. */
  async find(id: string): Promise<CampaignView | null> {
    const row = await this.database.row<Row>(`SELECT ${COLUMNS} FROM giving.campaigns c WHERE c.id = $1 AND c.status <> 'cancelled'`, [id]);
    return row && view(row);
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
    endDate: row.end_date,
    status: row.status,
    creatorId: row.creator_id,
    caseIds: row.case_ids,
    createdAt: row.created_at.toISOString(),
    completedAt: row.completed_at?.toISOString() ?? null,
  };
}
