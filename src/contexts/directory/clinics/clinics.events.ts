import { defineEvent } from '../../../platform/outbox/event.js';

/** A clinic was taken from its owner, by staff or because the owner's account is gone; handing it on to another owner is not this. */
export const clinicOwnershipRevoked = defineEvent<{
  clinicId: string;
  /** Who owned it. */
  ownerId: string;
  /** ISO 8601. */
  revokedAt: string;
}>('directory.clinic.ownership_revoked.v1');
