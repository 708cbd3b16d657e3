import { Controller, Delete, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, User } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { CaseNotFound } from '../cases/index.js';
import { LikeView, SaveView } from './case-social.dto.js';
import { CaseSocialQueries } from './case-social.queries.js';

@ApiTags('Cases')
@Controller('v1/cases/:id')
@User()
@Throws(CaseNotFound)
export class CaseSocialController {
  constructor(private readonly marks: CaseSocialQueries) {}

  /** Likes a case. */
  @Put('like')
  async like(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string): Promise<LikeView> {
    return { liked: true, count: await this.marks.put('like', actor.userId, id) };
  }

  /** Takes the like back. */
  @Delete('like')
  async unlike(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string): Promise<LikeView> {
    return { liked: false, count: await this.marks.remove('like', actor.userId, id) };
  }

  /** Keeps a case. */
  @Put('save')
  async save(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string): Promise<SaveView> {
    return { saved: true, count: await this.marks.put('save', actor.userId, id) };
  }

  /** Keeps a case no longer. */
  @Delete('save')
  async unsave(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string): Promise<SaveView> {
    return { saved: false, count: await this.marks.remove('save', actor.userId, id) };
  }
}
