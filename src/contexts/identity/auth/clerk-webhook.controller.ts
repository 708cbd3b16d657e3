import { Controller, HttpCode, Post, type RawBodyRequest, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../../platform/auth/access.js';
import { ConfigMissing, SignatureInvalid } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { Unlimited } from '../../../platform/limits/client-limiter.js';
import { WebhookReceipt } from './auth.dto.js';
import { ClerkWebhook } from './clerk-webhook.service.js';

@ApiTags('Webhooks')
@Controller('webhooks/clerk')
@Public()
@Unlimited()
export class ClerkWebhookController {
  constructor(private readonly webhook: ClerkWebhook) {}

  /** Takes news of accounts from Clerk, signed by Svix: `user.created`, `user.updated`, `user.deleted`; others are taken and left. */
  @Post()
  @HttpCode(200)
  @Throws(SignatureInvalid, ConfigMissing)
  async receive(@Req() request: RawBodyRequest<FastifyRequest>): Promise<WebhookReceipt> {
    await this.webhook.receive(request.headers, request.rawBody ?? Buffer.alloc(0));
    return { received: true };
  }
}
