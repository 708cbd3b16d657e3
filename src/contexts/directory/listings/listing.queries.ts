import type { Database } from '../../../platform/database/database.js';
import { cityKey } from '../../../platform/geo/city-key.js';
import { type CursorKey, decodeCursor, type Page, toPage } from '../../../platform/http/keyset.js';
import { type ListingQuery, radiusOf } from './listings.dto.js';

/** A table of businesses, as the list over it needs to know it. */
export interface ListingTable {
  table: 'directory.clinics' | 'directory.pet_services';
  /** What a listing shows, over the alias `l`. */
  columns: string;
  /** Columns of the place in degrees. */
  lat: string;
  lng: string;
  /** Boolean expression over `l`, false for what is listed first. */
  last: string;
}

/** A further condition: every `?` stands for `value`; left out when the value is absent. */
export type ListingFilter = readonly [sql: string, value: unknown];

/** What a row carries for its place in the list, beside what is shown. */
interface Place {
  id: string;
  sortLast: boolean;
  sortName: string;
  score: number;
  meters: number;
}

/** Exactly the expression of the search indexes. */
const SEARCH_TEXT = `directory.fold(l.name || ' ' || l.city || ' ' || l.address)`;
const KM_PER_DEGREE = 111.2;
/** The score of a listing that holds the words as they are; typos score below. */
const EXACT = 1_000;

/**
 * One page of businesses in one statement. Plain lists come by name; a search puts the best matches first; around a
 * place the nearest come first.
 */
export async function listingPage<V extends object>(database: Database, { table, columns, lat, lng, last }: ListingTable, query: ListingQuery, filters: readonly ListingFilter[] = []): Promise<Page<V>> {
  const parameters: unknown[] = [];
  const parameter = (value: unknown): string => `$${parameters.push(value)}`;
  const conditions: string[] = [];
  for (const [sql, value] of filters) if (value !== undefined && value !== null) conditions.push(sql.replaceAll('?', parameter(value)));
  if (query.city) conditions.push(`l.city_key = ${parameter(cityKey(query.city))}`);
  if (query.is24h !== undefined) conditions.push(`l.is24h = ${parameter(query.is24h)}`);

  let score = '0';
  if (query.q) {
    const words = `directory.fold(${parameter(query.q)})`;
    const alias = parameter(cityKey(query.q));
    conditions.push(`${words} <> ''`, `(${SEARCH_TEXT} LIKE '%' || ${words} || '%' OR ${words} <% ${SEARCH_TEXT} OR l.city_key = ${alias})`);
    score = `CASE WHEN l.city_key = ${alias} OR strpos(${SEARCH_TEXT}, ${words}) > 0 THEN ${EXACT} ELSE (word_similarity(${words}, ${SEARCH_TEXT}) * ${EXACT})::integer END`;
  }

  let meters = '0';
  if (query.lat !== undefined && query.lng !== undefined) {
    const [here, there] = [parameter(query.lat), parameter(query.lng)];
    const km = parameter(radiusOf(query));
    const { north, east } = reach(query.lat, radiusOf(query));
    conditions.push(
      `point(l.${lng}, l.${lat}) <@ box(point(${parameter(query.lng - east)}, ${parameter(query.lat - north)}), point(${parameter(query.lng + east)}, ${parameter(query.lat + north)}))`,
      `directory.distance_km(l.${lat}, l.${lng}, ${here}, ${there}) <= ${km}`,
    );
    meters = `round(directory.distance_km(l.${lat}, l.${lng}, ${here}, ${there}) * 1000)::integer`;
  }

  const order = meters !== '0' ? ORDERS.nearest : query.q ? ORDERS.best : ORDERS.name;
  const after = decodeCursor(query.cursor, order.cursor);
  const beyond = after ? `WHERE (${order.columns}) > (${after.map((value) => parameter(value)).join(', ')})` : '';
  const rows = await database.rows<V & Place>(
    `SELECT * FROM (
       SELECT ${columns}, ${last} AS "sortLast", l.name AS "sortName", -(${score}) AS score, ${meters} AS meters
         FROM ${table} l ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
     ) listing ${beyond} ORDER BY ${order.columns} LIMIT ${parameter(query.limit + 1)}`,
    parameters,
    { prepared: !query.q },
  );
  return toPage(rows, query.limit, order.keyOf, ({ sortLast: _last, sortName: _name, score: _score, meters: away, ...shown }) => ({ ...shown, distanceKm: meters === '0' ? null : Math.round(away / 100) / 10 }) as unknown as V);
}

const ORDERS = {
  name: { columns: '"sortLast", "sortName", id', cursor: ['boolean', 'text', 'uuid'], keyOf: (row: Place): CursorKey => [row.sortLast, row.sortName, row.id] },
  best: { columns: 'score, "sortLast", "sortName", id', cursor: ['number', 'boolean', 'text', 'uuid'], keyOf: (row: Place): CursorKey => [row.score, row.sortLast, row.sortName, row.id] },
  nearest: { columns: 'meters, id', cursor: ['number', 'uuid'], keyOf: (row: Place): CursorKey => [row.meters, row.id] },
} satisfies Record<string, { columns: string; cursor: Parameters<typeof decodeCursor>[1]; keyOf: (row: Place) => CursorKey }>;

/** Half the sides of a box in degrees that holds a circle; towards the poles a degree of longitude shrinks to nothing. */
function reach(lat: number, km: number): { north: number; east: number } {
  const north = km / KM_PER_DEGREE;
  const shrink = Math.cos((Math.min(89.9, Math.abs(lat) + north) * Math.PI) / 180);
  return { north, east: Math.min(360, north / shrink) };
}
