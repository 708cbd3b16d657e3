import { Inject, Injectable } from '@nestjs/common';
import { SYSTEM } from '../../../platform/auth/actor.js';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { onboardingCompleted } from '../../identity/users/index.js';
import { AchievementsService } from './achievements.service.js';

/** `verified_volunteer` at onboarding, only where the switch asks for it: nobody checked anything (decision 12). */
@Injectable()
@Consumes(onboardingCompleted, 'engagement.award-onboarded-volunteer')
export class AwardOnboardedVolunteer implements EventConsumer<PayloadOf<typeof onboardingCompleted>> {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly achievements: AchievementsService,
  ) {}

  async handle({ payload }: ConsumedEvent<PayloadOf<typeof onboardingCompleted>>, tx: Tx): Promise<void> {
    if (!this.config.volunteerBadgeAtOnboarding || payload.userType !== 'volunteer') return;
    await this.achievements.award(tx, SYSTEM, payload.userId, 'verified_volunteer');
  }
}
