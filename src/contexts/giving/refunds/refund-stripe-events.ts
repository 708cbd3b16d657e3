import { Injectable, type OnModuleInit } from '@nestjs/common';
import { StripeEventHandlers } from '../payments/index.js';
import { RefundProgressService } from './refund-progress.service.js';

/** Which event of the provider tells of refunds. `charge.refund.updated` is the older name of `refund.updated`. */
@Injectable()
export class RefundStripeEvents implements OnModuleInit {
  constructor(
    private readonly handlers: StripeEventHandlers,
    private readonly progress: RefundProgressService,
  ) {}

  onModuleInit(): void {
    for (const type of ['refund.created', 'refund.updated', 'refund.failed', 'charge.refund.updated'] as const) {
      this.handlers.register(type, ({ created, data }, tx) => this.progress.follow(tx, data.object, time(created)));
    }
    this.handlers.register('charge.refunded', ({ created, data }, tx) => this.progress.followCharge(tx, data.object, time(created)));
  }
}

const time = (seconds: number): Date => new Date(seconds * 1_000);
