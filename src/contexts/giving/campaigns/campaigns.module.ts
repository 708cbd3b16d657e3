import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { CasesModule } from '../../rescue/cases/index.js';
import { LedgerModule } from '../ledger/index.js';
import { Campaign } from './campaign.entity.js';
import { CampaignCase } from './campaign-case.entity.js';
import { campaignsResources } from './campaigns.admin.js';
import { CampaignsController } from './campaigns.controller.js';
import { CampaignsFacade } from './campaigns.facade.js';
import { CampaignsQueries } from './campaigns.queries.js';
import { CampaignsService } from './campaigns.service.js';
import { CampaignsWorker } from './campaigns.worker.js';
import { PromptCampaignCreator } from './on-case-closed.consumer.js';

/** Campaigns and initiatives: goals beyond one case. */
@Module({
  imports: [TypeOrmModule.forFeature([Campaign, CampaignCase]), BackofficeResourcesModule.forFeature(campaignsResources), CasesModule, LedgerModule],
  controllers: [CampaignsController],
  providers: [CampaignsQueries, CampaignsService, CampaignsFacade, CampaignsWorker, PromptCampaignCreator],
  exports: [CampaignsFacade],
})
export class CampaignsModule {}
