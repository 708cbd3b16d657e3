import { parse } from 'csv-parse/sync';
import type { ClassConstructor } from 'class-transformer';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import type { Tx } from '../../../platform/database/tx.js';
import { ValidationFailed } from '../../../platform/http/problem.js';
import type { ImportReport, SkippedLine } from './csv-import.dto.js';

/** Lines a file may have; larger ones come in parts, so that one import is one transaction that ends. */
export const MAX_IMPORT_LINES = 2_000;

/** A line that can be entered, with where it stood. */
export interface ImportLine<B> {
  /** Line of the file, from 1; the heading is line 1. */
  line: number;
  body: B;
}

/**
 * Reads a CSV file with a heading, one record a line: comma or semicolon, UTF-8 with or without a mark, quotes as
 * RFC 4180 has them. Lists are separated by `|` or `;` inside a field, yes and no may be `true`, `yes`, `да`, `1`.
 * @param columns every column that the file may have, and how its text becomes a value
 * @returns what can be entered, and what is skipped with the reasons
 * @throws ValidationFailed when the file as a whole cannot be read
 */
export async function readImport<B extends object>(
  text: string,
  columns: Readonly<Record<string, (text: string) => unknown>>,
  Body: ClassConstructor<B>,
): Promise<{ lines: ImportLine<B>[]; skipped: SkippedLine[] }> {
  const records = parseCsv(text);
  if (records.length > MAX_IMPORT_LINES) throw unreadable(`has more than ${MAX_IMPORT_LINES} lines; send it in parts`);
  const unknown = Object.keys(records[0]?.record ?? {}).filter((column) => !(column in columns));
  if (unknown.length > 0) throw unreadable(`has unknown columns: ${unknown.join(', ')}; known are ${Object.keys(columns).join(', ')}`);

  const lines: ImportLine<B>[] = [];
  const skipped: SkippedLine[] = [];
  for (const { record, line } of records) {
    const given = Object.entries(record).filter(([, value]) => value.trim() !== '');
    const body = plainToInstance(Body, Object.fromEntries(given.map(([column, value]) => [column, columns[column]!(value.trim())])));
    const errors = await validate(body, { whitelist: true, forbidNonWhitelisted: true });
    if (errors.length === 0) lines.push({ line, body });
    else skipped.push({ line, name: record['name']?.trim() ?? '', reason: 'invalid', detail: errors.flatMap((error) => Object.values(error.constraints ?? { error: `${error.property} is not valid` })).join('; ') });
  }
  return { lines, skipped };
}

/** The part of a phone number that its national and international spellings share. */
export const phoneKey = (phone: string): string => phone.replace(/\D/g, '').slice(-8);

/** Names as search compares them, so that the same business is found however its name is written. */
export async function foldedNames(tx: Tx, lines: readonly ImportLine<{ name: string }>[]): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(`SELECT directory.fold(name) AS name FROM unnest($1::text[]) WITH ORDINALITY AS n(name, place) ORDER BY place`, [lines.map(({ body }) => body.name)]);
  return rows.map(({ name }) => name);
}

/**
 * Tells lines of the file that repeat an earlier one from those that do not.
 * @param keys for each line, under what two are the same business
 * @param sameBy what the key is made of, for the report
 */
export function withoutRepeats<B extends { name: string }>(lines: readonly ImportLine<B>[], keys: readonly string[], sameBy: string): { fresh: ImportLine<B>[]; skipped: SkippedLine[] } {
  const first = new Map<string, number>();
  const skipped: SkippedLine[] = [];
  const fresh = lines.filter(({ line, body }, place) => {
    const before = first.get(keys[place]!);
    if (before === undefined) {
      first.set(keys[place]!, line);
      return true;
    }
    skipped.push({ line, name: body.name, reason: 'duplicate_in_file', detail: `the same ${sameBy} as line ${before}` });
    return false;
  });
  return { fresh, skipped };
}

/** The report of an import, lines in the order of the file. */
export const importReport = (dryRun: boolean, created: ImportReport['created'], skipped: SkippedLine[]): ImportReport => ({
  dryRun,
  total: created.length + skipped.length,
  created,
  skipped: skipped.toSorted((a, b) => a.line - b.line),
});

/** Readers of fields, for the columns of an import. */
export const csv = {
  text: (value: string): string => value,
  number: (value: string): number => Number(value.replace(',', '.')),
  list: (value: string): string[] => value.split(/[|;]/).map((part) => part.trim()).filter(Boolean),
  flag: (value: string): unknown => ({ true: true, yes: true, да: true, '1': true, false: false, no: false, не: false, '0': false })[value.toLowerCase()] ?? value,
};

function parseCsv(text: string): { record: Record<string, string>; line: number }[] {
  const heading = text.slice(0, text.indexOf('\n') + 1 || undefined);
  const delimiter = heading.includes(';') && !heading.includes(',') ? ';' : ',';
  try {
    const rows = parse(text, { bom: true, columns: (names: string[]) => names.map((name) => name.trim()), delimiter, info: true, skip_empty_lines: true, max_record_size: 20_000 }) as unknown as {
      record: Record<string, string>;
      info: { lines: number };
    }[];
    return rows.map(({ record, info }) => ({ record, line: info.lines }));
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : 'is not CSV');
  }
}

const unreadable = (message: string): InstanceType<typeof ValidationFailed> => new ValidationFailed({ errors: [{ path: 'body', message }] });
