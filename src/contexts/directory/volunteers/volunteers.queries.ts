import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { cityKey } from '../../../platform/geo/city-key.js';
import { type CursorKey, decodeCursor, type Page, type PageQuery, toPage } from '../../../platform/http/keyset.js';
import { type VolunteerQuery, type VolunteerSort, type VolunteerView } from './volunteers.dto.js';
import { VolunteerNotFound } from './volunteers.errors.js';

const VIEW = `v.id, v.user_id AS "userId", u.name, u.avatar, u.role, nullif(v.location, '') AS city, nullif(v.location, '') AS location,
  u.capabilities, u.availability, v.bio, v.rating, v.member_since AS "memberSince", v.is_top_volunteer AS "isTopVolunteer",
  ARRAY(SELECT a.type FROM engagement.public_achievements a WHERE a.user_id = v.user_id ORDER BY a.unlocked_at, a.type) AS badges,
  json_build_object('animalsHelped', v.stats_animals_helped, 'adoptions', v.stats_adoptions, 'campaigns', v.stats_campaigns,
    'donationsReceived', v.stats_donations_received, 'hoursVolunteered', round(v.stats_hours_volunteered::numeric, 2)::double precision) AS stats,
  v.created_at AS "createdAt"`;
const FROM = `directory.volunteers v JOIN identity.public_volunteers u ON u.user_id = v.user_id`;

const SORTS: Record<VolunteerSort, { columns: string; cursor: Parameters<typeof decodeCursor>[1]; keyOf: (row: VolunteerView) => CursorKey }> = {
  animalsHelped: {
    columns: 'v.stats_animals_helped, v.created_at, v.id',
    cursor: ['number', 'time', 'uuid'],
    keyOf: (row) => [row.stats.animalsHelped, row.createdAt.toISOString(), row.id],
  },
  rating: { columns: 'coalesce(v.rating, 0), v.created_at, v.id', cursor: ['number', 'time', 'uuid'], keyOf: (row) => [row.rating ?? 0, row.createdAt.toISOString(), row.id] },
  newest: { columns: 'v.created_at, v.id', cursor: ['time', 'uuid'], keyOf: (row) => [row.createdAt.toISOString(), row.id] },
};

/** Who could drive an animal. */
export interface TransportNeed {
  cityKey: string;
  /** People who are not asked: whose case it is, and who asks. */
  except: readonly string[];
}

/** Free, able to drive, and in that city; `$1` is the city's key and `$2` who is not asked. */
const COULD_DRIVE = `u.availability = 'available' AND 'transport' = ANY (u.capabilities) AND v.city_key = $1 AND v.city_key <> '' AND v.user_id <> ALL ($2::uuid[])`;

/** Reads of the volunteer directory. */
@Injectable()
export class VolunteersQueries {
  constructor(private readonly database: Database) {}

  /** @throws VolunteerNotFound also for who is erased */
  async get(id: string): Promise<VolunteerView> {
    return found(await this.database.row<VolunteerView>(`SELECT ${VIEW} FROM ${FROM} WHERE v.id = $1`, [id]));
  }

  /** @throws VolunteerNotFound for who has no profile */
  async ofUser(userId: string): Promise<VolunteerView> {
    return found(await this.database.row<VolunteerView>(`SELECT ${VIEW} FROM ${FROM} WHERE v.user_id = $1`, [userId]));
  }

  /** Volunteers who match every filter. */
  list(query: VolunteerQuery): Promise<Page<VolunteerView>> {
    const parameters: unknown[] = [];
    const conditions = [`u.availability IN ('available', 'busy')`];
    const add = (sql: string, value: unknown): void => {
      if (value !== undefined && value !== null) conditions.push(sql.replace('?', `$${parameters.push(value)}`));
    };
    add('v.city_key = ?', query.city ? cityKey(query.city) : undefined);
    add('? = ANY (u.capabilities)', query.capability);
    add('u.availability = ?', query.availability);
    add('v.is_top_volunteer = ?', query.top);
    return this.page(conditions, parameters, query.sort, query);
  }

  /** Who could drive an animal, most animals helped first. */
  transportPage({ cityKey: key, except }: TransportNeed, query: PageQuery): Promise<Page<VolunteerView>> {
    return this.page([COULD_DRIVE], [key, except], 'animalsHelped', query);
  }

  /** All who could drive an animal. */
  transportMatches(tx: Tx, { cityKey: key, except }: TransportNeed): Promise<{ id: string; userId: string }[]> {
    return tx.query(`SELECT v.id, v.user_id AS "userId" FROM ${FROM} WHERE ${COULD_DRIVE} ORDER BY v.stats_animals_helped DESC, v.id`, [key, except]);
  }

  /** Counts a completed donation to a case, or to a person, for the volunteer whose it is. */
  async countDonation(tx: Tx, { caseId, targetUserId }: { caseId: string | null; targetUserId: string | null }): Promise<void> {
    await tx.query(
      `UPDATE directory.volunteers SET stats_donations_received = stats_donations_received + 1
        WHERE user_id = coalesce((SELECT user_id FROM rescue.public_cases WHERE id = $1), $2::uuid)`,
      [caseId, targetUserId],
    );
  }

  /** Whether the public sees such a case. */
  async caseExists(tx: Tx, id: string): Promise<boolean> {
    return (await tx.query(`SELECT 1 FROM rescue.public_cases WHERE id = $1`, [id])).length > 0;
  }

  /** The city that the account names now. */
  async cityOf(tx: Tx, userId: string): Promise<string | null> {
    return (await tx.query<{ city: string | null }>(`SELECT city FROM identity.public_volunteers WHERE user_id = $1`, [userId]))[0]?.city ?? null;
  }

  private async page(conditions: string[], parameters: unknown[], sort: VolunteerSort, { cursor, limit }: PageQuery): Promise<Page<VolunteerView>> {
    const { columns, cursor: shape, keyOf } = SORTS[sort];
    const after = decodeCursor(cursor, shape);
    if (after) conditions.push(`(${columns}) < (${after.map((value) => `$${parameters.push(value)}`).join(', ')})`);
    const descending = columns.replaceAll(', v.', ' DESC, v.');
    const rows = await this.database.rows<VolunteerView>(
      `SELECT ${VIEW} FROM ${FROM} WHERE ${conditions.join(' AND ')} ORDER BY ${descending} DESC LIMIT $${parameters.push(limit + 1)}`,
      parameters,
    );
    return toPage(rows, limit, keyOf, (row) => row);
  }
}

function found(row: VolunteerView | null): VolunteerView {
  if (!row) throw new VolunteerNotFound();
  return row;
}
