import { type Actor, personOf } from '../../../platform/auth/actor.js';

/** Whose interest an invoice is, by user id. */
export interface InvoiceParties {
  filedBy: string;
  caseOwnerId: string;
  clinicOwnerId: string | null;
}

/** Whether somebody has a part in an invoice: they never approve it, as staff either. */
export const isParty = (actor: Actor, { filedBy, caseOwnerId, clinicOwnerId }: InvoiceParties): boolean =>
  [filedBy, caseOwnerId, clinicOwnerId].some((userId) => userId !== null && personOf(actor) === `user:${userId}`);
