import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../../../platform/auth/access.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { LedgerQuery, LedgerReader, LedgerStatement } from '../ledger/index.js';
import { CampaignListQuery, CampaignPage, CampaignView, FeaturedCampaigns } from './campaigns.dto.js';
import { CampaignNotFound } from './campaigns.errors.js';
import { CampaignsQueries } from './campaigns.queries.js';

/** What a campaign that counts no money states in its ledger. */
const DEFAULT_CURRENCY = 'EUR';

@ApiTags('Giving')
@Controller('v1/campaigns')
export class CampaignsController {
  constructor(
    private readonly campaigns: CampaignsQueries,
    private readonly ledger: LedgerReader,
  ) {}

  /** Campaigns and initiatives, newest first */
  @Get()
  @Public()
  list(@Query() query: CampaignListQuery): Promise<CampaignPage> {
    return this.campaigns.list(query);
  }

  /** Active initiatives, featured ones first, with their progress */
  @Get('featured')
  @Public()
  async featured(): Promise<FeaturedCampaigns> {
    return { items: await this.campaigns.featured() };
  }

  /** One campaign */
  @Get(':id')
  @Public()
  @Throws(CampaignNotFound)
  async get(@Param('id', IdPipe) id: string): Promise<CampaignView> {
    return this.shown(id);
  }

  /** Where a campaign's money came from and went, without telling who gave */
  @Get(':id/ledger')
  @Public()
  @Throws(CampaignNotFound)
  async readLedger(@Param('id', IdPipe) id: string, @Query() query: LedgerQuery): Promise<LedgerStatement> {
    const campaign = await this.shown(id);
    return this.ledger.statement({ campaign: id }, campaign.currency ?? DEFAULT_CURRENCY, query);
  }

  private async shown(id: string): Promise<CampaignView> {
    const campaign = await this.campaigns.find(id);
    if (!campaign) throw new CampaignNotFound();
    return campaign;
  }
}
