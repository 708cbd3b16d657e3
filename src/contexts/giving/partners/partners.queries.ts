import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { decodeCursor, toPage } from '../../../platform/http/keyset.js';
import type { Partner } from './partner.entity.js';
import type { AdminPartnerView, PartnerListQuery, PartnerPage, PartnerStats, PartnerView } from './partners.dto.js';
import { PartnerNotFound } from './partners.errors.js';

const COLUMNS = `id, name, logo, type, contribution, description, website, since, animals_helped AS "animalsHelped",
  total_contributed::float8 AS "totalContributed", currency, featured, created_at AS "createdAt", version`;

/** Reads of partners; only active ones are shown and counted. */
@Injectable()
export class PartnersQueries {
  constructor(private readonly database: Database) {}

  /** @throws PartnerNotFound */
  async get(id: string): Promise<PartnerView> {
    const partner = await this.database.row<PartnerView>(`SELECT ${COLUMNS} FROM giving.partners WHERE id = $1 AND active`, [id]);
    if (!partner) throw new PartnerNotFound();
    return partner;
  }

  async list(query: PartnerListQuery): Promise<PartnerPage> {
    const after = decodeCursor(query.cursor, ['boolean', 'text', 'uuid']);
    const rows = await this.database.rows<PartnerView>(
      `SELECT ${COLUMNS} FROM giving.partners
        WHERE active AND ($1::text IS NULL OR type = $1) AND ($2::boolean IS NULL OR featured = $2)
          AND ($3::boolean IS NULL OR (NOT featured, name, id) > (NOT $3, $4::text, $5::uuid))
        ORDER BY NOT featured, name, id LIMIT $6`,
      [query.type ?? null, query.featured ?? null, after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null, query.limit + 1],
    );
    return toPage(rows, query.limit, ({ featured, name, id }) => [featured, name, id], (partner) => partner);
  }

  async stats(): Promise<PartnerStats> {
    const stats = await this.database.row<PartnerStats>(
      `SELECT count(*)::integer AS partners, coalesce(sum(animals_helped), 0)::float8 AS "animalsHelped",
              coalesce(sum(total_contributed), 0)::float8 AS "totalContributed", 'EUR' AS currency
         FROM giving.partners WHERE active`,
    );
    return stats!;
  }
}

/** A partner as staff see it after a change. */
export const adminPartnerView = ({ updatedAt: _, ...partner }: Partner): AdminPartnerView => partner;
