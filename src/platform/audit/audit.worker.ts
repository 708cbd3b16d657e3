import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Scheduled } from '../queue/scheduled.js';
import { AuditAnchors } from './audit-anchors.js';
import { AuditChain } from './audit-chain.js';

/** What watches over the audit log at night. */
@Injectable()
export class AuditWorker {
  private readonly logger = new Logger('AuditLog');

  constructor(
    private readonly chain: AuditChain,
    private readonly anchors: AuditAnchors,
    private readonly clock: Clock,
  ) {}

  /** Checks the whole chain; a bad row is an error in the log and in `audit_chain_ok`. */
  @Scheduled({ name: 'platform.verify-audit-chain', cron: '40 2 * * *' })
  async verify(): Promise<void> {
    const { ok, checked, headSeq, firstBadSeq } = await this.chain.verify();
    if (ok) this.logger.log(`audit chain is whole: ${checked} rows`);
    else this.logger.error(`AUDIT CHAIN BROKEN: row ${firstBadSeq} is the first that is not as it was written (head ${headSeq})`);
  }

  /** Writes the head of the day down, in the log and in a file, for others to keep. */
  @Scheduled({ name: 'platform.anchor-audit-head', cron: '10 0 * * *' })
  async anchor(): Promise<void> {
    const head = await this.chain.head();
    const line = head && (await this.anchors.record(this.clock.now(), head));
    if (line) this.logger.log(`audit head ${line}`);
  }
}
