import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TimeColumn } from '../database/columns.js';

/** Lookup. Secrets that this installation made for itself because none were configured. */
@Entity({ schema: 'platform', name: 'installation_secrets' })
export class InstallationSecret {
  @PrimaryColumn({ type: 'text' }) name: string;

  @Column({ type: 'text' }) value: string;

  @TimeColumn() createdAt: Date;
}
