import { createHash } from 'node:crypto';
import { applyDecorators, type CallHandler, createParamDecorator, type ExecutionContext, Injectable, type NestInterceptor, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { catchError, from, mergeMap, type Observable, of } from 'rxjs';
import { NotAuthenticated, ValidationFailed, defineProblem } from '../http/problem.js';
import type { RequestWithActor } from '../auth/access.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Throws } from '../http/throws.js';

export const IdempotencyKeyReused = defineProblem(409, 'IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used with another request; make a new one');
export const IdempotencyKeyInUse = defineProblem(409, 'IDEMPOTENCY_KEY_IN_USE', 'The first request with this Idempotency-Key is still running; try again shortly');

const METADATA = 'pawtreon:idempotent';
/** After this a first request that never answered is taken for dead, and the next one may run. */
const ABANDONED_MS = 60_000;

/** Honours `Idempotency-Key`: the same key and body answers the first result again. */
export const Idempotent = (): MethodDecorator & ClassDecorator =>
  applyDecorators(
    SetMetadata(METADATA, true),
    ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Any text of up to 255 characters; the same key and body answers the first result again for a day', schema: { type: 'string', maxLength: 255, examples: ['5f0c9a1e-gift-1'] } }),
    Throws(IdempotencyKeyReused, IdempotencyKeyInUse),
  );

/** The client's `Idempotency-Key`, for commands whose own row has to remember it as well. */
export const ClientKey = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined => {
  const key = context.switchToHttp().getRequest<RequestWithActor>().headers['idempotency-key'];
  return typeof key === 'string' ? key : undefined;
});

interface Stored {
  request_hash: string;
  status: number | null;
  response: unknown;
}

@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<RequestWithActor>();
    const key = request.headers['idempotency-key'];
    if (key === undefined || !this.reflector.get<boolean>(METADATA, context.getHandler())) return next.handle();
    if (typeof key !== 'string' || key.length === 0 || key.length > 255) throw new ValidationFailed('Idempotency-Key must have 1 to 255 characters');
    if (!request.actor) throw new NotAuthenticated();

    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const owner = { userId: request.actor.userId, key };
    const hash = createHash('sha256').update(`${request.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`).digest('hex');
    const earlier = await this.begin(owner, hash);
    if (earlier) {
      if (earlier.request_hash !== hash) throw new IdempotencyKeyReused();
      if (earlier.status === null) throw new IdempotencyKeyInUse({ retryAfterSeconds: 1 });
      void reply.status(earlier.status).header('Idempotent-Replayed', 'true');
      return of(earlier.response);
    }
    // In this order: what was done and could not be remembered is not forgotten, lest it be done again at once.
    return next.handle().pipe(
      catchError((error: unknown) => from(this.forget(owner).then(() => Promise.reject(error)))),
      mergeMap((response: unknown) => from(this.remember(owner, reply.statusCode, response).then(() => response))),
    );
  }

  /** Takes the key for this request, or answers what the earlier request left. */
  private async begin(owner: { userId: string; key: string }, hash: string): Promise<Stored | null> {
    const now = this.clock.now();
    const taken = await this.database.rows(
      `INSERT INTO platform.idempotency_keys AS k (user_id, key, request_hash, created_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (user_id, key) DO UPDATE SET request_hash = excluded.request_hash, created_at = excluded.created_at
         WHERE k.status IS NULL AND k.created_at < $5 AND k.request_hash = excluded.request_hash
       RETURNING key`,
      [owner.userId, owner.key, hash, now, new Date(now.getTime() - ABANDONED_MS)],
    );
    if (taken.length > 0) return null;
    return this.database.row<Stored>(`SELECT request_hash, status, response FROM platform.idempotency_keys WHERE user_id = $1 AND key = $2`, [owner.userId, owner.key]);
  }

  private async remember(owner: { userId: string; key: string }, status: number, response: unknown): Promise<void> {
    await this.database.rows(`UPDATE platform.idempotency_keys SET status = $3, response = $4::jsonb WHERE user_id = $1 AND key = $2`, [
      owner.userId,
      owner.key,
      status,
      JSON.stringify(response ?? null),
    ]);
  }

  /** A refused request leaves nothing: the same key may be tried again with a mended body. */
  private async forget(owner: { userId: string; key: string }): Promise<void> {
    await this.database.rows(`DELETE FROM platform.idempotency_keys WHERE user_id = $1 AND key = $2 AND status IS NULL`, [owner.userId, owner.key]);
  }
}
