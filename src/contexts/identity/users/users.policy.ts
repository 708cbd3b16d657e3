import { type Actor, isAdmin, userIdOf } from '../../../platform/auth/actor.js';
import { VERIFICATION_LEVELS, type VerificationLevel } from './user.entity.js';

/** A private profile shows its details to its person and to admins only (behaviour 2.1). */
export const maySeeDetails = (viewer: Actor | null, person: { id: string; isPublic: boolean }): boolean =>
  person.isPublic || userIdOf(viewer) === person.id || isAdmin(viewer);

/** Who gave anonymously is known to the donor and to admins (behaviour 2.27). */
export const seesAnonymous = (viewer: Actor | null, personId: string): boolean => userIdOf(viewer) === personId || isAdmin(viewer);

/** Roles and verification come from another person, whatever one's own role (behaviour 1.1, 1.3). */
export const mayRaiseOrLower = (actor: Actor, personId: string): boolean => isAdmin(actor) && userIdOf(actor) !== personId;

/** What a level says about a person, and what it does not (behaviour 1.3). */
export const VERIFICATION_MEANINGS: Record<VerificationLevel, string> = {
  unverified: 'Nobody has checked this person yet.',
  community: 'Known here for good work over time; nobody has checked documents.',
  clinic: 'Staff have checked that this person stands for a veterinary clinic.',
  partner: 'A partner of the platform by an agreement with staff.',
};

/** Whether a step down the verification ladder, which needs a reason (behaviour 1.3). */
export const isDowngrade = (from: VerificationLevel, to: VerificationLevel): boolean => VERIFICATION_LEVELS.indexOf(to) < VERIFICATION_LEVELS.indexOf(from);
