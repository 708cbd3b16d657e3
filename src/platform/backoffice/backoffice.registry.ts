import { Injectable } from '@nestjs/common';
import type { BackofficeResource } from './backoffice-resource.js';

/** Collects the tables that modules show in the back office, while the application starts. */
@Injectable()
export class BackofficeRegistry {
  private readonly byEntity = new Map<unknown, BackofficeResource>();

  /** Throws when an entity is declared twice: every table has one owner module. */
  add(resources: readonly BackofficeResource[]): void {
    for (const resource of resources) {
      if (this.byEntity.has(resource.entity)) {
        throw new Error(`${resource.entity.name} is declared twice for the back office`);
      }
      this.byEntity.set(resource.entity, resource);
    }
  }

  /** All declarations, in the order in which modules were loaded. */
  all(): BackofficeResource[] {
    return [...this.byEntity.values()];
  }
}
