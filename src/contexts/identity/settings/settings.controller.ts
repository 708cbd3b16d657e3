import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, User } from '../../../platform/auth/access.js';
import type { UserActor } from '../../../platform/auth/actor.js';
import { SettingsView, UpdateSettings } from './settings.dto.js';
import { SettingsService } from './settings.service.js';

@ApiTags('Identity')
@Controller('v1/me/settings')
@User()
export class SettingsController {
  constructor(private readonly settings: SettingsService) {}

  /** The own settings, or the defaults. */
  @Get()
  get(@CurrentActor() actor: UserActor): Promise<SettingsView> {
    return this.settings.get(actor.userId);
  }

  /** Changes the own settings. */
  @Put()
  update(@CurrentActor() actor: UserActor, @Body() body: UpdateSettings): Promise<SettingsView> {
    return this.settings.update(actor, body);
  }
}
