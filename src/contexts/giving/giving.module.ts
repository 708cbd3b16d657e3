import { Module } from '@nestjs/common';
import { QueueModule } from '../../platform/queue/queue.module.js';
import { CampaignsModule } from './campaigns/index.js';
import { DonationsModule } from './donations/index.js';
import { LedgerModule } from './ledger/index.js';
import { PaymentsModule } from './payments/index.js';

/** Money: gifts, the provider that collects them, the books, campaigns. */
@Module({ imports: [QueueModule.forContext('giving'), LedgerModule, PaymentsModule, DonationsModule, CampaignsModule] })
export class GivingModule {}
