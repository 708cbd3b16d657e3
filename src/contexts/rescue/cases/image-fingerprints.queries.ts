import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { hammingDistance } from '../../../platform/files/perceptual-hash.js';
import { DHASH_DISTANCE, type Hashes, PHASH_DISTANCE } from '../../../platform/files/picture-likeness.js';

/** A picture to be looked for: every hash that a copy, or the original, of it may have. */
export interface Wanted {
  sha256: string;
  windows: readonly Hashes[];
}

/** A picture of another case that may be the same. */
export interface Candidate {
  /** Place in the list of those wanted. */
  wanted: number;
  caseId: string;
  fileId: string;
  /** The uploaded bytes are equal. */
  exact: boolean;
  /** 16 hex digits; both null for an exact match of a flat picture. */
  phash: string | null;
  dhash: string | null;
  details: Buffer | null;
}

interface Row extends Omit<Candidate, 'phash' | 'dhash'> {
  phash: string | null;
  dhash: string | null;
}

/** Most candidates that one picture is compared with, nearest first. */
const MOST = 100;

/**
 * $1 the pictures wanted, as JSON; $2 the case that they belong to. Hashes of the windows share a bucket with what
 * is near, or nearly always: docs/duplicates.md has the numbers. What is further from one window than all of them
 * reach is out without a look at the others. Exact matches come by their own index.
 */
export const FIND_CANDIDATES = `
  WITH wanted AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS w(place int, sha256 text, buckets int[], middle bigint, reach int, phashes bigint[], dhashes bigint[]))
  SELECT w.place AS wanted, f.case_id AS "caseId", f.file_id AS "fileId", true AS exact, f.phash, f.dhash, f.details
    FROM wanted w, LATERAL (SELECT * FROM rescue.image_fingerprints WHERE sha256 = w.sha256 AND case_id <> $2 ORDER BY created_at DESC LIMIT ${MOST}) f
  UNION ALL
  SELECT w.place, n.case_id, n.file_id, false, n.phash, n.dhash, n.details
    FROM wanted w, LATERAL (
      SELECT f.*, near.bits
        FROM rescue.image_fingerprints f, LATERAL (
          SELECT min(bit_count((f.phash # h.phash)::bit(64)) + bit_count((f.dhash # h.dhash)::bit(64))) AS bits
            FROM unnest(w.phashes, w.dhashes) AS h(phash, dhash)
           WHERE bit_count((f.phash # h.phash)::bit(64)) <= ${PHASH_DISTANCE} AND bit_count((f.dhash # h.dhash)::bit(64)) <= ${DHASH_DISTANCE}) near
       WHERE f.buckets && w.buckets AND bit_count((f.phash # w.middle)::bit(64)) <= w.reach AND f.case_id <> $2 AND f.sha256 <> w.sha256 AND near.bits IS NOT NULL
       ORDER BY near.bits LIMIT ${MOST}) n`;

/** The search for pictures that are in other cases already. */
@Injectable()
export class ImageFingerprintsQueries {
  /** Everything that may be one of the pictures wanted, for all of them in one round trip. */
  async candidates(tx: Tx, caseId: string, wanted: readonly Wanted[]): Promise<Candidate[]> {
    const rows = await tx.query<Row>(FIND_CANDIDATES, searchParameters(caseId, wanted));
    return rows.map((row) => ({ ...row, phash: row.phash && fromBigint(row.phash), dhash: row.dhash && fromBigint(row.dhash) }));
  }
}

export const searchParameters = (caseId: string, wanted: readonly Wanted[]): [string, string] => [JSON.stringify(wanted.map(forSearch)), caseId];

function forSearch({ sha256, windows }: Wanted, place: number): object {
  const buckets = [...new Set(windows.flatMap(bucketsOf))];
  const [middle] = windows;
  const reach = middle && PHASH_DISTANCE + Math.max(...windows.map(({ phash }) => hammingDistance(phash, middle.phash)));
  const hashes = { phashes: windows.map(({ phash }) => toBigint(phash)), dhashes: windows.map(({ dhash }) => toBigint(dhash)) };
  return { place, sha256, buckets, middle: middle && toBigint(middle.phash), reach, ...hashes };
}

/**
 * The four 16-bit parts of each hash, told apart by the bits above. A part of the difference hash without any bit
 * is left out: a plain piece of ground has none, and too many pictures have such a piece.
 */
export function bucketsOf({ phash, dhash }: Hashes): number[] {
  const keys = (hash: string, first: number): number[] => [0, 1, 2, 3].map((part) => ((first + part) << 16) | parseInt(hash.slice(4 * part, 4 * part + 4), 16));
  return [...keys(phash, 0), ...keys(dhash, 4).filter((key) => (key & 0xffff) !== 0)];
}

/** 64 bits as Postgres keeps them, in decimal digits. */
export const toBigint = (hash: string): string => BigInt.asIntN(64, BigInt(`0x${hash}`)).toString();

const fromBigint = (value: string): string => BigInt.asUintN(64, BigInt(value)).toString(16).padStart(16, '0');
