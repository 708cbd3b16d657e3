import { Injectable } from '@nestjs/common';
import { type BackofficeActions, type BackofficeResource, checkNames } from './backoffice-resource.js';

/** Collects the tables that modules show in the back office, while the application starts. */
@Injectable()
export class BackofficeRegistry {
  private readonly byEntity = new Map<unknown, BackofficeResource>();
  private readonly guests: BackofficeActions[] = [];

  /** Throws when an entity is declared twice: every table has one owner module. */
  add(resources: readonly BackofficeResource[]): void {
    for (const resource of resources) {
      if (this.byEntity.has(resource.entity)) {
        throw new Error(`${resource.entity.name} is declared twice for the back office`);
      }
      this.byEntity.set(resource.entity, resource);
    }
  }

  /** Modules load in any order, so that the resource may come later. */
  addActions(guests: readonly BackofficeActions[]): void {
    this.guests.push(...guests);
  }

  /**
   * All declarations, each with the actions that other modules bring. Throws when these are for a resource
   * that nobody declared, or take a name that it has.
   */
  all(): BackofficeResource[] {
    const resources = [...this.byEntity.values()];
    const isFor = (guest: BackofficeActions, { context, entity }: BackofficeResource): boolean => guest.context === context && guest.entity === entity.name;
    const homeless = this.guests.find((guest) => !resources.some((resource) => isFor(guest, resource)));
    if (homeless) throw new Error(`Nobody shows ${homeless.context}'s ${homeless.entity}, on which actions are declared`);
    return resources.map((resource) => {
      const actions = [...(resource.actions ?? []), ...this.guests.filter((guest) => isFor(guest, resource)).flatMap((guest) => guest.actions)];
      checkNames(resource.entity.name, actions);
      return { ...resource, actions };
    });
  }
}
