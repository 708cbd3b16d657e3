import { Body, Controller, Delete, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Admin, CurrentActor } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { CsvBody } from '../../../platform/http/csv-body.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { ImportQuery, ImportReport, RevokeOwner } from '../listings/index.js';
import { PetServiceView } from './pet-services.dto.js';
import { PetServiceNotFound } from './pet-services.errors.js';
import { PetServicesQueries } from './pet-services.queries.js';
import { PetServicesService } from './pet-services.service.js';

@ApiTags('Staff')
@Controller('v1/admin/pet-services')
@Admin()
export class PetServicesAdminController {
  constructor(
    private readonly queries: PetServicesQueries,
    private readonly services: PetServicesService,
  ) {}

  /** Takes a pet service from who runs it, with a reason. One that nobody runs stays as it is. */
  @Delete(':id/owner')
  @Throws(PetServiceNotFound)
  async revokeOwner(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() { reason }: RevokeOwner): Promise<PetServiceView> {
    await this.services.revokeOwner(actor, id, reason);
    return this.queries.get(id);
  }

  /**
   * Enters pet services from a CSV file with the columns `name, type, city, address, phone` and, as wanted, `email, website, description,
   * services, specializations, is24h, hours, logo, verified`. Lines that are not valid or listed already are skipped and reported.
   */
  @Post('import')
  @HttpCode(200)
  @CsvBody()
  import(@CurrentActor() actor: UserActor, @Body() text: string, @Query() { dryRun = false }: ImportQuery): Promise<ImportReport> {
    return this.services.import(actor, text, dryRun);
  }
}
