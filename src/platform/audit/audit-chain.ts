import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Database } from '../database/database.js';
import { Metrics } from '../metrics/metrics.js';
import { AuditAnchors } from './audit-anchors.js';
import { type ChainHead, type ChainVerification, verifyChain } from './verify-chain.js';

/** The check of the audit log's hash chain, for the running application. */
@Injectable()
export class AuditChain {
  /** What the last check by this process found. */
  private whole: boolean | null = null;

  constructor(
    private readonly database: Database,
    private readonly anchors: AuditAnchors,
    metrics: Metrics,
  ) {
    const isWhole = (): boolean | null => this.whole;
    new Gauge({
      name: 'audit_chain_ok',
      help: '1 when the last check by this process found the audit log whole, 0 when not; absent before the first',
      registers: [metrics.registry],
      collect() {
        const whole = isWhole();
        if (whole === null) this.remove();
        else this.set(Number(whole));
      },
    });
  }

  /** Checks the chain against itself and against the heads that were written down. */
  async verify(): Promise<ChainVerification> {
    const result = await verifyChain((sql, values) => this.database.rows(sql, values), await this.anchors.read());
    this.whole = result.ok;
    return result;
  }

  /** The last row; null while there is none. */
  head(): Promise<ChainHead | null> {
    return this.database.row<ChainHead>(`SELECT seq::float8 AS seq, hash FROM platform.audit_chain_head WHERE seq > 0`);
  }
}
