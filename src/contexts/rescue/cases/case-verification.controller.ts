import { Controller, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CurrentActor, User } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { JSON_TYPE } from '../../../platform/http/json.js';
import { Forbidden, IllegalTransition } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { CaseVerificationService } from './case-verification.service.js';
import { CaseView } from './case-views.dto.js';
import { CaseClosed, CaseNotFound } from './cases.errors.js';
import { CasesQueries } from './cases.queries.js';

@ApiTags('Cases')
@Controller('v1/cases/:id/clinic-confirmation')
@User()
export class CaseVerificationController {
  constructor(
    private readonly verification: CaseVerificationService,
    private readonly queries: CasesQueries,
  ) {}

  /** Confirms the treatment as the owner of the verified clinic that the case names: the case becomes verified by its clinic. */
  @Post()
  @HttpCode(200)
  @Throws(CaseNotFound, Forbidden, CaseClosed, IllegalTransition)
  @ApiOkResponse({ type: CaseView })
  @Header('Content-Type', JSON_TYPE)
  async confirm(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string): Promise<string> {
    await this.verification.confirmByClinic(actor, id);
    return (await this.queries.document(id, actor)).json;
  }
}
