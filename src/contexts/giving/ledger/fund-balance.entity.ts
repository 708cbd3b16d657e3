import { Check, Entity, PrimaryColumn } from 'typeorm';
import { ClosedSetColumn, MoneyColumn, TimeColumn } from '../../../platform/database/columns.js';

export const FUND_OWNER_TYPES = ['case', 'campaign', 'user'] as const;

/**
 * Projection. What a fund holds, or what it lacks: kept with every entry, so that the next one knows at once what is
 * there, and compared with the books every night. The database refuses a fund below zero.
 */
@Entity({ schema: 'giving', name: 'fund_balances' })
@Check('ck_fund_balances_held', 'held >= 0 AND receivable >= 0 AND (held = 0 OR receivable = 0)')
export class FundBalance {
  /** The case, campaign or supported person. */
  @PrimaryColumn({ type: 'uuid' }) ownerId: string;

  /** ISO 4217. */
  @PrimaryColumn({ type: 'text' }) currency: string;

  @ClosedSetColumn('fund_balances', FUND_OWNER_TYPES) ownerType: (typeof FUND_OWNER_TYPES)[number];

  /** Minor units that can be paid out. */
  @MoneyColumn() held: number;

  /** Minor units that went back after they had been paid out. */
  @MoneyColumn() receivable: number;

  @TimeColumn() updatedAt: Date;
}
