import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiSecurity } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Throws } from '../http/throws.js';
import { AdminRequired, NotAuthenticated } from '../http/problem.js';
import type { Actor, UserActor } from './actor.js';

export const ACCESS_METADATA = 'pawtreon:access';
export const WHO_METADATA = 'pawtreon:who';

/**
 * Who may call an endpoint at all. `public` never looks at a token; `optional` takes a session where there
 * is one; `user` needs one; `admin` needs the role. Ownership is the service's business; `who` says in words
 * what it asks, for docs/permissions.md and the API document.
 */
export type AccessLevel = 'public' | 'optional' | 'user' | 'admin';

const access = (level: AccessLevel, who?: string, ...rest: (MethodDecorator & ClassDecorator)[]): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(ACCESS_METADATA, level), SetMetadata(WHO_METADATA, who ?? null), ...rest);

/** Anybody; a token is not looked at. */
export const Public = (who?: string): MethodDecorator & ClassDecorator => access('public', who);

/** Anybody; a valid token makes the answer the viewer's own. */
export const Optional = (who?: string): MethodDecorator & ClassDecorator => access('optional', who, ApiBearerAuth(), ApiSecurity({}), Throws(NotAuthenticated));

/**
 * A signed-in person.
 * @param who which of them, where not everybody: `owner of the case, or an admin`
 */
export const User = (who?: string): MethodDecorator & ClassDecorator => access('user', who, ApiBearerAuth(), Throws(NotAuthenticated));

/** A signed-in person with the role `admin`. */
export const Admin = (who?: string): MethodDecorator & ClassDecorator => access('admin', who, ApiBearerAuth(), Throws(NotAuthenticated, AdminRequired));

/** A request after the guard has looked at it. */
export interface RequestWithActor extends FastifyRequest {
  actor?: UserActor | null;
}

/** The signed-in person; only behind `@User()` or `@Admin()`. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): UserActor => {
  const actor = context.switchToHttp().getRequest<RequestWithActor>().actor;
  if (!actor) throw new NotAuthenticated();
  return actor;
});

/** The signed-in person, or null for a guest. */
export const Viewer = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor | null => context.switchToHttp().getRequest<RequestWithActor>().actor ?? null,
);
