import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Admin, CurrentActor } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { ClientKey, Idempotent } from '../../../platform/idempotency/idempotency.interceptor.js';
import { DonationNotFound } from '../donations/index.js';
import { CreateRefund, RefundView } from './refunds.dto.js';
import { DonationDisputed, DonationNotCompleted, RefundExceedsDonation } from './refunds.errors.js';
import { RefundsService } from './refunds.service.js';

@ApiTags('Giving')
@Admin()
@Controller('v1/admin/donations/:id/refunds')
export class RefundsAdminController {
  constructor(private readonly refunds: RefundsService) {}

  /** Give back a donation, in part or whole; the payment provider is told after the answer */
  @Post()
  @Idempotent()
  @Throws(DonationNotFound, DonationNotCompleted, RefundExceedsDonation, DonationDisputed)
  request(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string, @Body() body: CreateRefund, @ClientKey() key?: string): Promise<RefundView> {
    return this.refunds.request(actor, id, body, key === undefined ? undefined : `${actor.userId}:${key}`);
  }
}
