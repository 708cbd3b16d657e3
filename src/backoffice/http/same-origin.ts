import type { RequestHandler } from 'express';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses writes that another site makes a browser send. Every browser names the origin of a write;
 * a client that names none carries no cookies of somebody else.
 */
export const sameOriginWrites: RequestHandler = (request, response, next) => {
  const site = request.get('sec-fetch-site');
  const origin = request.get('origin') ?? request.get('referer');
  const foreign = (site !== undefined && site !== 'same-origin') || (origin !== undefined && hostOf(origin) !== request.host);
  if (READS.has(request.method) || !foreign) return next();
  response.status(403).type('text/plain').send('Refused: this request comes from another site.');
};

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
