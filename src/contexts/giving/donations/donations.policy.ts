import { type Actor, isAdmin, userIdOf } from '../../../platform/auth/actor.js';

/** A single donation is between its donor and staff. */
export const canSeeDonation = (actor: Actor, donation: { userId: string }): boolean => isAdmin(actor) || userIdOf(actor) === donation.userId;
