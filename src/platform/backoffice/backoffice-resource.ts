import type { Type } from '@nestjs/common';
import type { StaffActor } from '../auth/actor.js';
import type { BackofficeDownload } from './backoffice-download.js';
import type { BackofficePanel, BackofficeSection } from './backoffice-section.js';

/** Roles of staff accounts; `superadmin` may do whatever any other role may. */
export const STAFF_ROLES = ['superadmin', 'moderator', 'finance', 'support'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** The signed-in member of staff. */
export interface StaffMember {
  /** Id of the staff account. */
  id: string;
  email: string;
  name: string;
  role: StaffRole;
  /** The person's own user in the public system, when the account is linked to one. */
  userId: string | null;
}

/** A value of a form field after parsing: empty optional fields are null. */
export type FieldValue = string | number | boolean | null;

/** One input of a form. `number` gives a JavaScript number, `date` an ISO day, all others text. */
export interface BackofficeField {
  label: string;
  type: 'text' | 'textarea' | 'number' | 'boolean' | 'date' | 'select';
  /** Allowed values; needed by `select`. */
  options?: readonly string[];
  required?: boolean;
  /** Longest text in characters; 500 when absent, 2000 for a `textarea`. */
  max?: number;
  /** One line of help under the input. */
  help?: string;
}

/** What every command of the back office is told. */
export interface BackofficeCommand {
  /** On whose behalf it runs, as services and the audit log know them. */
  actor: StaffActor;
  /** The parsed form fields, by name. */
  values: Readonly<Record<string, FieldValue>>;
  /** Why staff act; never empty when the form has `needsReason`. */
  reason: string | null;
  /** Gives a provider of the running application, so that writes go through domain services. */
  get<T>(provider: Type<T>): T;
}

/** A command on one record. */
export interface RecordCommand extends BackofficeCommand {
  /** Primary key of the record. */
  recordId: string;
}

interface BackofficeForm {
  /** Inputs in the order shown; the name `reason` is taken by `needsReason`. */
  fields?: Readonly<Record<string, BackofficeField>>;
  /** Asks for a reason and refuses the command without one. */
  needsReason?: boolean;
  /** A sentence that staff must confirm before the command runs. */
  confirm?: string;
  /** Roles allowed beside `superadmin`; all roles when absent. */
  roles?: readonly StaffRole[];
}

/** Creation of a record through a domain service; answers the new record's id. */
export interface BackofficeCreate extends BackofficeForm {
  fields: Readonly<Record<string, BackofficeField>>;
  save(command: BackofficeCommand): Promise<string>;
}

/** Change of a record through a domain service; fields are named after properties, which prefill them. */
export interface BackofficeEdit extends BackofficeForm {
  fields: Readonly<Record<string, BackofficeField>>;
  save(command: RecordCommand): Promise<void>;
}

/** An act on one record beyond editing, such as hiding a case or refunding a donation. */
export interface BackofficeAction extends BackofficeForm {
  /** Name in URLs and in the audit log, camelCase, unique within the resource. */
  name: string;
  label: string;
  /** Feather icon name; `Play` when absent. */
  icon?: string;
  /** Paints the button as dangerous. */
  danger?: boolean;
  /** Hides the action from records it does not apply to; it is refused there as well. */
  appliesTo?(record: Readonly<Record<string, unknown>>): boolean;
  handler(command: RecordCommand): Promise<void>;
}

/**
 * How the back office shows one table. A resource is read-only unless it declares `create`,
 * `edit` or `actions`, which hand over to domain services: nothing is written around them.
 */
export interface BackofficeResource {
  entity: Type<object>;
  /** The bounded context, which is also the menu group: `rescue`, `giving`... */
  context: string;
  /** Plural name in the menu; derived from the table's name when absent. */
  label?: string;
  /** Property that names a record in links and pickers; the primary key when absent. */
  title?: string;
  /** Columns that staff never see; they are not even read from the database. */
  hidden?: readonly string[];
  /** Columns of the list, in order; the first eight when absent. */
  listColumns?: readonly string[];
  /** Order of a fresh list; newest primary key first when absent. */
  sort?: { by: string; direction: 'asc' | 'desc' };
  /** Amounts in minor units, each with the property that holds its ISO 4217 currency. */
  money?: Readonly<Record<string, string>>;
  /** Allowed values of text columns, shown as badges and offered as filters. */
  enums?: Readonly<Record<string, readonly string[]>>;
  /** Entities behind id columns that carry no foreign key of their own. */
  references?: Readonly<Record<string, Type<object>>>;
  /** Roles that see the resource beside `superadmin`; all roles when absent. */
  roles?: readonly StaffRole[];
  /** What the start page shows of it, to those who see the table. */
  panel?: BackofficePanel;
  create?: BackofficeCreate;
  edit?: BackofficeEdit;
  actions?: readonly BackofficeAction[];
  /** What a record's page shows below its fields, in this order. */
  sections?: readonly BackofficeSection[];
  /** Files that staff may take from the list. */
  downloads?: readonly BackofficeDownload[];
}

/**
 * Actions on the table of another module of the context, which does not know this one: moving a case along
 * its life is not the business of the module that keeps cases.
 */
export interface BackofficeActions {
  context: string;
  /** Class name of the entity, as in `@ForeignKey('Case')`. */
  entity: string;
  actions: readonly BackofficeAction[];
}

/** Checks a declaration where it is written, so that a bad one stops the start and not a request. */
export function defineResource(resource: BackofficeResource): BackofficeResource {
  const forms: BackofficeForm[] = [resource.create, resource.edit].filter((form) => form !== undefined);
  checkForms(resource.entity.name, [...forms, ...(resource.actions ?? [])]);
  checkNames(resource.entity.name, [...(resource.actions ?? []), ...(resource.downloads ?? [])]);
  return resource;
}

/** Like {@link defineResource}, for actions alone. */
export function defineActions(actions: BackofficeActions): BackofficeActions {
  checkForms(actions.entity, actions.actions);
  return actions;
}

function checkForms(entity: string, forms: readonly BackofficeForm[]): void {
  if (forms.some((form) => form.fields && 'reason' in form.fields)) {
    throw new Error(`${entity}: the field name "reason" is taken by needsReason`);
  }
}

/** Refuses actions of one resource that share a name with another or with one of AdminJS's own. */
export function checkNames(entity: string, actions: readonly { name: string }[]): void {
  const names = actions.map((action) => action.name);
  const taken = ['list', 'show', 'new', 'edit', 'delete', 'bulkDelete', 'search', 'sections'];
  const bad = names.find((name, index) => taken.includes(name) || names.indexOf(name) !== index);
  if (bad) throw new Error(`${entity}: the action name "${bad}" is already taken`);
}
