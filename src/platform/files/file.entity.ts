import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** `public`: anyone who knows the id may read it. `signed`: only through a link that the server signed. */
export type FileVisibility = 'public' | 'signed';

/**
 * Aggregate root: one uploaded picture, re-encoded, with its thumbnail (spec 2.26, the `uploads` added
 * there). Contents live in the file storage under the two keys; the row says what they are and whose.
 *
 * Life of a row: inserted, then `storedAt` once both objects are safe, then `attachedAt` in the
 * transaction of the first thing that refers to it. What is not attached within 24 hours is an orphan.
 */
@Entity({ schema: 'platform', name: 'files' })
@Index('ix_files_owner', ['ownerId'])
@Index('ix_files_orphans', ['createdAt'], { where: '"attached_at" IS NULL' })
export class StoredFile {
  @PrimaryColumn('uuid')
  id: string;

  /** The user who uploaded it; nobody else may attach it. */
  @Column('uuid', { name: 'owner_id' })
  ownerId: string;

  /** What it was uploaded for, as the referring module names it: `case_image`, `update_image`, ... */
  @Column('text', { default: 'image' })
  purpose: string;

  @Column('text', { default: 'public' })
  visibility: FileVisibility;

  /** Of the stored picture: `image/jpeg`, `image/png` or `image/webp`. The thumbnail is always WebP. */
  @Column('text', { name: 'content_type' })
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
  @Column('text', { name: 'source_sha256' })
  sourceSha256: string;

  /** Perceptual hash of the server's own making, 16 hex digits (decision 9). */
  @Column('text')
  phash: string;

  /** Difference hash, 16 hex digits. */
  @Column('text')
  dhash: string;

  @Column('text', { name: 'storage_key' })
  storageKey: string;

  @Column('text', { name: 'thumbnail_key' })
  thumbnailKey: string;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;

  /** When both objects were safely in the storage; null while uploading, or after a crash in between. */
  @Column({ type: 'timestamptz', name: 'stored_at', precision: 3, nullable: true })
  storedAt: Date | null;

  /** When something first referred to it. */
  @Column({ type: 'timestamptz', name: 'attached_at', precision: 3, nullable: true })
  attachedAt: Date | null;

  /** When its removal was decided; from then on it can neither be read nor attached. */
  @Column({ type: 'timestamptz', name: 'deleted_at', precision: 3, nullable: true })
  deletedAt: Date | null;
}
