import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from './platform/config/config.js';
import { IdentityModule } from './contexts/identity/identity.module.js';
import { RescueModule } from './contexts/rescue/rescue.module.js';
import { PlatformModule } from './platform/platform.module.js';

/** The list of contexts, on top of the platform. */
@Module({})
export class AppModule {
  static with(config: Config, databaseUrl: string): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.with(config, databaseUrl), IdentityModule, RescueModule] };
  }
}
