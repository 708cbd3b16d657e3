import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

export const ANIMAL_TYPES = ['dog', 'cat', 'other'] as const;
export type AnimalType = (typeof ANIMAL_TYPES)[number];

export const ADOPTION_STATUSES = ['available', 'pending', 'adopted'] as const;
export type AdoptionStatus = (typeof ADOPTION_STATUSES)[number];

/** Behaviour 2.15: nobody is adopted without having been reserved, and an adopted animal may come back. */
export const NEXT_STATUSES: Record<AdoptionStatus, readonly AdoptionStatus[]> = {
  available: ['pending'],
  pending: ['available', 'adopted'],
  adopted: ['available'],
};

/**
 * Aggregate root. An animal that looks for a home (spec table `adoptions`, behaviour 2.15). Removing it hides it from
 * everybody but admins. Other contexts read the view `rescue.public_adoptions`.
 */
@Entity({ schema: 'rescue', name: 'adoptions' })
@Index('ix_adoptions_by_user', ['userId', 'createdAt', 'id'])
@Index('ix_adoptions_by_status', ['status', 'createdAt', 'id'], { where: 'deleted_at IS NULL' })
@Index('ix_adoptions_by_city', ['cityKey', 'status', 'createdAt', 'id'], { where: 'deleted_at IS NULL' })
@Check('ck_adoptions_images', 'cardinality(images) <= 10')
export class Adoption {
  @IdColumn() id: string;

  /** Who lists it. */
  @RefColumn() @ForeignKey('User') userId: string;

  @ClosedSetColumn('adoptions', ANIMAL_TYPES) animalType: AnimalType;

  /** At most 100 characters. */
  @Column({ type: 'text' }) name: string;

  /** As people tell it. */
  @Column({ type: 'text' }) age: string;

  /** At most 2000 characters. */
  @Column({ type: 'text' }) description: string;

  /** File ids, 1 to 10; none once the lister is erased. */
  @RefColumn({ array: true }) images: string[];

  @Column({ type: 'text' }) locationCity: string;

  @Column({ type: 'text' }) locationNeighborhood: string;

  /** Under which the spellings of the city meet. */
  @Column({ type: 'text' }) cityKey: string;

  @Column({ type: 'boolean' }) vaccinated: boolean;

  @Column({ type: 'boolean' }) neutered: boolean;

  @ClosedSetColumn('adoptions', ADOPTION_STATUSES, { default: 'available' }) status: AdoptionStatus;

  /** The rescue that the animal comes from. */
  @RefColumn({ nullable: true }) @ForeignKey('Case') caseId: string | null;

  /** Since when it is adopted; null while it is not. */
  @TimeColumn({ nullable: true }) adoptedAt: Date | null;

  @TimeColumn() createdAt: Date;

  @TimeColumn() updatedAt: Date;

  @TimeColumn({ nullable: true }) deletedAt: Date | null;

  /** Counts edits, for `If-Match`. */
  @Column({ type: 'integer', default: 1 }) version: number;
}
