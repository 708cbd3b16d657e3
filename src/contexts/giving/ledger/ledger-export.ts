import { Injectable } from '@nestjs/common';
import { defineAuditAction } from '../../../platform/audit/audit-entry.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import { csvLine } from '../../../platform/http/csv.js';
import { ValidationFailed } from '../../../platform/http/problem.js';
import { decimalAmount } from '../../../platform/money/money.js';
import type { LedgerExportQuery } from './ledger.dto.js';
import { LedgerQueries } from './ledger.queries.js';

const ledgerExported = defineAuditAction('ledger.exported', 'ledger');

/** A file that is written while it is read. */
export interface CsvFile {
  name: string;
  lines: AsyncIterable<string>;
}

const COLUMNS = ['entry_id', 'occurred_at', 'kind', 'account', 'case_id', 'campaign_id', 'donation_id', 'currency', 'amount_minor', 'amount', 'reference', 'description', 'source'];

/** The books for accountants. */
@Injectable()
export class LedgerExport {
  constructor(
    private readonly database: Database,
    private readonly queries: LedgerQueries,
    private readonly clock: Clock,
  ) {}

  /**
   * One line a posting, oldest first; there is no line of totals, so that every column sums up as it is. What is booked
   * meanwhile is not in it.
   * @throws ValidationFailed when the range ends before it begins
   */
  async csv(actor: Actor, { from, to, caseId }: LedgerExportQuery): Promise<CsvFile> {
    const since = from ?? new Date(0);
    const until = to ?? this.clock.now();
    if (since > until) throw new ValidationFailed({ errors: [{ path: 'to', message: 'must not be before `from`' }] });
    await this.database.transaction(async (tx) => tx.audit(actor, ledgerExported, caseId ?? 'all', { from: since.toISOString(), to: until.toISOString() }));
    return { name: `ledger-${day(since)}-${day(until)}.csv`, lines: this.lines(since, until, caseId ?? null) };
  }

  private async *lines(from: Date, to: Date, caseId: string | null): AsyncGenerator<string> {
    yield csvLine(COLUMNS);
    for await (const page of this.queries.postings(from, to, caseId)) {
      yield page
        .map((row) =>
          csvLine([
            row.entryId, row.occurredAt.toISOString(), row.kind, row.account, row.caseId, row.campaignId, row.donationId, row.currency,
            row.amount, decimalAmount(row.amount, row.currency), row.reference, row.description, row.source,
          ]),
        )
        .join('');
    }
  }
}

const day = (date: Date): string => date.toISOString().slice(0, 10);
