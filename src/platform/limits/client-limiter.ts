import { type ExecutionContext, Inject, Injectable, SetMetadata, type CustomDecorator } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { RateLimited } from '../http/problem.js';

const UNLIMITED_METADATA = 'pawtreon:unlimited';

/** Not limited by client: providers' webhooks and health checks, which come in bursts from few addresses. */
export const Unlimited = (): CustomDecorator => SetMetadata(UNLIMITED_METADATA, true);

/**
 * The limit against abuse on every endpoint, by session first and address second (decision 17). It is
 * counted in the process, since a read should not cost a write; quotas that must hold across processes
 * are {@link Quotas}.
 */
@Injectable()
export class ClientLimiter {
  private readonly limiter: RateLimiterMemory;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly reflector: Reflector,
  ) {
    this.limiter = new RateLimiterMemory({ points: config.requestsPerMinute, duration: 60 });
  }

  /** @throws RateLimited with the time to wait */
  async consume(context: ExecutionContext, key: string, reply?: FastifyReply): Promise<void> {
    if (this.reflector.getAllAndOverride<boolean>(UNLIMITED_METADATA, [context.getHandler(), context.getClass()])) return;
    try {
      const state = await this.limiter.consume(key);
      if (reply) limitHeaders(reply, this.limiter.points, state);
    } catch (state) {
      if (!(state instanceof RateLimiterRes)) throw state;
      if (reply) limitHeaders(reply, this.limiter.points, state);
      throw new RateLimited({ retryAfterSeconds: state.msBeforeNext / 1_000, extra: { scope: 'requests' } });
    }
  }
}

/** The `RateLimit-*` headers of the tightest limit that applied. */
export function limitHeaders(reply: FastifyReply, points: number, state: RateLimiterRes): void {
  void reply.header('RateLimit-Limit', String(points));
  void reply.header('RateLimit-Remaining', String(Math.max(0, state.remainingPoints)));
  void reply.header('RateLimit-Reset', String(Math.ceil(state.msBeforeNext / 1_000)));
}
