import { Module } from '@nestjs/common';
import { QueueModule } from '../../platform/queue/queue.module.js';
import { AuthModule } from './auth/index.js';
import { UsersModule } from './users/index.js';

/** Who people are: accounts, settings, follows, privacy. */
@Module({ imports: [QueueModule.forContext('identity'), UsersModule, AuthModule] })
export class IdentityModule {}
