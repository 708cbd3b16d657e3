import { Body, Controller, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Admin, CurrentActor } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { IfMatch } from '../../../platform/http/if-match.js';
import { VersionConflict } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { AdminPartnerView, CreatePartner, UpdatePartner } from './partners.dto.js';
import { PartnerNotFound } from './partners.errors.js';
import { adminPartnerView } from './partners.queries.js';
import { PartnersService } from './partners.service.js';

@ApiTags('Staff')
@Controller('v1/admin/partners')
@Admin()
export class PartnersAdminController {
  constructor(private readonly partners: PartnersService) {}

  /** Adds a partner. */
  @Post()
  async create(@CurrentActor() actor: UserActor, @Body() body: CreatePartner): Promise<AdminPartnerView> {
    return adminPartnerView(await this.partners.create(actor, body));
  }

  /** Changes a partner, or takes it from the public and back. */
  @Patch(':id')
  @Throws(PartnerNotFound, VersionConflict)
  async update(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: UpdatePartner, @IfMatch() ifMatch?: number): Promise<AdminPartnerView> {
    return adminPartnerView(await this.partners.update(actor, id, body, ifMatch));
  }
}
