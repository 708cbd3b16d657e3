import { Module } from '@nestjs/common';
import { QueueModule } from '../../platform/queue/queue.module.js';
import { AuthModule } from './auth/index.js';
import { FollowsModule } from './follows/index.js';
import { SettingsModule } from './settings/index.js';
import { UsersModule } from './users/index.js';

/** Who people are: accounts, settings, follows. */
@Module({ imports: [QueueModule.forContext('identity'), UsersModule, AuthModule, SettingsModule, FollowsModule] })
export class IdentityModule {}
