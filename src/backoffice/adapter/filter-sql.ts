import type { EntityProperty } from './entity.property.js';

/** Adds a parameter to the statement and answers its placeholder. */
export type Bind = (value: unknown) => string;

/** A value that a column can never hold matches nothing; it is no error. */
const NOTHING = 'FALSE';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const INTEGER = /^-?\d{1,19}$/;
const DECIMAL = /^[+-]?\d{1,30}(\.\d{1,30})?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

/** Condition for one column. `value` is text, or a range `{ from, to }` whose ends are optional. */
export function filterSql(property: EntityProperty, value: unknown, bind: Bind): string {
  if (isRange(value)) return rangeSql(property, value, bind);
  const text = String(value ?? '').trim();
  if (typeof value === 'object' || text === '' || text.includes('\0')) return NOTHING;
  return property.isArray() ? arraySql(property, text, bind) : scalarSql(property, text, bind);
}

/** Escapes what LIKE would read as a pattern. */
export const likePattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

function scalarSql(property: EntityProperty, text: string, bind: Bind): string {
  switch (property.kind) {
    case 'text':
    case 'other':
      return property.availableValues()?.includes(text)
        ? `${property.sql}::text = ${bind(text)}`
        : `${property.sql}::text ILIKE ${bind(likePattern(text))}`;
    case 'json':
      return `${property.sql}::text ILIKE ${bind(likePattern(text))}`;
    case 'uuid':
      if (UUID.test(text)) return equalsSql(property, text, bind);
      return /^[0-9a-f-]+$/i.test(text) ? `${property.sql}::text ILIKE ${bind(likePattern(text))}` : NOTHING;
    case 'timestamp':
    case 'date':
      return rangeSql(property, { from: text, to: text }, bind);
    default:
      return equalsSql(property, text, bind);
  }
}

/** Condition that a column holds exactly this value. */
export function equalsSql(property: EntityProperty, text: string, bind: Bind): string {
  if (text.includes('\0')) return NOTHING;
  switch (property.kind) {
    case 'uuid':
      return UUID.test(text) ? `${property.sql} = ${bind(text)}::uuid` : NOTHING;
    case 'integer':
      return isInteger(text) ? `${property.sql} = ${bind(text)}::bigint` : NOTHING;
    case 'decimal':
      return DECIMAL.test(text) ? `${property.sql}::numeric = ${bind(text)}::numeric` : NOTHING;
    case 'boolean':
      return text === 'true' || text === 'false' ? `${property.sql} = ${bind(text)}::boolean` : NOTHING;
    case 'timestamp':
    case 'date': {
      const time = timeOf(text);
      return time === null ? NOTHING : `${property.sql} = ${bind(isoOf(property, time))}::${castOf(property)}`;
    }
    default:
      return property.kind === 'text' ? `${property.sql} = ${bind(text)}` : `${property.sql}::text = ${bind(text)}`;
  }
}

function arraySql(property: EntityProperty, text: string, bind: Bind): string {
  // Containment is what a GIN index answers.
  if (property.kind === 'uuid' && UUID.test(text)) return `${property.sql} @> ARRAY[${bind(text)}::uuid]`;
  return `EXISTS (SELECT 1 FROM unnest(${property.sql}) AS element WHERE element::text ILIKE ${bind(likePattern(text))})`;
}

interface Range {
  from?: unknown;
  to?: unknown;
}

function isRange(value: unknown): value is Range {
  return typeof value === 'object' && value !== null && ('from' in value || 'to' in value);
}

function rangeSql(property: EntityProperty, range: Range, bind: Bind): string {
  if (property.isArray()) return NOTHING;
  const from = String(range.from ?? '').trim();
  const to = String(range.to ?? '').trim();
  const conditions: string[] = [];
  if (from !== '') conditions.push(boundSql(property, '>=', from, bind));
  if (to !== '') conditions.push(boundSql(property, '<=', to, bind));
  return conditions.length === 0 ? 'TRUE' : conditions.join(' AND ');
}

function boundSql(property: EntityProperty, operator: '>=' | '<=', text: string, bind: Bind): string {
  switch (property.kind) {
    case 'integer':
      return isInteger(text) ? `${property.sql} ${operator} ${bind(text)}::bigint` : NOTHING;
    case 'decimal':
      return DECIMAL.test(text) ? `${property.sql}::numeric ${operator} ${bind(text)}::numeric` : NOTHING;
    case 'timestamp':
    case 'date': {
      const time = timeOf(text);
      if (time === null) return NOTHING;
      // The end of a range given as a day means that whole day.
      if (property.kind === 'timestamp' && operator === '<=' && DAY.test(text)) {
        return `${property.sql} < ${bind(isoOf(property, time + DAY_MS))}::${castOf(property)}`;
      }
      return `${property.sql} ${operator} ${bind(isoOf(property, time))}::${castOf(property)}`;
    }
    default:
      return NOTHING;
  }
}

/** Whether the text is an integer of at most 64 bits; Postgres refuses longer ones. */
const isInteger = (text: string): boolean => INTEGER.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);

/** Milliseconds since the epoch, or null for what is no time within four-digit years. */
function timeOf(text: string): number | null {
  const time = Date.parse(text);
  if (Number.isNaN(time)) return null;
  const year = new Date(time).getUTCFullYear();
  return year >= 1 && year < 9999 ? time : null;
}

const castOf = (property: EntityProperty): string => (property.kind === 'date' ? 'date' : 'timestamptz');

function isoOf(property: EntityProperty, time: number): string {
  const iso = new Date(time).toISOString();
  return property.kind === 'date' ? iso.slice(0, 10) : iso;
}
