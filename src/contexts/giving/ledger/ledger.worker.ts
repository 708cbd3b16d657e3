import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { Scheduled } from '../../../platform/queue/scheduled.js';
import { type LedgerVerification, verifyLedger } from './ledger.verification.js';

@Injectable()
export class LedgerWorker {
  private readonly logger = new Logger(LedgerWorker.name);

  constructor(private readonly database: Database) {}

  /** Checks the books every night; each difference is an error in the log. */
  @Scheduled({ name: 'giving.verify-ledger', cron: '40 2 * * *' })
  async verify(): Promise<LedgerVerification> {
    const verification = await this.database.dataSource.transaction('REPEATABLE READ', (manager) => verifyLedger((sql) => manager.query(sql)));
    for (const difference of verification.differences) this.logger.error(difference, 'The books and a total differ');
    return verification;
  }
}
