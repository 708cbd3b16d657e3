import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import type { Tx } from '../../../platform/database/tx.js';
import { type ConsumedEvent, Consumes, type EventConsumer } from '../../../platform/outbox/consumer.js';
import type { PayloadOf } from '../../../platform/outbox/event.js';
import { caseClosed } from '../../rescue/cases/index.js';
import { campaignCasesClosed } from './campaigns.events.js';
import { CampaignsQueries } from './campaigns.queries.js';

/** Asks the creator of a rescue campaign what to do with it once none of its cases is open (behaviour 2.10); it does not end by itself. */
@Injectable()
@Consumes(caseClosed, 'giving.prompt-campaign-creator')
export class PromptCampaignCreator implements EventConsumer<PayloadOf<typeof caseClosed>> {
  constructor(
    private readonly campaigns: CampaignsQueries,
    private readonly clock: Clock,
  ) {}

  async handle({ payload }: ConsumedEvent<PayloadOf<typeof caseClosed>>, tx: Tx): Promise<void> {
    for (const campaign of await this.campaigns.markCasesClosed(tx, payload.caseId, this.clock.now())) tx.publish(campaignCasesClosed(campaign));
  }
}
