import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, User } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { Forbidden } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { ClientKey, Idempotent } from '../../../platform/idempotency/idempotency.interceptor.js';
import { Limited } from '../../../platform/limits/quota.interceptor.js';
import { UserNotFound } from '../../identity/users/index.js';
import { CaseClosed, CaseHighRisk, CaseNotFound } from '../../rescue/cases/index.js';
import { CurrencyMismatch, SelfDonation } from '../donations/index.js';
import { PaymentRefused, PaymentsUnavailable } from '../payments/index.js';
import { SubscriptionCheckoutService } from './subscription-checkout.service.js';
import { CreateSubscription, SubscriptionCheckoutView, SubscriptionListQuery, SubscriptionPage, SubscriptionView } from './subscriptions.dto.js';
import { SubscriptionNotFound } from './subscriptions.errors.js';
import { SubscriptionsQueries } from './subscriptions.queries.js';
import { SubscriptionsService } from './subscriptions.service.js';

@ApiTags('Giving')
@User()
@Controller('v1')
export class SubscriptionsController {
  constructor(
    private readonly checkout: SubscriptionCheckoutService,
    private readonly subscriptions: SubscriptionsService,
    private readonly queries: SubscriptionsQueries,
  ) {}

  /** Support a case or a person every month or year: opens the hosted checkout */
  @Post('subscriptions')
  @Limited({ scope: 'subscription.checkout', points: 10, window: 3_600 })
  @Idempotent()
  @Throws(SelfDonation, CaseNotFound, UserNotFound, CaseClosed, CaseHighRisk, CurrencyMismatch, PaymentRefused, PaymentsUnavailable)
  create(@CurrentActor() actor: UserActor, @Body() body: CreateSubscription, @ClientKey() key?: string): Promise<SubscriptionCheckoutView> {
    return this.checkout.open(actor, body, key);
  }

  /** My recurring support, newest first, ended ones too */
  @Get('me/subscriptions')
  mine(@CurrentActor() actor: UserActor, @Query() query: SubscriptionListQuery): Promise<SubscriptionPage> {
    return this.queries.of(actor.userId, query);
  }

  /** End my recurring support at once; what was paid stays paid */
  @Delete('subscriptions/:id')
  @Throws(SubscriptionNotFound, Forbidden)
  cancel(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string): Promise<SubscriptionView> {
    return this.subscriptions.cancelOwn(actor, id);
  }
}
