import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { VersionConflict } from './problem.js';

const IF_MATCH = /^(?:W\/)?"?(?:[\w-]+\.)?(\d{1,9})"?$/;

/**
 * The version that `If-Match` names, or undefined without the header (or with `*`). It takes the `ETag` of
 * the record as it was read, or its `version` alone.
 * @throws VersionConflict for a tag that this API never gave
 */
export function readIfMatch(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const version = IF_MATCH.exec(header.trim())?.[1];
  if (version === undefined) throw new VersionConflict();
  return Number(version);
}

const readHeader = createParamDecorator((_: unknown, context: ExecutionContext): number | undefined =>
  readIfMatch(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
);

/** Parameter of an edit: see {@link readIfMatch}; the OpenAPI document names the header. */
export const IfMatch = (): ParameterDecorator => (target, key, index) => {
  const description = 'ETag of the record as it was read, or its version; a stale one answers 409 `VERSION_CONFLICT`';
  ApiHeader({ name: 'If-Match', description, required: false, schema: { type: 'string' } })(target, key!, Object.getOwnPropertyDescriptor(target, key!)!);
  readHeader()(target, key, index);
};

/**
 * Holds an edit against the version it was made on. What the client did not send is not held against it.
 * @throws VersionConflict
 */
export function assertVersion(current: number, ...expected: (number | undefined)[]): void {
  if (expected.some((version) => version !== undefined && version !== current)) throw new VersionConflict();
}
