import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { RefColumn, TimeColumn } from '../../../platform/database/columns.js';

/**
 * Child. A verified clinic's word for one entry of the evidence trail: who gave it, and the SHA-256 of each file.
 * The database refuses every change but the mark, once, that the clinic was taken from that owner.
 */
@Entity({ schema: 'rescue', name: 'case_update_attestations' })
@Index('ix_case_update_attestations_by_clinic_owner', ['clinicId', 'ownerId'])
export class CaseUpdateAttestation {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey('CaseUpdate') updateId: string;

  @RefColumn() @ForeignKey('Clinic') clinicId: string;

  /** The clinic's name at the time. */
  @Column({ type: 'text' }) clinicName: string;

  /** Who owned the clinic and attested. */
  @RefColumn() @ForeignKey('User') ownerId: string;

  @Column({ type: 'jsonb' }) files: { fileId: string; sha256: string }[];

  @TimeColumn() attestedAt: Date;

  @TimeColumn({ nullable: true }) revokedAt: Date | null;
}
