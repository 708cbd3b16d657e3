import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { CasesModule } from '../../rescue/cases/index.js';
import { CaseLedgerController } from './case-ledger.controller.js';
import { FundBalance } from './fund-balance.entity.js';
import { LedgerAccount } from './ledger-account.entity.js';
import { LedgerEntry } from './ledger-entry.entity.js';
import { LedgerPosting } from './ledger-posting.entity.js';
import { donationPostings, ledgerResources } from './ledger.admin.js';
import { LedgerAdminController } from './ledger.admin.controller.js';
import { LedgerExport } from './ledger-export.js';
import { LedgerFacade } from './ledger.facade.js';
import { LedgerQueries } from './ledger.queries.js';
import { LedgerReader } from './ledger.reader.js';
import { LedgerWorker } from './ledger.worker.js';

/** The books: double entry, append-only, the truth about money (decision 2). */
@Module({
  imports: [TypeOrmModule.forFeature([FundBalance, LedgerAccount, LedgerEntry, LedgerPosting]), BackofficeResourcesModule.forFeature(ledgerResources, [donationPostings]), CasesModule],
  controllers: [CaseLedgerController, LedgerAdminController],
  providers: [LedgerExport, LedgerFacade, LedgerQueries, LedgerReader, LedgerWorker],
  exports: [LedgerFacade, LedgerReader],
})
export class LedgerModule {}
