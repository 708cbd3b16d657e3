import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const TAGGED = /^(application\/(json|xml)|text\/(html|plain))\b/;

const versions = new WeakMap<FastifyRequest, number>();

/** Names the version of a record whose JSON goes out as text, where {@link addEtags} cannot see it. */
export const tagVersion = (request: FastifyRequest, version: number): void => void versions.set(request, version);

/**
 * Gives JSON and server-rendered answers to GET a strong `ETag` over their bytes and answers 304 to a matching `If-None-Match`.
 * A record that carries a `version` shows it in its tag, so that `If-Match` can be held against the row.
 */
export function addEtags(app: FastifyInstance): void {
  app.addHook('preSerialization', async (request, _reply, payload) => {
    const version = (payload as { version?: unknown } | null)?.version;
    if (typeof version === 'number') tagVersion(request, version);
    return payload;
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.method !== 'GET' || reply.statusCode !== 200 || typeof payload !== 'string') return payload;
    if (!TAGGED.test(String(reply.getHeader('content-type') ?? ''))) return payload;
    const version = versions.get(request);
    const etag = `"${createHash('sha1').update(payload).digest('base64url')}${version === undefined ? '' : `.${version}`}"`;
    void reply.header('ETag', etag);
    if (!reply.hasHeader('Cache-Control')) void reply.header('Cache-Control', request.headers.authorization ? 'private, no-cache' : 'public, no-cache');
    if (!reply.hasHeader('Vary')) void reply.header('Vary', 'Authorization');
    if (!matches(request.headers['if-none-match'], etag)) return payload;
    void reply.code(304).removeHeader('content-length').removeHeader('content-type');
    return null;
  });
}

const matches = (header: string | undefined, etag: string): boolean =>
  header !== undefined && (header.trim() === '*' || header.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === etag));
