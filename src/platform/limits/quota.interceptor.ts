import { applyDecorators, type CallHandler, type ExecutionContext, Injectable, type NestInterceptor, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { RateLimiterRes } from 'rate-limiter-flexible';
import { catchError, from, type Observable } from 'rxjs';
import type { RequestWithActor } from '../auth/access.js';
import { RateLimited } from '../http/problem.js';
import { toProblem } from '../http/problem.filter.js';
import { Throws } from '../http/throws.js';
import { limitHeaders } from './client-limiter.js';
import { type Quota, quotaReached, Quotas } from './quotas.js';

const QUOTA_METADATA = 'pawtreon:quotas';

/** Limits how often one person may do this; refused attempts (4xx) do not count. */
export const Limited = (...quotas: Quota[]): MethodDecorator & ClassDecorator => applyDecorators(SetMetadata(QUOTA_METADATA, quotas), Throws(RateLimited));

@Injectable()
export class QuotaInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly quotas: Quotas,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const quotas = this.reflector.get<Quota[] | undefined>(QUOTA_METADATA, context.getHandler());
    if (!quotas) return next.handle();
    const request = context.switchToHttp().getRequest<RequestWithActor>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const person = request.actor?.userId ?? `address:${request.ip}`;
    const taken: Quota[] = [];
    let tightest: { points: number; state: RateLimiterRes } | null = null;
    for (const quota of quotas) {
      taken.push(quota);
      try {
        const state = await this.quotas.consume(quota, person);
        if (!tightest || state.remainingPoints < tightest.state.remainingPoints) tightest = { points: quota.points, state };
      } catch (state) {
        await this.giveBack(taken, person);
        if (!(state instanceof RateLimiterRes)) throw state;
        limitHeaders(reply, quota.points, state);
        throw quotaReached(quota, state);
      }
    }
    if (tightest) limitHeaders(reply, tightest.points, tightest.state);
    return next.handle().pipe(
      catchError((error: unknown) => from(this.refused(error, taken, person))),
    );
  }

  private async refused(error: unknown, taken: Quota[], person: string): Promise<never> {
    if (toProblem(error).status < 500) await this.giveBack(taken, person);
    throw error;
  }

  private async giveBack(quotas: Quota[], person: string): Promise<void> {
    for (const quota of quotas) await this.quotas.refund(quota, person);
  }
}
