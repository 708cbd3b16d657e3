import { Injectable } from '@nestjs/common';
import { type BackofficeActions, type BackofficeResource, checkNames } from './backoffice-resource.js';
import { type BackofficeSections, checkSections } from './backoffice-section.js';

/** What a module brings to the table of another module of its context. */
export type BackofficeGuest = BackofficeActions | BackofficeSections;

/** Collects the tables that modules show in the back office, while the application starts. */
@Injectable()
export class BackofficeRegistry {
  private readonly byEntity = new Map<unknown, BackofficeResource>();
  private readonly guests: BackofficeGuest[] = [];

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
  addGuests(guests: readonly BackofficeGuest[]): void {
    this.guests.push(...guests);
  }

  /**
   * All declarations, each with the actions and sections that other modules bring. Throws when these are for a resource
   * that nobody declared, or take a name that it has.
   */
  all(): BackofficeResource[] {
    const resources = [...this.byEntity.values()];
    const isFor = (guest: BackofficeGuest, { context, entity }: BackofficeResource): boolean => guest.context === context && guest.entity === entity.name;
    const homeless = this.guests.find((guest) => !resources.some((resource) => isFor(guest, resource)));
    if (homeless) throw new Error(`Nobody shows ${homeless.context}'s ${homeless.entity}, on which others declare something`);
    return resources.map((resource) => {
      const guests = this.guests.filter((guest) => isFor(guest, resource));
      const actions = [...(resource.actions ?? []), ...guests.flatMap((guest) => ('actions' in guest ? guest.actions : []))];
      const sections = [...(resource.sections ?? []), ...guests.flatMap((guest) => ('sections' in guest ? guest.sections : []))];
      checkNames(resource.entity.name, actions);
      checkSections(resource.entity.name, sections);
      return { ...resource, actions, sections };
    });
  }
}
