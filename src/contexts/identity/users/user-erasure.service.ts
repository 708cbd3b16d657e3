import { Injectable } from '@nestjs/common';
import { type Actor } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { lockIdentity } from './accounts.service.js';
import { clerkIdDigest, ErasedIdentity } from './erased-identity.entity.js';
import { User } from './user.entity.js';
import { userErased } from './users.audit.js';
import { userErasedEvent } from './users.events.js';

const ERASED_NAME = 'Deleted user';

/**
 * Erasure of a person (behaviour 2.27, decision 20). The row stays, anonymous, because money and cases
 * point at it; what other modules keep of the person goes with `identity.user.erased.v1`.
 */
@Injectable()
export class UserErasure {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Erases the account of an external id and remembers that it is gone, even where no account was made
   * yet: the news of it may still be on its way. Repeating it changes nothing.
   */
  eraseIdentity(actor: Actor, clerkId: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      await lockIdentity(tx, clerkId);
      const user = await tx.lock(User, { clerkId });
      const now = this.clock.now();
      await this.remember(tx, clerkId, now, user !== null);
      if (!user) return;
      await tx.manager.update(User, user.id, anonymous(user, now));
      tx.audit(actor, userErased, user.id);
      tx.publish(userErasedEvent({ userId: user.id }));
    });
  }

  /** A second erasure counts only when there was an account again: repeats must not outlaw newer tokens. */
  private async remember(tx: Tx, clerkId: string, now: Date, again: boolean): Promise<void> {
    const row = { clerkIdDigest: clerkIdDigest(clerkId), erasedAt: now };
    if (again) await tx.manager.upsert(ErasedIdentity, row, ['clerkIdDigest']);
    else await tx.manager.createQueryBuilder().insert().into(ErasedIdentity).values(row).orIgnore().execute();
  }
}

/** Everything that tells who it was, emptied; the external id becomes free for a new sign-up. */
const anonymous = (user: User, now: Date): Partial<User> => ({
  clerkId: `erased:${user.id}`,
  name: ERASED_NAME,
  displayName: null,
  email: null,
  phone: null,
  avatar: null,
  bio: null,
  city: null,
  role: 'user',
  isPublic: false,
  userType: null,
  capabilities: [],
  volunteerCapabilities: [],
  volunteerAvailability: null,
  volunteerCity: null,
  professionalType: null,
  professionalSpecialties: [],
  linkedPetServiceId: null,
  hasPets: null,
  petTypes: [],
  verificationLevel: 'unverified',
  verifiedAt: null,
  verifiedBy: null,
  deletedAt: now,
  updatedAt: now,
  version: user.version + 1,
});
