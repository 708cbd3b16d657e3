import { Body, Controller, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Admin, CurrentActor } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { Forbidden, ReasonRequired } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { AccountView, SetRole, SetVerification } from './users.dto.js';
import { UserNotFound } from './users.errors.js';
import { accountView } from './users.queries.js';
import { UsersService } from './users.service.js';

@ApiTags('Staff')
@Controller('v1/admin/users')
@Admin()
@Throws(UserNotFound, Forbidden)
export class UsersAdminController {
  constructor(private readonly users: UsersService) {}

  /** Gives a person a role; one's own is changed by another admin. */
  @Put(':id/role')
  async setRole(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() { role }: SetRole): Promise<AccountView> {
    return accountView(await this.users.setRole(actor, id, role));
  }

  /** Moves a person on the verification ladder; a step down needs a reason. */
  @Put(':id/verification')
  @Throws(ReasonRequired)
  async setVerification(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: SetVerification): Promise<AccountView> {
    return accountView(await this.users.setVerification(actor, id, body));
  }
}
