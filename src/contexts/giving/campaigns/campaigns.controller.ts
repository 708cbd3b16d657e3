import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, Optional, Public, User, Viewer } from '../../../platform/auth/access.js';
import type { Actor, UserActor } from '../../../platform/auth/actor.js';
import { IfMatch } from '../../../platform/http/if-match.js';
import { AdminRequired, Forbidden, IllegalTransition, VersionConflict } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { Limited } from '../../../platform/limits/quota.interceptor.js';
import { CaseClosed, CaseHighRisk, CaseNotFound } from '../../rescue/cases/index.js';
import { LedgerQuery, LedgerReader, LedgerStatement } from '../ledger/index.js';
import { CampaignListQuery, CampaignPage, CampaignView, CloseCampaign, CreateCampaign, FeaturedCampaigns, UpdateCampaign } from './campaigns.dto.js';
import { ActiveCaseRequired, CampaignClosed, CampaignNotFound, InitiativeKeyTaken } from './campaigns.errors.js';
import { CampaignsQueries } from './campaigns.queries.js';
import { CampaignsService } from './campaigns.service.js';

/** What a campaign that counts no money states in its ledger. */
const DEFAULT_CURRENCY = 'EUR';

@ApiTags('Giving')
@Controller('v1/campaigns')
export class CampaignsController {
  constructor(
    private readonly campaigns: CampaignsQueries,
    private readonly service: CampaignsService,
    private readonly ledger: LedgerReader,
  ) {}

  /** Campaigns and initiatives, newest first; cancelled ones for admins only */
  @Get()
  @Optional()
  list(@Viewer() viewer: Actor | null, @Query() query: CampaignListQuery): Promise<CampaignPage> {
    return this.campaigns.list(query, viewer);
  }

  /** Active initiatives, featured ones first, with their progress; at most 3 */
  @Get('featured')
  @Public()
  async featured(): Promise<FeaturedCampaigns> {
    return { items: await this.campaigns.featured() };
  }

  /** One campaign; a cancelled one for admins only */
  @Get(':id')
  @Optional()
  @Throws(CampaignNotFound)
  get(@Viewer() viewer: Actor | null, @Param('id', IdPipe) id: string): Promise<CampaignView> {
    return this.campaigns.get(id, viewer);
  }

  /** Where a campaign's money came from and went, without telling who gave */
  @Get(':id/ledger')
  @Optional()
  @Throws(CampaignNotFound)
  async readLedger(@Viewer() viewer: Actor | null, @Param('id', IdPipe) id: string, @Query() query: LedgerQuery): Promise<LedgerStatement> {
    const campaign = await this.campaigns.get(id, viewer);
    return this.ledger.statement({ campaign: id }, campaign.currency ?? DEFAULT_CURRENCY, query);
  }

  /** Starts a rescue campaign, which needs an open case of one's own; admins start initiatives as well. */
  @Post()
  @User('with an open case; admin; initiatives by admins only')
  @HttpCode(201)
  @Limited({ scope: 'campaign.create', points: 30, window: 3_600 })
  @Throws(AdminRequired, ActiveCaseRequired, Forbidden, CaseNotFound, CaseClosed, CaseHighRisk, InitiativeKeyTaken)
  create(@CurrentActor() actor: UserActor, @Body() body: CreateCampaign): Promise<CampaignView> {
    return this.service.create(actor, body);
  }

  /** Changes an active campaign: its creator or an admin, initiatives by admins only. */
  @Patch(':id')
  @User('creator, admin; initiatives by admins only')
  @Throws(CampaignNotFound, AdminRequired, Forbidden, CampaignClosed, VersionConflict, CaseNotFound, CaseClosed, CaseHighRisk)
  update(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: UpdateCampaign, @IfMatch() ifMatch?: number): Promise<CampaignView> {
    return this.service.update(actor, id, body, ifMatch);
  }

  /** Ends an active campaign for good: its creator or an admin, initiatives by admins only. */
  @Post(':id/closure')
  @User('creator, admin; initiatives by admins only')
  @HttpCode(200)
  @Throws(CampaignNotFound, Forbidden, IllegalTransition)
  close(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: CloseCampaign): Promise<CampaignView> {
    return this.service.close(actor, id, body);
  }
}
