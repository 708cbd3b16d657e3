import { type CanActivate, type ExecutionContext, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, ModuleRef, Reflector } from '@nestjs/core';
import passport from 'passport';
import type { FastifyReply } from 'fastify';
import { ClsService } from 'nestjs-cls';
import { AdminRequired, NotAuthenticated, Problem } from '../http/problem.js';
import { ClientLimiter } from '../limits/client-limiter.js';
import { ACCESS_METADATA, type AccessLevel, type RequestWithActor } from './access.js';
import { Accounts, type TokenClaims } from './accounts.js';
import { endpointsOf } from './endpoints.js';
import { JwtStrategy } from './jwt.strategy.js';

/** Finds out who calls and whether they may call this at all; an endpoint that does not say fails start-up. */
@Injectable()
export class AccessGuard implements CanActivate, OnApplicationBootstrap {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(ModuleRef) private readonly moduleRef: ModuleRef,
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(ClientLimiter) private readonly limiter: ClientLimiter,
    @Inject(ClsService) private readonly cls: ClsService,
    @Inject(JwtStrategy) private readonly strategy: JwtStrategy,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<RequestWithActor>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const level = this.reflector.getAllAndOverride<AccessLevel>(ACCESS_METADATA, [context.getHandler(), context.getClass()]);
    const actor = level === 'public' ? null : await this.authenticate(context, request, level);
    request.actor = actor;
    await this.limiter.consume(context, actor ? `user:${actor.userId}` : `address:${request.ip}`, reply);
    if (level === 'admin' && actor?.role !== 'admin') throw new AdminRequired();
    return true;
  }

  /** A missing token is a guest on optional endpoints; a bad one is always told so. */
  private async authenticate(context: ExecutionContext, request: RequestWithActor, level: AccessLevel): Promise<RequestWithActor['actor']> {
    if (request.headers.authorization === undefined && level === 'optional') return null;
    try {
      const actor = await this.moduleRef.get(Accounts, { strict: false }).resolve(await this.claimsOf(request));
      if (this.cls.isActive()) this.cls.set('userId', actor.userId);
      return actor;
    } catch (error) {
      if (error instanceof NotAuthenticated) await this.limiter.consume(context, `address:${request.ip}`);
      throw error;
    }
  }

  /**
   * What a verified token says. Passport is given the strategy itself: under a name it would take the one
   * that was registered last in the process, which another application may own. It hangs the callbacks of a
   * request on the strategy, so each request gets an object of its own.
   */
  private claimsOf(request: RequestWithActor): Promise<TokenClaims> {
    return new Promise((resolve, reject) => {
      const done = (error: unknown, claims: TokenClaims | false | null, info: unknown): void => {
        const problem = [error, info].find((cause) => cause instanceof Problem);
        if (claims && !error) resolve(claims);
        else reject(problem ?? new NotAuthenticated({ cause: error ?? info }));
      };
      const strategy = Object.create(this.strategy) as JwtStrategy;
      const authenticate = passport.authenticate(strategy, { session: false }, done) as (request: unknown, response: unknown, next: (error: unknown) => void) => void;
      authenticate(request, {}, reject);
    });
  }

  onApplicationBootstrap(): void {
    const silent = endpointsOf(this.discovery).flatMap(({ controller, method, level }) => (level ? [] : [`${controller}.${method}`]));
    if (silent.length > 0) throw new Error(`These endpoints do not declare who may call them: ${silent.join(', ')}`);
  }
}
