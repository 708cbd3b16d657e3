import { Controller, Delete, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, User } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { RateLimited } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { CaseClosed, CaseNotFound } from '../cases/index.js';
import { EndorsementView } from './case-endorsements.dto.js';
import { SelfEndorse } from './case-endorsements.errors.js';
import { CaseEndorsementsService } from './case-endorsements.service.js';

@ApiTags('Cases')
@Controller('v1/cases/:id/endorsement')
@User()
export class CaseEndorsementsController {
  constructor(private readonly endorsements: CaseEndorsementsService) {}

  /**
   * Vouches for an open case of somebody else: 10 new ones on a UTC day; a repeat costs nothing.
   *
   * Endorsements of people whom the community knows count: enough of them verify the case.
   */
  @Put()
  @Throws(CaseNotFound, SelfEndorse, CaseClosed, RateLimited)
  endorse(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string): Promise<EndorsementView> {
    return this.endorsements.endorse(actor, id);
  }

  /** Vouches for a case no longer. A verification that it led to stays. */
  @Delete()
  @Throws(CaseNotFound)
  withdraw(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string): Promise<EndorsementView> {
    return this.endorsements.withdraw(actor, id);
  }
}
