import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { BackofficeModule } from './backoffice/backoffice.module.js';
import { DirectoryModule } from './contexts/directory/directory.module.js';
import { EngagementModule } from './contexts/engagement/engagement.module.js';
import { GivingModule } from './contexts/giving/giving.module.js';
import { IdentityModule } from './contexts/identity/identity.module.js';
import { RescueModule } from './contexts/rescue/rescue.module.js';
import { TrustModule } from './contexts/trust/trust.module.js';
import type { Config } from './platform/config/config.js';
import { PlatformModule } from './platform/platform.module.js';

/** The list of contexts, on top of the platform and below the back office. */
@Module({})
export class AppModule {
  static with(config: Config, databaseUrl: string, additions: Type[]): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(config, databaseUrl),
        IdentityModule,
        DirectoryModule,
        EngagementModule,
        RescueModule,
        GivingModule,
        TrustModule,
        BackofficeModule.register(),
        ...additions,
      ],
    };
  }
}
