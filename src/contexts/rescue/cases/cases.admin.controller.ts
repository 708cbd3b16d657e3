import { Body, Controller, Delete, Get, Header, Param, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Admin, CurrentActor } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { JSON_TYPE } from '../../../platform/http/json.js';
import { PageQuery } from '../../../platform/http/keyset.js';
import { CursorInvalid, ReasonRequired } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { CaseModerationService } from './case-moderation.service.js';
import { CaseRiskPointPage } from './case-risk.dto.js';
import { CaseRiskQueries } from './case-risk.queries.js';
import { CaseView } from './case-views.dto.js';
import { CaseRiskBody, CaseVerificationBody, HideCaseBody, RestoreCaseBody } from './cases.dto.js';
import { CaseNotFound } from './cases.errors.js';
import { CasesQueries } from './cases.queries.js';

@ApiTags('Staff')
@Controller('v1/admin/cases/:id')
@Admin()
export class CasesAdminController {
  constructor(
    private readonly moderation: CaseModerationService,
    private readonly queries: CasesQueries,
    private readonly risk: CaseRiskQueries,
  ) {}

  /** Sets how far a case is verified; going down needs a reason. */
  @Put('verification')
  @Throws(CaseNotFound, ReasonRequired)
  @ApiOkResponse({ type: CaseView })
  @Header('Content-Type', JSON_TYPE)
  async verify(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: CaseVerificationBody): Promise<string> {
    await this.moderation.setVerification(actor, id, body.status, body.reason || null);
    return this.show(actor, id);
  }

  /** Sets the risk of giving to a case; high risk stops donations to an unverified one. Lowering it needs a note. */
  @Put('risk')
  @Throws(CaseNotFound, ReasonRequired)
  @ApiOkResponse({ type: CaseView })
  @Header('Content-Type', JSON_TYPE)
  async assess(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: CaseRiskBody): Promise<string> {
    await this.moderation.setRisk(actor, id, body.level, body.flags ?? null, body.note || null);
    return this.show(actor, id);
  }

  /** Lists what raised the risk of a case, oldest first: each rule that fired, with what it saw. */
  @Get('risk-points')
  @Throws(CaseNotFound, CursorInvalid)
  async riskPoints(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Query() query: PageQuery): Promise<CaseRiskPointPage> {
    await this.queries.assertVisible(id, actor);
    return this.risk.page(id, query);
  }

  /** Hides a case from everybody but its owner and admins. */
  @Put('hidden')
  @Throws(CaseNotFound)
  @ApiOkResponse({ type: CaseView })
  @Header('Content-Type', JSON_TYPE)
  async hide(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: HideCaseBody): Promise<string> {
    await this.moderation.hide(actor, id, body.reason);
    return this.show(actor, id);
  }

  /** Shows a hidden case again. */
  @Delete('hidden')
  @Throws(CaseNotFound)
  @ApiOkResponse({ type: CaseView })
  @Header('Content-Type', JSON_TYPE)
  async restore(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: RestoreCaseBody): Promise<string> {
    await this.moderation.restore(actor, id, body.reason || null);
    return this.show(actor, id);
  }

  private async show(actor: UserActor, id: string): Promise<string> {
    return (await this.queries.document(id, actor)).json;
  }
}
