import { Check, Column, Entity, Index } from 'typeorm';
import { ClosedSetColumn, IdColumn, MoneyColumn, TimeColumn } from '../../../platform/database/columns.js';

export const PARTNER_TYPES = ['pet-shop', 'food-brand', 'veterinary', 'sponsor'] as const;
export type PartnerType = (typeof PARTNER_TYPES)[number];

/** Aggregate root. An organisation that supports the platform (spec table `partners`, behaviour 2.11). Kept by staff. */
@Entity({ schema: 'giving', name: 'partners' })
@Index('ix_partners_by_type', ['type', 'name', 'id'])
@Index('ix_partners_by_featured', ['featured', 'name', 'id'])
@Check('ck_partners_since', `"since" ~ '^\\d{4}$'`)
@Check('ck_partners_animals_helped', `"animals_helped" >= 0`)
@Check('ck_partners_total_contributed', `"total_contributed" >= 0`)
@Check('ck_partners_currency', `"currency" = 'EUR'`)
export class Partner {
  @IdColumn() id: string;

  @Column({ type: 'text' }) name: string;

  /** Address of the picture: https elsewhere, or an uploaded file here. */
  @Column({ type: 'text' }) logo: string;

  @ClosedSetColumn('partners', PARTNER_TYPES) type: PartnerType;

  /** What they give. */
  @Column({ type: 'text' }) contribution: string;

  @Column({ type: 'text' }) description: string;

  @Column({ type: 'text', nullable: true }) website: string | null;

  /** Year. */
  @Column({ type: 'text' }) since: string;

  @Column({ type: 'integer', default: 0 }) animalsHelped: number;

  /** Minor units of `currency`, as staff enter it; no money of the ledger. */
  @MoneyColumn({ default: 0 }) totalContributed: number;

  /** Always EUR, which the specification counts in. */
  @Column({ type: 'text', default: 'EUR' }) currency: string;

  /** Listed first. */
  @Column({ type: 'boolean', default: false }) featured: boolean;

  /** Shown and counted. */
  @Column({ type: 'boolean', default: true }) active: boolean;

  @TimeColumn() createdAt: Date;

  @TimeColumn() updatedAt: Date;

  /** Counts edits, for `If-Match`. */
  @Column({ type: 'integer', default: 1 }) version: number;
}
