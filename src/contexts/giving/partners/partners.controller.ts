import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../../../platform/auth/access.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { PartnerListQuery, PartnerPage, PartnerStats, PartnerView } from './partners.dto.js';
import { PartnerNotFound } from './partners.errors.js';
import { PartnersQueries } from './partners.queries.js';

@ApiTags('Giving')
@Controller('v1/partners')
export class PartnersController {
  constructor(private readonly partners: PartnersQueries) {}

  /** Partners, featured ones first, then by name. */
  @Get()
  @Public()
  list(@Query() query: PartnerListQuery): Promise<PartnerPage> {
    return this.partners.list(query);
  }

  /** What all partners did together. */
  @Get('stats')
  @Public()
  stats(): Promise<PartnerStats> {
    return this.partners.stats();
  }

  /** One partner. */
  @Get(':id')
  @Public()
  @Throws(PartnerNotFound)
  get(@Param('id', IdPipe) id: string): Promise<PartnerView> {
    return this.partners.get(id);
  }
}
