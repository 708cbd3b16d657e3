import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../../../platform/auth/access.js';
import { CursorInvalid } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { ClinicPage, ClinicQuery, ClinicView } from './clinics.dto.js';
import { ClinicNotFound } from './clinics.errors.js';
import { ClinicsQueries } from './clinics.queries.js';

@ApiTags('Directory')
@Controller('v1/clinics')
@Public()
export class ClinicsController {
  constructor(private readonly queries: ClinicsQueries) {}

  /** Lists clinics, featured ones first, then by name. */
  @Get()
  @Throws(CursorInvalid)
  list(@Query() query: ClinicQuery): Promise<ClinicPage> {
    return this.queries.list(query);
  }

  /** One clinic. */
  @Get(':id')
  @Throws(ClinicNotFound)
  get(@Param('id', IdPipe) id: string): Promise<ClinicView> {
    return this.queries.get(id);
  }
}
