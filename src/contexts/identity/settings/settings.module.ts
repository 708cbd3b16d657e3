import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ForgetSettings } from './on-user-erased.consumer.js';
import { SettingsController } from './settings.controller.js';
import { SettingsService } from './settings.service.js';
import { UserSettings } from './user-settings.entity.js';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { settingsResource } from './settings.admin.js';

/** What people want from us (behaviour 2.2). */
@Module({ imports: [TypeOrmModule.forFeature([UserSettings]), BackofficeResourcesModule.forFeature([settingsResource])], controllers: [SettingsController], providers: [SettingsService, ForgetSettings] })
export class SettingsModule {}
