import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { NotAuthenticated, ValidationFailed } from '../http/problem.js';
import { UUID_PATTERN } from '../ids.js';
import type { RequestWithActor } from './access.js';

const readPerson = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const request = context.switchToHttp().getRequest<RequestWithActor>();
  const { id } = request.params as { id: string };
  if (id === 'me') {
    if (!request.actor) throw new NotAuthenticated();
    return request.actor.userId;
  }
  if (!UUID_PATTERN.test(id)) throw new ValidationFailed({ errors: [{ path: 'id', message: 'must be a UUID or me' }] });
  return id.toLowerCase();
});

/** The path parameter `:id` of a person: a UUID, or `me` for whoever is signed in. */
export const PersonId = (): ParameterDecorator => (target, key, index) => {
  const descriptor = Object.getOwnPropertyDescriptor(target, key!)!;
  ApiParam({ name: 'id', description: 'Id of the person, or `me`', schema: { type: 'string' } })(target, key!, descriptor);
  readPerson()(target, key, index);
};
