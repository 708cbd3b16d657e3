import { Injectable } from '@nestjs/common';
import { type Actor } from '../../../platform/auth/actor.js';
import { Database } from '../../../platform/database/database.js';
import { User } from './user.entity.js';
import type { AccountView, DonatedTotal, EarnedBadge, MeView, PublicProfileView, UserStatsView } from './users.dto.js';
import { ProfilePrivate, UserNotFound } from './users.errors.js';
import { maySeeDetails, seesAnonymous, VERIFICATION_MEANINGS } from './users.policy.js';

type ProfileRow = Omit<PublicProfileView, 'stats' | 'verificationMeaning'>;

/** Reads of people. */
@Injectable()
export class UsersQueries {
  constructor(private readonly database: Database) {}

  /** @throws UserNotFound */
  async me(userId: string): Promise<MeView> {
    const user = await this.database.manager.findOneBy(User, { id: userId });
    if (!user) throw new UserNotFound();
    return meView(user);
  }

  /**
   * A person as `viewer` may see them.
   * @throws UserNotFound when missing or erased
   */
  async profile(viewer: Actor | null, id: string): Promise<PublicProfileView> {
    const row = await this.database.row<ProfileRow & { achievements: { type: string; unlockedAt: string }[] }>(
      `SELECT u.id, u.name, u.display_name AS "displayName", u.avatar, u.role, u.verification_level AS "verificationLevel",
              u.is_public AS "isPublic", u.bio, u.user_type AS "userType", u.capabilities, u.city, u.created_at AS "createdAt",
              (SELECT count(*)::int FROM identity.follows f WHERE f.following_id = u.id) AS "followerCount",
              (SELECT count(*)::int FROM identity.follows f WHERE f.follower_id = u.id) AS "followingCount",
              (SELECT coalesce(json_agg(json_build_object('type', a.type, 'unlockedAt', a.unlocked_at) ORDER BY a.unlocked_at DESC, a.type), '[]')
                 FROM engagement.public_achievements a WHERE a.user_id = u.id) AS achievements
         FROM identity.users u
        WHERE u.id = $1 AND u.deleted_at IS NULL`,
      [id],
    );
    if (!row) throw new UserNotFound();
    const achievements = row.achievements.map(({ type, unlockedAt }): EarnedBadge => ({ type, unlockedAt: new Date(unlockedAt) }));
    const shown = { ...row, achievements, verificationMeaning: VERIFICATION_MEANINGS[row.verificationLevel] };
    if (!maySeeDetails(viewer, row)) return { ...shown, bio: null, userType: null, capabilities: null, city: null, stats: null };
    return { ...shown, stats: await this.readStats(viewer, id) };
  }

  /**
   * What a person did here.
   * @throws UserNotFound
   * @throws ProfilePrivate for others than the person and admins
   */
  async stats(viewer: Actor | null, id: string): Promise<UserStatsView> {
    const person = await this.database.row<{ id: string; isPublic: boolean }>(
      `SELECT id, is_public AS "isPublic" FROM identity.public_users WHERE id = $1 AND NOT erased`,
      [id],
    );
    if (!person) throw new UserNotFound();
    if (!maySeeDetails(viewer, person)) throw new ProfilePrivate();
    return this.readStats(viewer, id);
  }

  /** Anonymous donations count for their donor and for admins only. */
  private async readStats(viewer: Actor | null, id: string): Promise<UserStatsView> {
    const row = await this.database.row<{ casesCreated: number; count: number; animalsHelped: number; totals: DonatedTotal[] }>(
      `SELECT (SELECT count(*)::int FROM rescue.public_cases WHERE user_id = $1) AS "casesCreated",
              coalesce(sum(d.donations), 0)::int AS count,
              coalesce(sum(d.animals_helped), 0)::int AS "animalsHelped",
              coalesce(json_agg(json_build_object('amount', d.amount, 'currency', d.currency) ORDER BY d.currency), '[]') AS totals
         FROM (SELECT currency,
                      CASE WHEN $2 THEN donations ELSE public_donations END AS donations,
                      CASE WHEN $2 THEN amount ELSE public_amount END AS amount,
                      CASE WHEN $2 THEN animals_helped ELSE public_animals_helped END AS animals_helped
                 FROM giving.donor_totals WHERE user_id = $1) d
        WHERE d.donations > 0`,
      [id, seesAnonymous(viewer, id)],
    );
    const { casesCreated, animalsHelped, count, totals } = row!;
    return { donations: { count, totals }, casesCreated, animalsHelped };
  }
}

/** The own record, without what only the server needs. */
export function meView(user: User): MeView {
  const { providerUpdatedAt: _provider, deletedAt: _deleted, ...own } = user;
  return own;
}

export const accountView = ({ id, name, email, role, verificationLevel, verifiedAt, verifiedBy, version }: User): AccountView => ({
  id,
  name,
  email,
  role,
  verificationLevel,
  verifiedAt,
  verifiedBy,
  version,
});
