import { Body, Controller, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CurrentActor, User } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { JSON_TYPE } from '../../../platform/http/json.js';
import { Forbidden, IllegalTransition } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { CaseNotFound, CasesReader, CaseView } from '../cases/index.js';
import { LifecycleBody } from './case-lifecycle.dto.js';
import { CaseLifecycleService } from './case-lifecycle.service.js';

@ApiTags('Cases')
@Controller('v1/cases/:id/lifecycle')
@User('owner of the case, owner of its clinic, or an admin')
export class CaseLifecycleController {
  constructor(
    private readonly service: CaseLifecycleService,
    private readonly cases: CasesReader,
  ) {}

  /** Moves a case to its next stage: the owner, the linked clinic's owner or an admin. A closed stage is final and ends donations. */
  @Post()
  @HttpCode(200)
  @Throws(CaseNotFound, Forbidden, IllegalTransition)
  @ApiOkResponse({ type: CaseView })
  @Header('Content-Type', JSON_TYPE)
  async move(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: LifecycleBody): Promise<string> {
    await this.service.moveCase(actor, id, body.stage, body.notes || null);
    return (await this.cases.document(id, actor)).json;
  }
}
