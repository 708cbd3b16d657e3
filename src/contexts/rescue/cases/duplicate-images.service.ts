import { Injectable } from '@nestjs/common';
import { In, IsNull, Not } from 'typeorm';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import type { StoredFile } from '../../../platform/files/file.entity.js';
import { FilesService } from '../../../platform/files/files.service.js';
import { compare, DHASH_DISTANCE, likenessOf, PHASH_DISTANCE, type Window, windowsOf } from '../../../platform/files/picture-likeness.js';
import type { RiskFinding } from './case-risk.service.js';
import { ImageFingerprint } from './image-fingerprint.entity.js';
import { bucketsOf, type Candidate, ImageFingerprintsQueries, toBigint } from './image-fingerprints.queries.js';

/** One picture of a case that another case has already. */
export interface DuplicateMatch {
  fileId: string;
  otherFileId: string;
  otherCaseId: string;
  /** `exact`: the uploaded bytes are equal; `near`: the picture is. */
  kind: 'exact' | 'near';
  /** Bits in which the hashes differ; 0 for an exact match. */
  phashDistance: number;
  dhashDistance: number;
}

/** Matches that go into the evidence; there may be more. */
const SHOWN = 10;

/** One key for everybody: of two cases that publish the same picture at once, the second must see the first. */
const LOCK = `SELECT pg_advisory_xact_lock(hashtextextended('rescue.image_fingerprints', 0))`;

/** Finds pictures that another case has already (behaviour 2.6). */
@Injectable()
export class DuplicateImagesService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly files: FilesService,
    private readonly queries: ImageFingerprintsQueries,
  ) {}

  /**
   * Keeps the fingerprints of a case's pictures, and looks for those that are new to it in other cases, hidden and
   * closed ones too. Cases that come at the same time wait for each other from here to their commit.
   * @param files all pictures of the case, which is inserted or locked
   * @returns null when no other case has any of them
   */
  async look(tx: Tx, caseId: string, files: readonly StoredFile[]): Promise<RiskFinding | null> {
    const before = await tx.manager.find(ImageFingerprint, { select: { fileId: true }, where: { caseId } });
    const added = files.filter(({ id }) => !before.some(({ fileId }) => fileId === id));
    await tx.manager.delete(ImageFingerprint, { caseId, fileId: Not(In(files.map(({ id }) => id))) });
    if (added.length === 0) return null;
    const wanted = added.map((file) => ({ fileId: file.id, sha256: file.sourceSha256, signature: file.signature, windows: windowsFor(file.signature) }));
    await tx.query(LOCK);
    const candidates = await this.queries.candidates(tx, caseId, wanted);
    await tx.manager.insert(ImageFingerprint, added.map((file) => this.fingerprint(caseId, file)));
    const matches = candidates.flatMap((candidate) => match(wanted[candidate.wanted]!, candidate));
    return matches.length > 0 ? findingOf(matches) : null;
  }

  /**
   * Looks at the pixels of pictures that were stored before fingerprints were kept.
   * @returns how many
   */
  async lookAtPending(limit: number): Promise<number> {
    const pending = await this.database.manager.find(ImageFingerprint, { where: { buckets: IsNull() }, order: { createdAt: 'ASC' }, take: limit });
    for (const { caseId, fileId } of pending) {
      const file = await this.files.find(fileId);
      const signature = file && (await this.files.signature(file));
      await this.database.manager.update(ImageFingerprint, { caseId, fileId }, pixels(signature));
    }
    return pending.length;
  }

  private fingerprint(caseId: string, { id: fileId, sourceSha256: sha256, signature }: StoredFile): ImageFingerprint {
    return { caseId, fileId, sha256, ...(signature ? pixels(signature) : { phash: null, dhash: null, buckets: null, details: null }), createdAt: this.clock.now() };
  }
}

/** What is kept of the pixels; a flat picture, or none, is found by its bytes alone. */
function pixels(signature: Buffer | null): Pick<ImageFingerprint, 'phash' | 'dhash' | 'buckets' | 'details'> {
  const likeness = signature && likenessOf(signature);
  if (!likeness) return { phash: null, dhash: null, buckets: [], details: null };
  return { phash: toBigint(likeness.phash), dhash: toBigint(likeness.dhash), buckets: bucketsOf(likeness), details: likeness.details };
}

const windowsFor = (signature: Buffer | null): Window[] => (signature && likenessOf(signature) ? windowsOf(signature) : []);

function match(wanted: { fileId: string; signature: Buffer | null; windows: Window[] }, { caseId, fileId, exact, phash, dhash, details }: Candidate): DuplicateMatch[] {
  const found = { fileId: wanted.fileId, otherFileId: fileId, otherCaseId: caseId };
  if (exact) return [{ ...found, kind: 'exact', phashDistance: 0, dhashDistance: 0 }];
  const distance = wanted.signature && phash && dhash && details && compare(wanted.signature, wanted.windows, { phash, dhash, details });
  return distance ? [{ ...found, kind: 'near', ...distance }] : [];
}

function findingOf(matches: DuplicateMatch[]): RiskFinding {
  const has = (kind: DuplicateMatch['kind']): boolean => matches.some((one) => one.kind === kind);
  const nearest = matches.toSorted((a, b) => a.phashDistance + a.dhashDistance - b.phashDistance - b.dhashDistance);
  return {
    rule: 'duplicate_images',
    level: 'high',
    flags: [...(has('exact') ? ['reused_images'] : []), ...(has('near') ? ['similar_images'] : [])],
    evidence: { matches: nearest.slice(0, SHOWN), total: matches.length, thresholds: { phashDistance: PHASH_DISTANCE, dhashDistance: DHASH_DISTANCE } },
    reportReason: 'duplicate_case',
  };
}
