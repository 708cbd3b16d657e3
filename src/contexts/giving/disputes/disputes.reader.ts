import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';

/** Questions others may ask about disputes. */
@Injectable()
export class DisputesReader {
  /** Whether a donation is disputed right now. Ask while it is locked. */
  async hasOpen(tx: Tx, donationId: string): Promise<boolean> {
    return (await tx.query(`SELECT 1 FROM giving.disputes WHERE donation_id = $1 AND closed_at IS NULL LIMIT 1`, [donationId])).length > 0;
  }
}
