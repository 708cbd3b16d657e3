import { IsOptional } from 'class-validator';
import { QueryFlag } from '../../../platform/http/query-flag.js';

/** Whether an import only tells what it would do. */
export class ImportQuery {
  /** `true` shows what would be entered and skipped, and enters nothing. */
  @IsOptional()
  @QueryFlag()
  dryRun?: boolean;
}

/** A line that was entered, or would be. */
export class ImportedLine {
  /** Line of the file, from 1; the heading is line 1. @example 2 */
  line: number;
  /** Id of the new listing; null in a preview. */
  id: string | null;
  /** Its name. @example "Good Hands Veterinary Clinic" */
  name: string;
  /** Its city. @example Sofia */
  city: string;
}

/** Why a line was skipped. */
export const SKIP_REASONS = ['invalid', 'duplicate_in_file', 'already_listed'] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** A line that was not entered. */
export class SkippedLine {
  /** Line of the file, from 1. @example 3 */
  line: number;
  /** The name that it gave. @example "Good Hands" */
  name: string;
  /** Not valid, the same business as an earlier line, or the same as one that is listed already. */
  reason: SkipReason;
  /** What is wrong, or which listing is the same. @example "phone must be longer than or equal to 3 characters" */
  detail: string;
}

/** What an import did, or would do. */
export class ImportReport {
  /** Whether this is only a preview. */
  dryRun: boolean;
  /** Lines read, without the heading. @example 120 */
  total: number;
  /** What was entered, or would be. */
  created: ImportedLine[];
  /** What was left out, and why. */
  skipped: SkippedLine[];
}
