import { type DynamicModule, Module } from '@nestjs/common';
import type { BackofficeResource } from './backoffice-resource.js';
import { type BackofficeGuest, BackofficeRegistry } from './backoffice.registry.js';

/** Holds the one registry that every `forFeature` adds to. */
@Module({ providers: [BackofficeRegistry], exports: [BackofficeRegistry] })
export class BackofficeRegistryModule {}

/**
 * Imported by each module that shows tables: `BackofficeResourcesModule.forFeature([caseResource])`; one that
 * only brings actions or sections to the table of another module names them second.
 */
@Module({})
export class BackofficeResourcesModule {
  static forFeature(resources: readonly BackofficeResource[], guests: readonly BackofficeGuest[] = []): DynamicModule {
    return {
      module: BackofficeResourcesModule,
      imports: [BackofficeRegistryModule],
      providers: [
        {
          provide: 'BACKOFFICE_RESOURCES',
          inject: [BackofficeRegistry],
          useFactory: (registry: BackofficeRegistry) => {
            registry.add(resources);
            registry.addGuests(guests);
            return resources;
          },
        },
      ],
    };
  }
}
