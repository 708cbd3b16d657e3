export const USER_ROLES = ['user', 'volunteer', 'clinic', 'admin'] as const;
export type UserRole = (typeof USER_ROLES)[number];

/** Whoever acts: a signed-in person, a staff account of the back office, or the system itself. */
export type Actor = UserActor | StaffActor | SystemActor;

export interface UserActor {
  kind: 'user';
  userId: string;
  role: UserRole;
  /** When the account was made; new accounts meet extra risk rules (behaviour 2.6). */
  createdAt: Date;
}

export interface StaffActor {
  kind: 'staff';
  staffId: string;
  /** The linked user, when the staff account has one. */
  userId: string | null;
  role: 'moderator' | 'finance' | 'support' | 'superadmin';
}

/** Webhook handlers, scheduled jobs and consumers (behaviour 1.1); never reachable by a client. */
export interface SystemActor {
  kind: 'system';
}

export const SYSTEM: SystemActor = { kind: 'system' };

/** The user behind an actor, or null for the system and unlinked staff. */
export const userIdOf = (actor: Actor | null): string | null => (actor && actor.kind !== 'system' ? actor.userId : null);

/**
 * Which person acts, for rules that ask for somebody else: a staff account that is linked to a user is that
 * user. Null for the system.
 */
export function personOf(actor: Actor): string | null {
  const userId = userIdOf(actor);
  if (userId !== null) return `user:${userId}`;
  return actor.kind === 'staff' ? `staff:${actor.staffId}` : null;
}

/** Admin powers: the `admin` role of the API, or any staff account (its own permissions are checked before). */
export const isAdmin = (actor: Actor | null): boolean =>
  actor !== null && (actor.kind === 'staff' || (actor.kind === 'user' && actor.role === 'admin'));
