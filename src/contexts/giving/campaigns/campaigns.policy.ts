import { type Actor, isAdmin, userIdOf } from '../../../platform/auth/actor.js';
import type { Campaign } from './campaign.entity.js';

/** Who may edit and close a campaign: its creator and admins; initiatives are the admins' alone (behaviour 1.6). */
export const mayManage = (actor: Actor, { campaignType, creatorId }: Pick<Campaign, 'campaignType' | 'creatorId'>): boolean =>
  isAdmin(actor) || actor.kind === 'system' || (campaignType === 'rescue' && creatorId !== null && creatorId === userIdOf(actor));
