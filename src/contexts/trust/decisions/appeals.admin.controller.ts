import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Admin, CurrentActor } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { CursorInvalid } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { ReviewItemClaimed } from '../review-queue/index.js';
import { SelfReviewForbidden } from '../targets/index.js';
import { AppealsService } from './appeals.service.js';
import { AdminAppealPage, AdminAppealView, AppealReviewBody, AppealsQuery } from './decisions.dto.js';
import { AppealDecided, AppealNotFound } from './decisions.errors.js';
import { DecisionsQueries } from './decisions.queries.js';

@ApiTags('Staff')
@Controller('v1/admin/appeals')
@Admin()
export class AppealsAdminController {
  constructor(
    private readonly service: AppealsService,
    private readonly queries: DecisionsQueries,
  ) {}

  /** Lists appeals, oldest first; those that wait unless told otherwise. */
  @Get()
  @Throws(CursorInvalid)
  list(@Query() query: AppealsQuery): Promise<AdminAppealPage> {
    return this.queries.appeals(query);
  }

  /** Judges an appeal; never by who decided, nor by who appealed. An overturned decision is undone as far as that goes. */
  @Post(':id/review')
  @HttpCode(200)
  @Throws(AppealNotFound, AppealDecided, SelfReviewForbidden, ReviewItemClaimed)
  async review(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: AppealReviewBody): Promise<AdminAppealView> {
    await this.service.review(actor, id, body.decision, body.notes || null);
    return this.queries.adminAppeal(id);
  }
}
