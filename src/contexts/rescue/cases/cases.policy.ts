import { type Actor, isAdmin, userIdOf } from '../../../platform/auth/actor.js';

/** In which relation to a case somebody acts on it (behaviour 2.4). */
export const AUTHOR_ROLES = ['owner', 'clinic', 'moderator'] as const;
export type AuthorRole = (typeof AUTHOR_ROLES)[number];

/** Who stands where around a case. */
export interface CaseParties {
  /** The owner. */
  userId: string;
  /** Owner of the linked clinic, where there is one. */
  clinicOwnerId: string | null;
  hiddenAt: Date | null;
}

/** How `actor` relates to the case; null for everybody who may not manage it (behaviour 1.6). */
export function relationTo(parties: CaseParties, actor: Actor): AuthorRole | null {
  const userId = userIdOf(actor);
  if (userId !== null && userId === parties.userId) return 'owner';
  if (userId !== null && userId === parties.clinicOwnerId) return 'clinic';
  return isAdmin(actor) || actor.kind === 'system' ? 'moderator' : null;
}

/** A hidden case exists for its owner and for admins only (behaviour 2.3). */
export const maySee = (parties: Pick<CaseParties, 'userId' | 'hiddenAt'>, viewer: Actor | null): boolean =>
  parties.hiddenAt === null || isAdmin(viewer) || viewer?.kind === 'system' || (viewer !== null && userIdOf(viewer) === parties.userId);
