import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { CursorInvalid } from './problem.js';

/** One page of a list. `nextCursor` is null on the last page. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export const PAGE_DEFAULT = 20;
export const PAGE_MAX = 100;

/** What a cursor may hold: the sort key of the last row and its id. */
export type CursorKey = (string | number | boolean | null)[];

/** An opaque cursor over the sort key of the last row shown. */
export const encodeCursor = (key: CursorKey): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/**
 * Opens a cursor made by {@link encodeCursor}.
 * @param shape expected type of each member, so that a cursor of another list is refused
 * @throws CursorInvalid
 */
export function decodeCursor(cursor: string | undefined, shape: ('time' | 'uuid' | 'text' | 'number' | 'boolean')[]): CursorKey | null {
  if (cursor === undefined) return null;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(key) && key.length === shape.length && key.every((value, i) => fits(value, shape[i]!))) return key as CursorKey;
  } catch {
    // answered below like any other cursor that is not ours
  }
  throw new CursorInvalid();
}

/** Cuts a result that was read with `limit + 1` rows into a page. */
export function toPage<R, T>(rows: R[], limit: number, keyOf: (row: R) => CursorKey, shape: (row: R) => T): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(shape), nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null };
}

const UUID = /^[0-9a-f-]{36}$/;

function fits(value: unknown, kind: 'time' | 'uuid' | 'text' | 'number' | 'boolean'): boolean {
  switch (kind) {
    case 'time':
      return typeof value === 'string' && value.length < 40 && !Number.isNaN(Date.parse(value));
    case 'uuid':
      return typeof value === 'string' && UUID.test(value);
    case 'text':
      return typeof value === 'string' && !value.includes('\0');
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
  }
}

/** The query parameters that every list takes. */
export class PageQuery {
  /** Rows a page; more than 100 is read as 100. */
  @ApiPropertyOptional({ type: 'integer', minimum: 1, default: PAGE_DEFAULT, description: `Rows a page; more than ${PAGE_MAX} is read as ${PAGE_MAX}` })
  @IsOptional()
  @Transform(({ value }) => Math.min(Number(value), PAGE_MAX))
  @IsInt({ message: 'limit must be a whole number of at least 1' })
  @Min(1)
  @Max(PAGE_MAX)
  limit: number = PAGE_DEFAULT;

  /** `nextCursor` of the page before; leave out for the first page. */
  @ApiPropertyOptional({ type: 'string', description: '`nextCursor` of the page before; leave out for the first page' })
  @IsOptional()
  @IsString()
  @MaxLength(2_000)
  cursor?: string;
}
