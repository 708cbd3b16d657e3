import { Injectable } from '@nestjs/common';
import { type Actor, type UserActor, userIdOf } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import { type Quota, Quotas } from '../../../platform/limits/quotas.js';
import { UserNotFound } from '../users/index.js';
import type { FollowView } from './follows.dto.js';
import { SelfFollow } from './follows.errors.js';

/** Behaviour 2.16: new follows of one person; repeating an existing one is free. */
export const FOLLOW_QUOTA: Quota = { scope: 'user.follow', points: 50, window: 'utc-day' };

@Injectable()
export class FollowsService {
  constructor(
    private readonly database: Database,
    private readonly quotas: Quotas,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws SelfFollow
   * @throws UserNotFound
   * @throws RateLimited after 50 new follows on a UTC day
   */
  async follow(actor: UserActor, personId: string): Promise<FollowView> {
    if (actor.userId === personId) throw new SelfFollow();
    const state = await this.state(actor, personId);
    if (state.following) return state;
    await this.quotas.spend(FOLLOW_QUOTA, actor.userId);
    const made = await this.database.rows(
      `INSERT INTO identity.follows (id, follower_id, following_id, created_at)
       SELECT $1, $2, p.id, $4 FROM identity.public_users p WHERE p.id = $3 AND NOT p.erased
       ON CONFLICT (follower_id, following_id) DO NOTHING
       RETURNING id`,
      [newId(), actor.userId, personId, this.clock.now()],
    );
    if (made.length === 0) await this.quotas.refund(FOLLOW_QUOTA, actor.userId);
    return this.state(actor, personId);
  }

  /** @throws UserNotFound */
  async unfollow(actor: UserActor, personId: string): Promise<FollowView> {
    await this.database.rows(`DELETE FROM identity.follows WHERE follower_id = $1 AND following_id = $2`, [actor.userId, personId]);
    return this.state(actor, personId);
  }

  /** @throws UserNotFound when missing or erased */
  async state(viewer: Actor | null, personId: string): Promise<FollowView> {
    const row = await this.database.row<FollowView>(
      `SELECT EXISTS (SELECT 1 FROM identity.follows WHERE follower_id = $2 AND following_id = p.id) AS following,
              (SELECT count(*)::int FROM identity.follows WHERE following_id = p.id) AS "followerCount"
         FROM identity.public_users p WHERE p.id = $1 AND NOT p.erased`,
      [personId, userIdOf(viewer)],
    );
    if (!row) throw new UserNotFound();
    return row;
  }
}
