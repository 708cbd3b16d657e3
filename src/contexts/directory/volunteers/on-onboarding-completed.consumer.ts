import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { onboardingCompleted } from '../../identity/users/index.js';
import { VolunteersService } from './volunteers.service.js';

/** Who answers the onboarding again may have moved. */
@Injectable()
@Consumes(onboardingCompleted, 'directory.follow-volunteer-city')
export class FollowVolunteerCity implements EventConsumer<PayloadOf<typeof onboardingCompleted>> {
  constructor(private readonly volunteers: VolunteersService) {}

  async handle({ payload }: ConsumedEvent<PayloadOf<typeof onboardingCompleted>>, tx: Tx): Promise<void> {
    await this.volunteers.followAccount(tx, payload.userId);
  }
}
