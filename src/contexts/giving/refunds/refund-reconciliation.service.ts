import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import { RefundGateway } from '../payments/index.js';
import { RefundProgressService } from './refund-progress.service.js';
import { RefundsService } from './refunds.service.js';

const ASK_AFTER_MS = 30 * 60_000;

/** Finds out what became of refunds that no event has finished. */
@Injectable()
export class RefundReconciliationService {
  private readonly logger = new Logger(RefundReconciliationService.name);

  constructor(
    private readonly gateway: RefundGateway,
    private readonly refunds: RefundsService,
    private readonly progress: RefundProgressService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Orders what was never ordered and asks about what has been under way for more than 30 minutes, at most 500 at a
   * time, oldest first.
   * @returns how many the provider knew something about
   */
  async reconcile(): Promise<number> {
    const now = this.clock.now();
    const open = await this.database.rows<{ id: string; stripeRefundId: string | null }>(
      `SELECT id, stripe_refund_id AS "stripeRefundId" FROM giving.refunds
        WHERE status IN ('pending', 'requires_action') AND created_at < $1 ORDER BY created_at LIMIT 500`,
      [new Date(now.getTime() - ASK_AFTER_MS)],
    );
    let answered = 0;
    for (const { id, stripeRefundId } of open) {
      try {
        if (await this.ask(id, stripeRefundId)) answered += 1;
      } catch (error) {
        this.logger.error({ err: error, refund: id }, 'refund not reconciled');
      }
    }
    return answered;
  }

  private async ask(id: string, stripeRefundId: string | null): Promise<boolean> {
    const now = this.clock.now();
    if (stripeRefundId !== null) {
      const told = await this.gateway.find(stripeRefundId);
      if (told) await this.database.transaction((tx) => this.progress.follow(tx, told, now));
      return told !== null;
    }
    const draft = await this.refunds.draft(id);
    if (!draft) return false;
    const answer = await this.gateway.order(draft, now);
    await this.database.transaction((tx) => this.refunds.answered(tx, id, answer));
    return true;
  }
}
