import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, RefColumn, TimeColumn } from '../database/columns.js';

export const FILE_VISIBILITIES = ['public', 'signed'] as const;
/** `public`: anyone who knows the id may read it. `signed`: only its owner and staff. */
export type FileVisibility = (typeof FILE_VISIBILITIES)[number];

/**
 * Aggregate root. One uploaded picture, re-encoded, with its thumbnail (spec 2.26, the `uploads` added
 * there). Contents live in the file storage under the two keys; the row says what they are and whose.
 *
 * Life of a row: inserted, then `storedAt` once both objects are safe, then `attachedAt` in the
 * transaction of the first thing that refers to it. What is not attached within 24 hours is an orphan.
 */
@Entity({ schema: 'platform', name: 'files' })
@Index('ix_files_owner', ['ownerId'])
@Index('ix_files_orphans', ['createdAt'], { where: '"attached_at" IS NULL' })
export class StoredFile {
  @IdColumn()
  id: string;

  /** The user who uploaded it; nobody else may attach it. */
  @RefColumn()
  @ForeignKey('User')
  ownerId: string;

  /** What it was uploaded for, as the referring module names it: `case_image`, `update_image`, ... */
  @Column('text', { default: 'image' })
  purpose: string;

  @ClosedSetColumn('files', FILE_VISIBILITIES, { default: 'public' })
  visibility: FileVisibility;

  /** Of the stored picture: `image/jpeg`, `image/png` or `image/webp`. The thumbnail is always WebP. */
  @Column('text')
  contentType: string;

  /** Bytes of the stored picture. */
  @Column('int')
  size: number;

  /** Pixels. */
  @Column('int')
  width: number;

  /** Pixels. */
  @Column('int')
  height: number;

  /** SHA-256 of the stored bytes, 64 hex digits; serves as the strong ETag. */
  @Column('text')
  sha256: string;

  /** SHA-256 of the bytes as uploaded: finds the same file sent twice, whatever re-encoding did. */
  @Column('text')
  sourceSha256: string;

  /** Perceptual hash of the server's own making, 16 hex digits (decision 9). */
  @Column('text')
  phash: string;

  /** Difference hash, 16 hex digits. */
  @Column('text')
  dhash: string;

  /** The picture in few pixels, by which copies of it are found; null where it was stored before these were kept. */
  @Column('bytea', { nullable: true })
  signature: Buffer | null;

  @Column('text')
  storageKey: string;

  @Column('text')
  thumbnailKey: string;

  @TimeColumn()
  createdAt: Date;

  /** When both objects were safely in the storage; null while uploading, or after a crash in between. */
  @TimeColumn({ nullable: true })
  storedAt: Date | null;

  /** When something first referred to it. */
  @TimeColumn({ nullable: true })
  attachedAt: Date | null;

  /** When its removal was decided; from then on it can neither be read nor attached. */
  @TimeColumn({ nullable: true })
  deletedAt: Date | null;
}
