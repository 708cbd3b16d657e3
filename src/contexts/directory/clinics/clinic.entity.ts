import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

/**
 * Aggregate root. A veterinary clinic of the directory (spec table `clinics`, behaviour 2.12). Its phone and
 * address are business data and public. Other contexts read the view `directory.public_clinics`.
 */
@Entity({ schema: 'directory', name: 'clinics' })
@Index('ix_clinics_by_city', ['city'])
@Index('ix_clinics_city_key', ['cityKey'])
@Index('ix_clinics_by_owner', ['ownerId'])
@Index('ix_clinics_by_verified', ['verified'])
@Index('ix_clinics_by_featured', ['featured', 'name', 'id'])
// TypeORM cannot describe indexes on expressions; the migration holds these three.
@Index('ix_clinics_search', { synchronize: false })
@Index('ix_clinics_place', { synchronize: false })
@Index('ix_clinics_identity', { synchronize: false })
@Check('ck_clinics_rating', `"rating" BETWEEN 0 AND 5`)
@Check('ck_clinics_review_count', `"review_count" >= 0`)
@Check('ck_clinics_location_lat', `"location_lat" BETWEEN -90 AND 90`)
@Check('ck_clinics_location_lng', `"location_lng" BETWEEN -180 AND 180`)
export class Clinic {
  @IdColumn() id: string;

  @Column({ type: 'text' }) name: string;

  @Column({ type: 'text' }) city: string;

  /** Under which the spellings of the city meet. */
  @Column({ type: 'text' }) cityKey: string;

  @Column({ type: 'text' }) address: string;

  @Column({ type: 'text' }) phone: string;

  @Column({ type: 'boolean', default: false }) is24h: boolean;

  @Column({ type: 'text', array: true, default: () => `'{}'` }) specializations: string[];

  /** Its source was checked, or a claim was approved. */
  @Column({ type: 'boolean', default: false }) verified: boolean;

  /** Address of the cover picture. */
  @Column({ type: 'text', nullable: true }) image: string | null;

  /** 0 to 5, taken over from outside; there are no reviews here. */
  @Column({ type: 'double precision', nullable: true }) rating: number | null;

  @Column({ type: 'integer', nullable: true }) reviewCount: number | null;

  /** Placeholder of the source data; never shown. */
  @Column({ type: 'text', nullable: true }) distance: string | null;

  /** Listed first. */
  @Column({ type: 'boolean', default: false }) featured: boolean;

  /** The person whose claim was approved, or whom staff linked. */
  @RefColumn({ nullable: true }) @ForeignKey('User') ownerId: string | null;

  @TimeColumn({ nullable: true }) claimedAt: Date | null;

  /** Degrees. */
  @Column({ type: 'double precision', nullable: true }) locationLat: number | null;

  /** Degrees. */
  @Column({ type: 'double precision', nullable: true }) locationLng: number | null;

  @TimeColumn() createdAt: Date;

  @TimeColumn() updatedAt: Date;

  /** Counts edits, for `If-Match`. */
  @Column({ type: 'integer', default: 1 }) version: number;
}
