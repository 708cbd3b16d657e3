import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, User } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { PageQuery } from '../../../platform/http/keyset.js';
import { CursorInvalid } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { AppealsService } from './appeals.service.js';
import { AppealBody, AppealView, DecisionPage } from './decisions.dto.js';
import { AppealExists, AppealWindowClosed, DecisionNotFound } from './decisions.errors.js';
import { DecisionsQueries } from './decisions.queries.js';

@ApiTags('Decisions')
@Controller('v1')
@User()
export class DecisionsController {
  constructor(
    private readonly service: AppealsService,
    private readonly queries: DecisionsQueries,
  ) {}

  /** Lists what staff decided about the caller's own content, and why, newest first. */
  @Get('me/decisions')
  @Throws(CursorInvalid)
  decisions(@CurrentActor() actor: UserActor, @Query() query: PageQuery): Promise<DecisionPage> {
    return this.queries.decisionsAbout(actor.userId, query);
  }

  /** Appeals against a decision about oneself, once and in time. Somebody else than who decided looks at it. */
  @Post('decisions/:id/appeals')
  @HttpCode(201)
  @Throws(DecisionNotFound, AppealExists, AppealWindowClosed)
  async appeal(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: AppealBody): Promise<AppealView> {
    return this.queries.appeal(await this.service.submit(actor, id, body.text));
  }
}
