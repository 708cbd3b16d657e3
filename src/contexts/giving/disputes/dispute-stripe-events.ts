import { Injectable, type OnModuleInit } from '@nestjs/common';
import { StripeEventHandlers } from '../payments/index.js';
import { DisputesService, type MoneyNews } from './disputes.service.js';

/** Which event of the provider tells of disputes, and what it says about the money. */
const NEWS = {
  'charge.dispute.created': null,
  'charge.dispute.updated': null,
  'charge.dispute.funds_withdrawn': 'withdrawn',
  'charge.dispute.funds_reinstated': 'reinstated',
  'charge.dispute.closed': null,
} as const satisfies Record<string, MoneyNews>;

@Injectable()
export class DisputeStripeEvents implements OnModuleInit {
  constructor(
    private readonly handlers: StripeEventHandlers,
    private readonly disputes: DisputesService,
  ) {}

  onModuleInit(): void {
    for (const type of Object.keys(NEWS) as (keyof typeof NEWS)[]) {
      this.handlers.register(type, ({ created, data }, tx) => this.disputes.follow(tx, data.object, new Date(created * 1_000), NEWS[type]));
    }
    this.handlers.register('radar.early_fraud_warning.created', ({ data }, tx) => this.disputes.warnOfFraud(tx, data.object));
  }
}
