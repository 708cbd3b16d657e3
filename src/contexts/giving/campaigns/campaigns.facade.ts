import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import type { Tx } from '../../../platform/database/tx.js';
import { CampaignsQueries, type CampaignTarget } from './campaigns.queries.js';

/** Commands that other modules may call inside their own transaction. */
@Injectable()
export class CampaignsFacade {
  constructor(
    private readonly queries: CampaignsQueries,
    private readonly clock: Clock,
  ) {}

  /** The campaign held against closing until the caller commits; null when there is none. */
  lockDonationTarget(tx: Tx, id: string): Promise<CampaignTarget | null> {
    return this.queries.lockTarget(tx, id);
  }

  /** The campaign as it stands, read in the caller's transaction. */
  donationTarget(tx: Tx, id: string): Promise<CampaignTarget | null> {
    return this.queries.target(tx, id);
  }

  /**
   * Changes a campaign's total, whatever its state: money that came is counted. Call it in the transaction that
   * posts to the ledger.
   * @param input.amount minor units of the campaign's currency; negative for a refund or a lost dispute
   */
  async addFunding(tx: Tx, input: { campaignId: string; amount: number }): Promise<void> {
    await tx.query(`UPDATE giving.campaigns SET current = current + $2, updated_at = $3 WHERE id = $1`, [input.campaignId, input.amount, this.clock.now()]);
  }
}
