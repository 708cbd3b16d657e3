import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { TimeColumn } from '../../../platform/database/columns.js';

/** Child. Somebody would take the animal in (addition to the spec, behaviour 2.15); once a person and listing. */
@Entity({ schema: 'rescue', name: 'adoption_interests' })
@Index('ix_adoption_interests_by_user', ['userId', 'createdAt'])
export class AdoptionInterest {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey('Adoption') adoptionId: string;

  @PrimaryColumn({ type: 'uuid' }) @ForeignKey('User') userId: string;

  @TimeColumn() createdAt: Date;
}
