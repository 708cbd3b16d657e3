import { SYSTEM } from '../platform/auth/actor.js';
import { defineAuditAction } from '../platform/audit/audit-entry.js';
import type { Database } from '../platform/database/database.js';
import type { OnAct } from './audit.js';
import { actorOf } from './resources/commands.js';

const ACTIONS = {
  signIn: defineAuditAction('staff.signed_in', 'staff_account'),
  signInRefused: defineAuditAction('staff.sign_in_refused', 'staff_account'),
  signOut: defineAuditAction('staff.signed_out', 'staff_account'),
};
const acted = defineAuditAction('staff.acted', 'record');

/** Writes acts of the desk to the audit log, beside what the services called write themselves. */
export const auditStaff =
  (database: Database): OnAct =>
  ({ staff, action, resource, recordId, reason, before, after }) =>
    database.transaction(async (tx) => {
      const actor = staff ? actorOf(staff) : SYSTEM;
      const entry = ACTIONS[action as keyof typeof ACTIONS];
      if (entry) tx.audit(actor, entry, recordId ?? 'unknown');
      else tx.audit(actor, acted, `${resource}/${recordId}`, { action, reason, changed: changedFields(before, after) });
    });

/** Names only: values may hold personal data, and the service that made the change says what it was. */
function changedFields(before: Record<string, unknown> | null, after: Record<string, unknown> | null): string[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names].filter((name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name])).sort();
}
