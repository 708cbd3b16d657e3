import type { Type } from '@nestjs/common';
import type { StaffActor } from '../auth/actor.js';
import type { StaffRole } from './backoffice-resource.js';

/** Another record. Staff who may not see its table get its id in place of the label, and no link. */
export interface RecordLink {
  kind: 'record';
  /** Class name of its entity, as in `@ForeignKey('Case')`. */
  entity: string;
  id: string;
  label: string;
  /** Where it is; set by the back office. */
  href?: string;
}

/** One value: text, a number, money in minor units, a moment, another record; null shows nothing. */
export type SectionCell = string | number | null | RecordLink | { kind: 'money'; amount: number | string; currency: string } | { kind: 'time'; at: Date };

/** An uploaded picture, shown as its thumbnail, which opens the whole of it. */
export interface SectionFigure {
  fileId: string;
  caption: SectionCell;
}

/** What a section shows; `empty` is said where there is nothing. */
export type SectionContent =
  | { kind: 'table'; columns: readonly string[]; rows: readonly (readonly SectionCell[])[]; empty: string }
  /** Rows of pictures side by side, each with notes on what there is to see. */
  | { kind: 'pictures'; rows: readonly { figures: readonly SectionFigure[]; notes?: readonly SectionCell[] }[]; empty: string };

/** What the loader of a section is told. */
export interface SectionRequest {
  /** Primary key of the record whose page is open. */
  recordId: string;
  /** Who reads it. */
  actor: StaffActor;
  /** Gives a provider of the running application. */
  get<T>(provider: Type<T>): T;
}

/** A part of a record's page below its fields: what other tables know about the record. */
export interface BackofficeSection {
  /** Unique within the resource, camelCase. */
  name: string;
  /** Its heading. */
  title: string;
  /** Roles that see it beside `superadmin`; all that see the record when absent. */
  roles?: readonly StaffRole[];
  load(request: SectionRequest): Promise<SectionContent>;
}

/** Sections on the page of another module's record; see {@link BackofficeActions}. */
export interface BackofficeSections {
  context: string;
  /** Class name of the entity, as in `@ForeignKey('Case')`. */
  entity: string;
  sections: readonly BackofficeSection[];
}

/** A part of the start page: what a table has to say to whoever comes to the desk. */
export interface BackofficePanel {
  /** Its heading. */
  title: string;
  load(request: Omit<SectionRequest, 'recordId'>): Promise<SectionContent>;
}

/** Declares sections on the page of another module's record. */
export function defineSections(sections: BackofficeSections): BackofficeSections {
  return sections;
}

/** Refuses sections of one resource that share a name. */
export function checkSections(entity: string, sections: readonly BackofficeSection[]): void {
  const names = sections.map((section) => section.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new Error(`${entity}: the section "${twice}" is declared twice`);
}
