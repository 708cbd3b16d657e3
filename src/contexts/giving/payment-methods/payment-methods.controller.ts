import { Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, User } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { Forbidden } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { PaymentMethodListQuery, PaymentMethodPage, PaymentMethodView } from './payment-methods.dto.js';
import { PaymentMethodNotFound } from './payment-methods.errors.js';
import { PaymentMethodsQueries } from './payment-methods.queries.js';
import { PaymentMethodsService } from './payment-methods.service.js';

@ApiTags('Giving')
@User()
@Controller('v1')
export class PaymentMethodsController {
  constructor(
    private readonly methods: PaymentMethodsService,
    private readonly queries: PaymentMethodsQueries,
  ) {}

  /** My payment methods, newest first; references only, the provider keeps the rest */
  @Get('me/payment-methods')
  mine(@CurrentActor() actor: UserActor, @Query() query: PaymentMethodListQuery): Promise<PaymentMethodPage> {
    return this.queries.of(actor.userId, query);
  }

  /** Remove a payment method; support that is paid with it falls behind at its next payment */
  @Delete('payment-methods/:id')
  @HttpCode(204)
  @Throws(PaymentMethodNotFound, Forbidden)
  remove(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.methods.remove(actor, id);
  }

  /** Make a payment method my default; the one before it is not any more */
  @Put('payment-methods/:id/default')
  @Throws(PaymentMethodNotFound, Forbidden)
  makeDefault(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string): Promise<PaymentMethodView> {
    return this.methods.makeDefault(actor, id);
  }
}
