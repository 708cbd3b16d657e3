import { Injectable } from '@nestjs/common';
import { Accounts, type TokenClaims } from '../../../platform/auth/accounts.js';
import { SYSTEM, type UserActor, type UserRole } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { plainText } from '../../../platform/http/plain-text.js';
import { newId } from '../../../platform/ids.js';
import { clerkIdDigest, ErasedIdentity } from './erased-identity.entity.js';
import { User } from './user.entity.js';
import { roleChanged } from './users.audit.js';
import { AccountErased } from './users.errors.js';

/** What an identity provider tells of a person. */
export interface ProviderIdentity {
  clerkId: string;
  name: string;
  email: string | null;
  avatar: string | null;
  /** When the person signed up at the provider; null when it does not say. */
  signedUpAt: Date | null;
  /** Time of the provider's change that this is. */
  updatedAt: Date;
}

export type MirrorOutcome = 'created' | 'updated' | 'unchanged' | 'stale' | 'erased';

const NAME_MAX = 200;

/** The rows behind identities: found, made at first sight, and kept like the provider's (behaviour 2.1). */
@Injectable()
export class UserAccounts extends Accounts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** @throws AccountErased for a token from before an erasure */
  override async resolve(claims: TokenClaims): Promise<UserActor> {
    const found = await this.find(claims);
    return found ?? (await this.createAtFirstSight(claims));
  }

  /**
   * Takes over what the provider says. Duplicates change nothing, older news than the last is left, and
   * news of an erased identity makes no row unless the person signed up anew after the erasure.
   */
  mirror(identity: ProviderIdentity): Promise<MirrorOutcome> {
    return this.database.transaction(async (tx) => {
      await lockIdentity(tx, identity.clerkId);
      const erasedAt = await this.erasedAt(tx, identity.clerkId);
      if (erasedAt && (identity.signedUpAt === null || identity.signedUpAt <= erasedAt)) return 'erased';
      const user = await tx.lock(User, { clerkId: identity.clerkId });
      if (!user) {
        await this.insert(tx, identity, identity.updatedAt);
        return 'created';
      }
      if (user.providerUpdatedAt && identity.updatedAt < user.providerUpdatedAt) return 'stale';
      const facts = cleaned(identity);
      const changed = user.name !== facts.name || user.email !== facts.email || user.avatar !== facts.avatar;
      const now = this.clock.now();
      await tx.manager.update(User, user.id, {
        ...facts,
        providerUpdatedAt: identity.updatedAt,
        ...(changed ? { updatedAt: now, version: user.version + 1 } : {}),
      });
      return changed ? 'updated' : 'unchanged';
    });
  }

  /**
   * The account that the local issuer signs in: it stands in for a provider, whose accounts are found by
   * e-mail. Never reached with another issuer.
   * @param role given to the account, where told
   */
  signInLocally(input: { email: string; name?: string; role?: UserRole }): Promise<User> {
    return this.database.transaction(async (tx) => {
      const email = input.email.toLowerCase();
      await lockIdentity(tx, email);
      const known = await tx.manager.findOne(User, { where: { email }, order: { createdAt: 'DESC' }, lock: { mode: 'pessimistic_write' } });
      const user =
        known ??
        (await this.insert(tx, { clerkId: `local_${newId()}`, name: input.name ?? email.slice(0, email.indexOf('@')), email, avatar: null }, null));
      if (input.role === undefined || input.role === user.role) return user;
      tx.audit(SYSTEM, roleChanged, user.id, { before: { role: user.role }, after: { role: input.role } });
      return tx.manager.save(User, { ...user, role: input.role, updatedAt: this.clock.now(), version: user.version + 1 });
    });
  }

  /** The hot path of every signed-in request: one statement. */
  private async find(claims: TokenClaims): Promise<UserActor | null> {
    const row = await this.database.row<{ id: string | null; role: UserRole; createdAt: Date; erasedAt: Date | null }>(
      `SELECT u.id, u.role, u.created_at AS "createdAt", e.erased_at AS "erasedAt"
         FROM (SELECT 1) AS one
         LEFT JOIN identity.users u ON u.clerk_id = $1
         LEFT JOIN identity.erased_identities e ON e.clerk_id_digest = $2`,
      [claims.externalId, clerkIdDigest(claims.externalId)],
    );
    if (row?.erasedAt) assertIssuedAfter(claims, row.erasedAt);
    return row?.id ? { kind: 'user', userId: row.id, role: row.role, createdAt: row.createdAt } : null;
  }

  /** A valid token without a row makes the row, since the webhook may be late (decision 22). */
  private createAtFirstSight(claims: TokenClaims): Promise<UserActor> {
    return this.database.transaction(async (tx) => {
      await lockIdentity(tx, claims.externalId);
      const erasedAt = await this.erasedAt(tx, claims.externalId);
      if (erasedAt) assertIssuedAfter(claims, erasedAt);
      const user =
        (await tx.manager.findOneBy(User, { clerkId: claims.externalId })) ??
        (await this.insert(tx, { clerkId: claims.externalId, name: claims.name ?? '', email: claims.email ?? null, avatar: claims.picture ?? null }, null));
      return { kind: 'user', userId: user.id, role: user.role, createdAt: user.createdAt };
    });
  }

  private async erasedAt(tx: Tx, clerkId: string): Promise<Date | null> {
    return (await tx.manager.findOneBy(ErasedIdentity, { clerkIdDigest: clerkIdDigest(clerkId) }))?.erasedAt ?? null;
  }

  private async insert(tx: Tx, identity: Facts & { clerkId: string }, providerUpdatedAt: Date | null): Promise<User> {
    const now = this.clock.now();
    const row = { id: newId(), clerkId: identity.clerkId, ...cleaned(identity), createdAt: now, updatedAt: now, providerUpdatedAt };
    await tx.manager.insert(User, row);
    return tx.manager.findOneByOrFail(User, { id: row.id });
  }
}

type Facts = Pick<ProviderIdentity, 'name' | 'email' | 'avatar'>;

/** A provider's words are people's words too: cleaned, and never longer than a row should hold. */
function cleaned({ name, email, avatar }: Facts): Facts {
  return {
    name: plainText(name).slice(0, NAME_MAX) || 'User',
    email: email?.trim().toLowerCase() || null,
    avatar: avatar !== null && avatar.length <= 2_000 && /^https?:\/\//.test(avatar) ? avatar : null,
  };
}

/** Whoever makes, mirrors or erases one identity takes turns, so that no row appears behind an erasure. */
export const lockIdentity = (tx: Tx, clerkId: string): Promise<unknown> =>
  tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`identity:${clerkId}`]);

/** `iat` knows whole seconds only: a token of the very second of the erasure counts as from before it. */
function assertIssuedAfter(claims: TokenClaims, erasedAt: Date): void {
  if (claims.issuedAt * 1_000 <= erasedAt.getTime()) throw new AccountErased();
}
