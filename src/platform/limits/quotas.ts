import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { type RateLimiterAbstract, RateLimiterPostgres, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { Clock } from '../clock.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Database } from '../database/database.js';
import { type Problem, RateLimited } from '../http/problem.js';

/** A declared limit on one act, by person (behaviour 3.3). */
export interface Quota {
  /** Name of the act, shown as `scope` of the 429: `case.create`. */
  readonly scope: string;
  readonly points: number;
  /** Length of the window in seconds, or the UTC day. */
  readonly window: number | 'utc-day';
}

const DAY_SECONDS = 86_400;

/** Counts quotas in Postgres, or in Redis when it is there, so that they hold across processes. */
@Injectable()
export class Quotas implements OnApplicationShutdown {
  private readonly limiters = new Map<string, RateLimiterAbstract>();
  private redis: Redis | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Takes one point; answers the state, or throws it ({@link RateLimiterRes}) when none is left. */
  async consume(quota: Quota, person: string): Promise<RateLimiterRes> {
    try {
      return this.untilReset(quota, await this.limiterOf(quota).consume(this.key(quota, person)));
    } catch (state) {
      throw state instanceof RateLimiterRes ? this.untilReset(quota, state) : state;
    }
  }

  /**
   * Takes one point inside a service, for an act that only the service can tell from a repeat that costs
   * nothing. Elsewhere `@Limited()` serves.
   * @throws RateLimited
   */
  async spend(quota: Quota, person: string): Promise<void> {
    try {
      await this.consume(quota, person);
    } catch (state) {
      throw state instanceof RateLimiterRes ? quotaReached(quota, state) : state;
    }
  }

  /** Gives one point back: an act that was refused does not count. */
  async refund(quota: Quota, person: string): Promise<void> {
    await this.limiterOf(quota).reward(this.key(quota, person));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.redis?.quit().catch(() => undefined);
  }

  private key(quota: Quota, person: string): string {
    return quota.window === 'utc-day' ? `${person}:${Math.floor(this.clock.now().getTime() / 1_000 / DAY_SECONDS)}` : person;
  }

  /** The limiter counts a day from the first act; a quota of the UTC day starts anew at midnight. */
  private untilReset(quota: Quota, state: RateLimiterRes): RateLimiterRes {
    if (quota.window !== 'utc-day') return state;
    const midnight = DAY_SECONDS * 1_000 - (this.clock.now().getTime() % (DAY_SECONDS * 1_000));
    return new RateLimiterRes(state.remainingPoints, midnight, state.consumedPoints, state.isFirstInDuration);
  }

  private limiterOf(quota: Quota): RateLimiterAbstract {
    const existing = this.limiters.get(quota.scope);
    if (existing) return existing;
    const options = { keyPrefix: quota.scope, points: quota.points, duration: quota.window === 'utc-day' ? DAY_SECONDS : quota.window };
    const limiter = this.config.redisUrl
      ? new RateLimiterRedis({ ...options, storeClient: (this.redis ??= new Redis(this.config.redisUrl, { enableOfflineQueue: true })) })
      : new RateLimiterPostgres({
          ...options,
          storeClient: this.database.pool,
          storeType: 'pool',
          schemaName: 'platform',
          tableName: 'rate_limits',
          tableCreated: true,
        });
    this.limiters.set(quota.scope, limiter);
    return limiter;
  }
}

/** The 429 of a quota, with the time to wait and its scope. */
export const quotaReached = (quota: Quota, state: RateLimiterRes): Problem =>
  new RateLimited({
    detail: `At most ${quota.points} per ${windowText(quota)}; try again later`,
    retryAfterSeconds: state.msBeforeNext / 1_000,
    extra: { scope: quota.scope },
  });

const windowText = (quota: Quota): string => (quota.window === 'utc-day' ? 'UTC day' : quota.window % 3_600 === 0 ? `${quota.window / 3_600} h` : `${quota.window / 60} min`);
