import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { donationCompleted } from '../../giving/donations/index.js';
import { DonationNotices } from './donation-notices.service.js';
import type { Notice } from './notices.js';
import { NotificationsQueries } from './notifications.queries.js';
import { NotificationsService } from './notifications.service.js';

/** Donors hear that their money came; owners of cases and campaigns hear that somebody gave, never who (behaviour 2.18). */
@Injectable()
@Consumes(donationCompleted, 'engagement.tell-donation')
export class TellDonation implements EventConsumer<PayloadOf<typeof donationCompleted>> {
  constructor(
    private readonly queries: NotificationsQueries,
    private readonly notifications: NotificationsService,
    private readonly donations: DonationNotices,
  ) {}

  async handle({ payload }: ConsumedEvent<PayloadOf<typeof donationCompleted>>, tx: Tx): Promise<string> {
    const { userId, caseId, campaignId, targetUserId, amount, currency } = payload;
    const money = { amount, currency };
    if (targetUserId) {
      await this.notifications.tell(tx, [
        { userId, key: 'donation_confirmed.plain', params: { money } },
        { userId: targetUserId, key: 'donation_received.support', params: { money } },
      ]);
      return 'told donor and supported person';
    }
    const about = await this.queries.target(tx, { caseId, campaignId });
    const confirmation: Notice = about ? { userId, key: 'donation_confirmed', params: { money, target: about.title }, caseId } : { userId, key: 'donation_confirmed.plain', params: { money }, caseId };
    await this.notifications.tell(tx, [confirmation]);
    if (!about?.ownerId || about.ownerId === userId) return 'told donor';
    await this.donations.tellOwner(tx, { ownerId: about.ownerId, target: about.title, caseId, subject: caseId ? `case:${caseId}` : `campaign:${campaignId}`, money });
    return 'told donor and owner';
  }
}
