import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { donationCompleted } from '../../giving/donations/index.js';
import { VolunteersQueries } from './volunteers.queries.js';

/** What a volunteer's cases receive is one of their statistics. */
@Injectable()
@Consumes(donationCompleted, 'directory.count-volunteer-donation')
export class CountVolunteerDonation implements EventConsumer<PayloadOf<typeof donationCompleted>> {
  constructor(private readonly queries: VolunteersQueries) {}

  async handle({ payload }: ConsumedEvent<PayloadOf<typeof donationCompleted>>, tx: Tx): Promise<void> {
    await this.queries.countDonation(tx, { caseId: payload.caseId, targetUserId: payload.targetUserId ?? null });
  }
}
