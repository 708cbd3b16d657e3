import { Body, Controller, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Admin, CurrentActor } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { IfMatch } from '../../../platform/http/if-match.js';
import { VersionConflict } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { UserNotFound } from '../../identity/users/index.js';
import { AdminClinicView, CreateClinic, UpdateClinic } from './clinics.dto.js';
import { ClinicNotFound } from './clinics.errors.js';
import { adminClinicView } from './clinics.queries.js';
import { ClinicsService } from './clinics.service.js';

@ApiTags('Staff')
@Controller('v1/admin/clinics')
@Admin()
export class ClinicsAdminController {
  constructor(private readonly clinics: ClinicsService) {}

  /** Adds a clinic to the directory. */
  @Post()
  @Throws(UserNotFound)
  async create(@CurrentActor() actor: UserActor, @Body() body: CreateClinic): Promise<AdminClinicView> {
    return adminClinicView(await this.clinics.create(actor, body));
  }

  /** Changes a clinic. Naming an owner gives them the role `clinic`; null takes the clinic from them. */
  @Patch(':id')
  @Throws(ClinicNotFound, UserNotFound, VersionConflict)
  async update(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: UpdateClinic, @IfMatch() ifMatch?: number): Promise<AdminClinicView> {
    return adminClinicView(await this.clinics.update(actor, id, body, ifMatch));
  }
}
