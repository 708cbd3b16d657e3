import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

export const PET_SERVICE_TYPES = ['clinic', 'grooming', 'training', 'pet_store', 'shelter', 'pet_sitting', 'pet_hotel', 'pharmacy', 'other'] as const;
export type PetServiceType = (typeof PET_SERVICE_TYPES)[number];

/**
 * Aggregate root. A business for pets (spec table `petServices`, behaviour 2.14). Its contact data is business data
 * and public. Other contexts read the view `directory.public_pet_services`.
 */
@Entity({ schema: 'directory', name: 'pet_services' })
@Index('ix_pet_services_by_type', ['type'])
@Index('ix_pet_services_by_city', ['city'])
@Index('ix_pet_services_city_key', ['cityKey'])
@Index('ix_pet_services_by_verified', ['verified'])
@Index('ix_pet_services_by_owner', ['ownerId'])
@Index('ix_pet_services_registered_by', ['registeredById'])
@Index('ix_pet_services_by_name', ['name', 'id'])
// TypeORM cannot describe indexes on expressions; the migration holds these three.
@Index('ix_pet_services_search', { synchronize: false })
@Index('ix_pet_services_place', { synchronize: false })
@Index('ux_pet_services_identity', { synchronize: false })
@Check('ck_pet_services_photos', 'cardinality(photos) <= 10')
@Check('ck_pet_services_rating', `"rating" BETWEEN 0 AND 5`)
@Check('ck_pet_services_review_count', `"review_count" >= 0`)
@Check('ck_pet_services_coordinates_lat', `"coordinates_lat" BETWEEN -90 AND 90`)
@Check('ck_pet_services_coordinates_lng', `"coordinates_lng" BETWEEN -180 AND 180`)
export class PetService {
  @IdColumn() id: string;

  @Column({ type: 'text' }) name: string;

  @ClosedSetColumn('pet_services', PET_SERVICE_TYPES) type: PetServiceType;

  @Column({ type: 'text' }) city: string;

  /** Under which the spellings of the city meet. */
  @Column({ type: 'text' }) cityKey: string;

  @Column({ type: 'text' }) address: string;

  /** Degrees. */
  @Column({ type: 'double precision', nullable: true }) coordinatesLat: number | null;

  /** Degrees. */
  @Column({ type: 'double precision', nullable: true }) coordinatesLng: number | null;

  @Column({ type: 'text' }) phone: string;

  @Column({ type: 'text', nullable: true }) email: string | null;

  @Column({ type: 'text', nullable: true }) website: string | null;

  @Column({ type: 'text', nullable: true }) description: string | null;

  @Column({ type: 'text', array: true, default: () => `'{}'` }) services: string[];

  @Column({ type: 'text', array: true, default: () => `'{}'` }) specializations: string[];

  @Column({ type: 'boolean', default: false }) is24h: boolean;

  /** Opening hours as people write them. */
  @Column({ type: 'text', nullable: true }) hours: string | null;

  /** Its source was checked, or a claim was approved; registering verifies nothing. */
  @Column({ type: 'boolean', default: false }) verified: boolean;

  /** Who runs the listing. */
  @RefColumn({ nullable: true }) @ForeignKey('User') ownerId: string | null;

  /** Who registered it; counts against that person's three. */
  @RefColumn({ nullable: true }) @ForeignKey('User') registeredById: string | null;

  @TimeColumn({ nullable: true }) claimedAt: Date | null;

  /** Address of the logo. */
  @Column({ type: 'text', nullable: true }) logo: string | null;

  /** File ids, at most 10. */
  @RefColumn({ array: true, default: () => `'{}'` }) photos: string[];

  /** 0 to 5, taken over from outside; there are no reviews here. */
  @Column({ type: 'double precision', nullable: true }) rating: number | null;

  @Column({ type: 'integer', nullable: true }) reviewCount: number | null;

  @TimeColumn() createdAt: Date;

  @TimeColumn() updatedAt: Date;

  /** Counts edits, for `If-Match`. */
  @Column({ type: 'integer', default: 1 }) version: number;
}
