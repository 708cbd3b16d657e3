import { Injectable, Logger } from '@nestjs/common';
import { Alerts } from '../../../platform/alerts/alerts.js';
import { Database } from '../../../platform/database/database.js';
import { Scheduled } from '../../../platform/queue/scheduled.js';
import { type LedgerVerification, verifyLedger } from './ledger.verification.js';

@Injectable()
export class LedgerWorker {
  private readonly logger = new Logger(LedgerWorker.name);

  constructor(
    private readonly database: Database,
    private readonly alerts: Alerts,
  ) {}

  /** Makes every cached total anew from the books each night and compares: each difference is an alert until it is gone. */
  @Scheduled({ name: 'giving.verify-ledger', cron: '40 2 * * *' })
  async verify(): Promise<LedgerVerification> {
    const verification = await this.database.dataSource.transaction('REPEATABLE READ', (manager) => verifyLedger((sql) => manager.query(sql)));
    await this.database.transaction((tx) =>
      this.alerts.replace(tx, 'giving.books_differ', verification.differences.map(({ check, subject, ...details }) => ({ subject: `${check}: ${subject}`, details }))),
    );
    for (const difference of verification.differences) this.logger.error(difference, 'The books and a total differ');
    return verification;
  }
}
