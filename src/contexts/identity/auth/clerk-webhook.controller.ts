import { Controller, HttpCode, Post, type RawBodyRequest, Req } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../../platform/auth/access.js';
import { ConfigMissing, SignatureInvalid } from '../../../platform/http/problem.js';
import { Throws } from '../../../platform/http/throws.js';
import { Unlimited } from '../../../platform/limits/client-limiter.js';
import { ClerkWebhookReceipt } from './auth.dto.js';
import { ClerkWebhook } from './clerk-webhook.service.js';

@ApiTags('Webhooks')
@Controller('webhooks/clerk')
@Public()
@Unlimited()
export class ClerkWebhookController {
  constructor(private readonly webhook: ClerkWebhook) {}

  /** Takes news of accounts from Clerk, signed by Svix: `user.created`, `user.updated`, `user.deleted`; others are taken and left. */
  @Post()
  @ApiHeader({ name: 'svix-id', description: 'Id of the message', required: true })
  @ApiHeader({ name: 'svix-timestamp', description: 'Seconds since 1970; at most five minutes off', required: true })
  @ApiHeader({ name: 'svix-signature', description: 'HMAC over id, timestamp and raw body', required: true })
  @ApiBody({ description: 'An event of Clerk, as it was signed', schema: { type: 'object', additionalProperties: true, example: { type: 'user.created', data: { id: 'user_2abc' } } } })
  @HttpCode(200)
  @Throws(SignatureInvalid, ConfigMissing)
  async receive(@Req() request: RawBodyRequest<FastifyRequest>): Promise<ClerkWebhookReceipt> {
    await this.webhook.receive(request.headers, request.rawBody ?? Buffer.alloc(0));
    return { received: true };
  }
}
