import { Check, Entity, ForeignKey, Index } from 'typeorm';
import { IdColumn, RefColumn, TimeColumn } from '../../../platform/database/columns.js';

/** Child. One person follows another (spec table `follows`, behaviour 2.16); a pair exists once. */
@Entity({ schema: 'identity', name: 'follows' })
@Index('ix_follows_by_follower', ['followerId', 'createdAt', 'id'])
@Index('ix_follows_by_following', ['followingId', 'createdAt', 'id'])
@Index('ix_follows_by_follower_following', ['followerId', 'followingId'], { unique: true })
@Check('ck_follows_following_id', `"follower_id" <> "following_id"`)
export class Follow {
  @IdColumn() id: string;

  @RefColumn() @ForeignKey('User') followerId: string;

  @RefColumn() @ForeignKey('User') followingId: string;

  @TimeColumn() createdAt: Date;
}
