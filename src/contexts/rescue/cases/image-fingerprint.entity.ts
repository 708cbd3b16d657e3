import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { TimeColumn } from '../../../platform/database/columns.js';

/**
 * Projection. By what a picture of a case is found again in another case (spec 2.6, the `imageFingerprints` added
 * there): made by the server in the transaction that publishes or edits the case, out of the uploaded file.
 */
@Entity({ schema: 'rescue', name: 'image_fingerprints' })
@Index('ix_image_fingerprints_by_sha256', ['sha256'])
// TypeORM cannot describe the storage parameter of this index; the migration holds it.
@Index('ix_image_fingerprints_by_bucket', { synchronize: false })
@Index('ix_image_fingerprints_pending', ['createdAt'], { where: '"buckets" IS NULL' })
export class ImageFingerprint {
  @PrimaryColumn('uuid') @ForeignKey('Case') caseId: string;

  @PrimaryColumn('uuid') fileId: string;

  /** Of the bytes as uploaded, 64 hex digits. */
  @Column('text') sha256: string;

  /** 64 bits of the middle of the picture; null for a flat one, which would match every other. */
  @Column('bigint', { nullable: true }) phash: string | null;

  @Column('bigint', { nullable: true }) dhash: string | null;

  /** Keys for the search of candidates, see `bucketsOf`; null until somebody has looked at the pixels. */
  @Column('int', { array: true, nullable: true }) buckets: number[] | null;

  /** What candidates are told apart by, see `picture-likeness`. */
  @Column('bytea', { nullable: true }) details: Buffer | null;

  @TimeColumn() createdAt: Date;
}
