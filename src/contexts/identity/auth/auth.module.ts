import { Module } from '@nestjs/common';
import { UsersModule } from '../users/index.js';
import { AuthController } from './auth.controller.js';
import { ClerkWebhookController } from './clerk-webhook.controller.js';
import { ClerkWebhook } from './clerk-webhook.service.js';

/** How identities come in: the local issuer of development, and the provider's webhook. */
@Module({ imports: [UsersModule], controllers: [AuthController, ClerkWebhookController], providers: [ClerkWebhook] })
export class AuthModule {}
