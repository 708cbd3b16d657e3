import { type Actor, isAdmin, userIdOf } from '../../../platform/auth/actor.js';
import { type AdoptionStatus, NEXT_STATUSES } from './adoption.entity.js';

/** Whose listing it is, and admins (behaviour 1.6). */
export const mayManage = (actor: Actor, { userId }: { userId: string }): boolean => userIdOf(actor) === userId || isAdmin(actor);

/** A removed listing exists for admins only. */
export const maySeeRemoved = (viewer: Actor | null): boolean => isAdmin(viewer);

/** Whether an adoption can go from one status to another (behaviour 2.15). */
export const mayMove = (from: AdoptionStatus, to: AdoptionStatus): boolean => NEXT_STATUSES[from].includes(to);
