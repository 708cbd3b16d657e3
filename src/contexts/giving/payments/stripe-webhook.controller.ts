import { Controller, HttpCode, Post, type RawBodyRequest, Req } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../../platform/auth/access.js';
import { ConfigMissing, SignatureInvalid } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { Unlimited } from '../../../platform/limits/client-limiter.js';
import { StripeWebhookReceipt } from './payments.dto.js';
import { StripeEventsService } from './stripe-events.service.js';

@ApiTags('Webhooks')
@Controller('webhooks/stripe')
export class StripeWebhookController {
  constructor(private readonly events: StripeEventsService) {}

  /** Takes a signed event of the payment provider: stores it, and answers before it is processed */
  @Post()
  @Public()
  @Unlimited()
  @HttpCode(200)
  @ApiHeader({ name: 'Stripe-Signature', required: true, description: 'Signature over the raw body, at most 300 seconds old' })
  @ApiBody({ description: 'An event as Stripe publishes it', schema: { type: 'object', additionalProperties: true } })
  @Throws(SignatureInvalid, ConfigMissing)
  async receive(@Req() request: RawBodyRequest<FastifyRequest>): Promise<StripeWebhookReceipt> {
    await this.events.receive(request.rawBody, request.headers['stripe-signature']);
    return { received: true };
  }
}
