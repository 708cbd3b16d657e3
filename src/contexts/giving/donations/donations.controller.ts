import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, User } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { Forbidden } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { ClientKey, Idempotent } from '../../../platform/idempotency/idempotency.interceptor.js';
import { Limited } from '../../../platform/limits/quota.interceptor.js';
import { CaseClosed, CaseHighRisk, CaseNotFound } from '../../rescue/cases/index.js';
import { CampaignClosed, CampaignNotFound } from '../campaigns/index.js';
import { PaymentRefused, PaymentsUnavailable } from '../payments/index.js';
import { CheckoutService } from './checkout.service.js';
import { CheckoutSessionView, CreateCheckoutSession, DonationListQuery, DonationPage, DonationStats, DonationView } from './donations.dto.js';
import { CurrencyMismatch, DonationNotFound, SelfDonation } from './donations.errors.js';
import { canSeeDonation } from './donations.policy.js';
import { DonationsQueries } from './donations.queries.js';

@ApiTags('Giving')
@User()
@Controller('v1')
export class DonationsController {
  constructor(
    private readonly checkout: CheckoutService,
    private readonly donations: DonationsQueries,
  ) {}

  /** Open a hosted checkout for a donation */
  @Post('donations/checkout-sessions')
  @Limited({ scope: 'donation.checkout', points: 10, window: 3_600 })
  @Idempotent()
  @Throws(SelfDonation, CaseNotFound, CampaignNotFound, CaseClosed, CaseHighRisk, CampaignClosed, CurrencyMismatch, PaymentRefused, PaymentsUnavailable)
  openCheckout(@CurrentActor() actor: UserActor, @Body() body: CreateCheckoutSession, @ClientKey() key?: string): Promise<CheckoutSessionView> {
    return this.checkout.open(actor, body, key);
  }

  /** My donations, newest first, whatever became of them */
  @Get('me/donations')
  mine(@CurrentActor() actor: UserActor, @Query() query: DonationListQuery): Promise<DonationPage> {
    return this.donations.ofDonor(actor.userId, query);
  }

  /** What I have given in all */
  @Get('me/donations/stats')
  myStats(@CurrentActor() actor: UserActor): Promise<DonationStats> {
    return this.donations.statsOf(actor.userId);
  }

  /** One donation, for its donor and staff */
  @Get('donations/:id')
  @User('donor of the donation, or an admin')
  @Throws(Forbidden, DonationNotFound)
  async get(@CurrentActor() actor: UserActor, @Param('id', IdPipe) id: string): Promise<DonationView> {
    const donation = await this.donations.find(id);
    if (!donation) throw new DonationNotFound();
    if (!canSeeDonation(actor, donation)) throw new Forbidden('Only its donor and staff see a donation');
    return donation;
  }
}
