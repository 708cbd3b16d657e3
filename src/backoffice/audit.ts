import type { StaffMember } from '../platform/backoffice/index.js';

/** One act at the desk, as the audit log needs it. */
export interface StaffAct {
  /** Null when somebody failed to sign in. */
  staff: StaffMember | null;
  /** `signIn`, `signInRefused`, `signOut`, `new`, `edit` or the name of a resource's action. */
  action: string;
  /** Resource id, or `staff` for signing in and out. */
  resource: string;
  recordId: string | null;
  reason: string | null;
  /** The record as staff saw it before and after; null where there is none. */
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/** Called after each act of staff that changed something, and for each sign-in. */
export type OnAct = (act: StaffAct) => Promise<void>;
