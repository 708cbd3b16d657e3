import type { Type } from '@nestjs/common';
import type { StaffActor } from '../../platform/auth/actor.js';
import type { BackofficeAction, BackofficeCreate, BackofficeDownload, BackofficeEdit, StaffMember, StaffRole } from '../../platform/backoffice/index.js';
import type { Action, ActionContext, ActionRequest, ActionResponse, BaseRecord, RecordActionResponse } from '../adminjs.js';
import type { OnAct } from '../audit.js';
import { toValidationError } from './failure.js';
import { parseForm } from './form-values.js';

/** What commands need from the application around them. */
export interface CommandSurroundings {
  /** Gives a provider of the running application. */
  get<T>(provider: Type<T>): T;
  /** Path under which the back office is mounted. */
  rootPath: string;
  onAct?: OnAct;
  /** Roles that see the resource: nobody acts on what they may not see. */
  readers?: readonly StaffRole[];
}

type Form = BackofficeCreate | BackofficeEdit | BackofficeAction;

/** True when the signed-in person holds one of the roles; no list of roles means everybody. */
export function mayAct(actor: unknown, roles?: readonly StaffRole[]): boolean {
  if (!isStaff(actor)) return false;
  return !roles || actor.role === 'superadmin' || roles.includes(actor.role);
}

export const isStaff = (value: unknown): value is StaffMember => typeof value === 'object' && value !== null && 'role' in value;

/** A member of staff as services know them. */
export const actorOf = ({ id, userId, role }: StaffMember): StaffActor => ({ kind: 'staff', staffId: id, userId, role });

/** AdminJS's `new` action over a declared creation. */
export function createAction(form: BackofficeCreate, around: CommandSurroundings): Partial<Action<RecordActionResponse>> {
  return {
    ...appearance(form),
    isAccessible: ({ currentAdmin }) => mayAct(currentAdmin, around.readers) && mayAct(currentAdmin, form.roles),
    handler: async (request, _response, context) => {
      const empty = context.resource.build({});
      return submit(request, context, empty, async (actor) => {
        const { values, reason } = parseForm(form, request.payload ?? {});
        const recordId = await form.save({ actor: actorOf(actor), values, reason, get: around.get });
        return { recordId, reason, before: null };
      }, around.onAct);
    },
  };
}

/** AdminJS's `edit` action, or one of its own on a record, over a declared form. */
export function recordAction(form: BackofficeEdit | BackofficeAction, around: CommandSurroundings): Partial<Action<RecordActionResponse>> {
  const applies = (record?: BaseRecord): boolean =>
    !record || !('appliesTo' in form) || !form.appliesTo || form.appliesTo(record.params);
  return {
    ...appearance(form),
    actionType: 'record',
    isAccessible: ({ currentAdmin, record }) => mayAct(currentAdmin, around.readers) && mayAct(currentAdmin, form.roles) && applies(record),
    handler: async (request, _response, context) => {
      const { record } = context;
      if (!record) throw new Error('AdminJS called a record action without a record');
      return submit(request, context, record, async (actor) => {
        const { values, reason } = parseForm(form, request.payload ?? {});
        const recordId = String(record.id());
        const before = { ...record.params };
        const command = { actor: actorOf(actor), values, reason, recordId, get: around.get };
        await ('handler' in form ? form.handler(command) : form.save(command));
        return { recordId, reason, before };
      }, around.onAct);
    },
  };
}

/** An action of the list that asks for the fields of a file; the file itself comes from `http/downloads.ts`. */
export const downloadAction = ({ name, fields, roles }: BackofficeDownload, resourceId: string, { rootPath }: CommandSurroundings): Partial<Action<ActionResponse>> => ({
  actionType: 'resource',
  component: 'DownloadForm',
  icon: 'Download',
  isAccessible: ({ currentAdmin }) => mayAct(currentAdmin, roles),
  handler: async () => ({}),
  custom: { fields, path: `${rootPath}/downloads/${resourceId}/${name}` },
});

/** How the form of a command looks; `CommandForm` draws it. */
function appearance(form: Form): Pick<Partial<Action<ActionResponse>>, 'component' | 'icon' | 'variant' | 'custom'> {
  const isAction = 'handler' in form;
  return {
    component: 'CommandForm',
    ...(isAction ? { icon: form.icon ?? 'Play', variant: form.danger ? 'danger' : 'default' } : {}),
    custom: {
      fields: form.fields ?? {},
      needsReason: form.needsReason ?? false,
      confirm: form.confirm ?? null,
      submitLabel: isAction ? form.label : 'Save',
      danger: isAction && (form.danger ?? false),
    },
  };
}

interface Outcome {
  recordId: string;
  reason: string | null;
  before: Record<string, unknown> | null;
}

/** A GET only opens the form: nothing changes without a POST, which other sites cannot send. */
async function submit(
  request: ActionRequest,
  context: ActionContext,
  record: BaseRecord,
  run: (actor: StaffMember) => Promise<Outcome>,
  onAct?: OnAct,
): Promise<RecordActionResponse> {
  const { resource, currentAdmin, h, action } = context;
  if (request.method !== 'post') return { record: record.toJSON(currentAdmin) };
  if (!isStaff(currentAdmin)) throw new Error('AdminJS ran a command for nobody');
  let outcome: Outcome;
  try {
    outcome = await run(currentAdmin);
  } catch (error) {
    throw toValidationError(error);
  }
  const saved = await resource.findOne(outcome.recordId, context);
  await onAct?.({
    staff: currentAdmin,
    action: action.name,
    resource: resource.id(),
    recordId: outcome.recordId,
    reason: outcome.reason,
    before: outcome.before,
    after: saved?.params ?? null,
  });
  const resourceId = resource.id();
  return {
    record: (saved ?? record).toJSON(currentAdmin),
    redirectUrl: saved ? h.showUrl(resourceId, outcome.recordId) : h.resourceUrl({ resourceId }),
    notice: { message: 'Done.', type: 'success' },
  };
}
