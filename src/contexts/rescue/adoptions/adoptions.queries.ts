import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { cityKey } from '../../../platform/geo/city-key.js';
import { decodeCursor, type Page, type PageQuery, toPage } from '../../../platform/http/keyset.js';
import type { AdoptionQuery, AdoptionView, InterestView } from './adoptions.dto.js';
import { AdoptionNotFound } from './adoptions.errors.js';
import { maySeeRemoved } from './adoptions.policy.js';

const VIEW = `a.id, a.user_id AS "userId", json_build_object('id', u.id, 'name', u.name, 'avatar', u.avatar) AS lister,
  a.animal_type AS "animalType", a.name, a.age, a.description, a.images,
  ARRAY(SELECT '/v1/files/' || image FROM unnest(a.images) WITH ORDINALITY AS i(image, place) ORDER BY place) AS "imageUrls",
  json_build_object('city', a.location_city, 'neighborhood', a.location_neighborhood) AS location,
  a.vaccinated, a.neutered, a.status, a.case_id AS "caseId",
  (SELECT count(*)::integer FROM rescue.adoption_interests i WHERE i.adoption_id = a.id) AS "interestCount",
  a.adopted_at AS "adoptedAt", a.created_at AS "createdAt", a.updated_at AS "updatedAt", a.deleted_at AS "deletedAt", a.version`;
const FROM = `rescue.adoptions a JOIN identity.public_users u ON u.id = a.user_id`;

/** Reads of the animals that look for a home. */
@Injectable()
export class AdoptionsQueries {
  constructor(private readonly database: Database) {}

  /** @throws AdoptionNotFound also for a removed one, unless an admin asks */
  async get(id: string, viewer: Actor | null): Promise<AdoptionView> {
    const row = await this.database.row<AdoptionView>(`SELECT ${VIEW} FROM ${FROM} WHERE a.id = $1 AND (a.deleted_at IS NULL OR $2::boolean)`, [id, maySeeRemoved(viewer)]);
    if (!row) throw new AdoptionNotFound();
    return row;
  }

  /** Listings of one status that match every filter, newest first. */
  list({ animalType, city, status, ...query }: AdoptionQuery): Promise<Page<AdoptionView>> {
    const filters: [string, unknown][] = [['a.status = ?', status]];
    if (animalType) filters.push(['a.animal_type = ?', animalType]);
    if (city) filters.push(['a.city_key = ?', cityKey(city)]);
    return this.page(filters, query);
  }

  /** What a person lists, whatever the status, newest first. */
  ofUser(userId: string, query: PageQuery): Promise<Page<AdoptionView>> {
    return this.page([['a.user_id = ?', userId]], query);
  }

  /** The person's interest in a listing. */
  async interest(tx: Tx, adoptionId: string, userId: string): Promise<InterestView> {
    const [row] = await tx.query<{ count: number; own: boolean }>(
      `SELECT count(*)::integer AS count, coalesce(bool_or(user_id = $2), false) AS own FROM rescue.adoption_interests WHERE adoption_id = $1`,
      [adoptionId, userId],
    );
    return { adoptionId, interested: row!.own, interestCount: row!.count };
  }

  /** The public stage of a person's own case; null for one that is not theirs or not shown. */
  async ownCaseStage(tx: Tx, caseId: string, userId: string): Promise<string | null> {
    return (await tx.query<{ stage: string }>(`SELECT lifecycle_stage AS stage FROM rescue.public_cases WHERE id = $1 AND user_id = $2`, [caseId, userId]))[0]?.stage ?? null;
  }

  /** Removes what a person lists, empties it, and forgets in what they were interested. */
  async forget(tx: Tx, userId: string, now: Date, emptied: string): Promise<void> {
    await tx.query(
      `UPDATE rescue.adoptions SET name = $3, age = '', description = '', images = '{}', location_neighborhood = '', case_id = NULL,
              deleted_at = coalesce(deleted_at, $2), updated_at = $2, version = version + 1 WHERE user_id = $1`,
      [userId, now, emptied],
    );
    await tx.query(`DELETE FROM rescue.adoption_interests WHERE user_id = $1`, [userId]);
  }

  private async page(filters: [string, unknown][], { cursor, limit }: PageQuery): Promise<Page<AdoptionView>> {
    const parameters: unknown[] = [];
    const conditions = ['a.deleted_at IS NULL', ...filters.map(([sql, value]) => sql.replace('?', `$${parameters.push(value)}`))];
    const after = decodeCursor(cursor, ['time', 'uuid']);
    if (after) conditions.push(`(a.created_at, a.id) < ($${parameters.push(after[0])}, $${parameters.push(after[1])})`);
    const rows = await this.database.rows<AdoptionView>(
      `SELECT ${VIEW} FROM ${FROM} WHERE ${conditions.join(' AND ')} ORDER BY a.created_at DESC, a.id DESC LIMIT $${parameters.push(limit + 1)}`,
      parameters,
    );
    return toPage(rows, limit, (row) => [row.createdAt.toISOString(), row.id], (row) => row);
  }
}
