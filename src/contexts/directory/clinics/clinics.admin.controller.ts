import { Body, Controller, Delete, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Admin, CurrentActor } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { CsvBody } from '../../../platform/http/csv-body.js';
import { IfMatch } from '../../../platform/http/if-match.js';
import { VersionConflict } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { UserNotFound } from '../../identity/users/index.js';
import { ImportQuery, ImportReport, RevokeOwner } from '../listings/index.js';
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

  /** Takes a clinic from who runs it, with a reason; their role follows. One that nobody runs stays as it is. */
  @Delete(':id/owner')
  @Throws(ClinicNotFound)
  async revokeOwner(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() { reason }: RevokeOwner): Promise<AdminClinicView> {
    return adminClinicView(await this.clinics.revokeOwner(actor, id, reason));
  }

  /**
   * Enters clinics from a CSV file with the columns `name, city, address, phone` and, as wanted, `is24h, specializations, verified,
   * featured, image, rating, reviewCount`. Lines that are not valid or listed already are skipped and reported.
   */
  @Post('import')
  @HttpCode(200)
  @CsvBody()
  import(@CurrentActor() actor: UserActor, @Body() text: string, @Query() { dryRun = false }: ImportQuery): Promise<ImportReport> {
    return this.clinics.import(actor, text, dryRun);
  }
}
