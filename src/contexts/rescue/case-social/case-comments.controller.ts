import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, Optional, User, Viewer } from '../../../platform/auth/access.js';
import type { Actor, UserActor } from '../../../platform/auth/actor.js';
import { PageQuery } from '../../../platform/http/keyset.js';
import { CursorInvalid, Forbidden } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { Limited } from '../../../platform/limits/quota.interceptor.js';
import { CaseNotFound, CasesReader } from '../cases/index.js';
import { AddCommentBody, CaseCommentPage, CaseCommentView } from './case-comments.dto.js';
import { CommentNotFound } from './case-comments.errors.js';
import { CaseCommentsQueries } from './case-comments.queries.js';
import { CaseCommentsService } from './case-comments.service.js';

@ApiTags('Cases')
@Controller('v1')
export class CaseCommentsController {
  constructor(
    private readonly service: CaseCommentsService,
    private readonly queries: CaseCommentsQueries,
    private readonly cases: CasesReader,
  ) {}

  /** Lists the comments of a case, newest first; a reply is one of them and names its `parentId`. */
  @Get('cases/:id/comments')
  @Optional()
  @Throws(CaseNotFound, CursorInvalid)
  async list(@Viewer() viewer: Actor | null, @Param('id', IdPipe) id: string, @Query() query: PageQuery): Promise<CaseCommentPage> {
    await this.cases.assertVisible(id, viewer);
    return this.queries.page(id, query);
  }

  /** Comments on a case, closed or not, or answers a comment: at most 30 an hour and 10 in 5 minutes. */
  @Post('cases/:id/comments')
  @User()
  @HttpCode(201)
  @Limited({ scope: 'case.comment', points: 30, window: 3_600 }, { scope: 'case.comment.burst', points: 10, window: 300 })
  @Throws(CaseNotFound)
  add(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: AddCommentBody): Promise<CaseCommentView> {
    return this.service.addComment(actor, id, body);
  }

  /** Deletes a comment as its author or as an admin: a placeholder takes its place for everyone at once. */
  @Delete('comments/:id')
  @User()
  @Throws(CommentNotFound, CaseNotFound, Forbidden)
  delete(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string): Promise<CaseCommentView> {
    return this.service.deleteComment(actor, id, null);
  }
}
