import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Stripe } from 'stripe';
import { newObjectId } from './object-id.js';
import { StripeApiError } from './stripe-error.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The `Request-Id` of an API call, `req_...`. */
    stripeRequestId: string;
  }
}

/** What every API call has in common: a request id, the secret key, and errors in Stripe's shape. */
export function speakStripe(api: FastifyInstance, secretKey: string, onError: (error: unknown) => void): void {
  api.decorateRequest('stripeRequestId', '');
  api.addHook('onRequest', async (request, reply) => {
    request.stripeRequestId = newObjectId('req', 14);
    reply.headers({ 'request-id': request.stripeRequestId, 'stripe-version': Stripe.API_VERSION, 'cache-control': 'no-cache, no-store' });
    authenticate(request.headers.authorization, secretKey);
  });
  api.setErrorHandler((error: unknown, _request, reply) => sendError(reply, error, onError));
  api.setNotFoundHandler((request, reply) => sendError(reply, unknownRoute(request), onError));
}

/** Takes `Bearer sk_...` and, as curl -u sends it, Basic with the key as user name. @throws StripeApiError 401. */
function authenticate(header: string | undefined, secretKey: string): void {
  const [scheme = '', credentials = ''] = header?.split(' ', 2) ?? [];
  const key = scheme.toLowerCase() === 'basic' ? (Buffer.from(credentials, 'base64').toString().split(':')[0] ?? '') : credentials;
  if (key === '') {
    throw unauthorized("You did not provide an API key. It goes into the Authorization header: 'Authorization: Bearer YOUR_SECRET_KEY'.");
  }
  if (!timingSafeEqual(digest(key), digest(secretKey))) {
    throw unauthorized(`Invalid API Key provided: ${key.slice(0, 8)}${'*'.repeat(8)}${key.length > 20 ? key.slice(-4) : ''}`);
  }
}

function sendError(reply: FastifyReply, error: unknown, onError: (error: unknown) => void): void {
  const { status, body } = asStripeError(error);
  if (status >= 500) onError(error);
  void reply.status(status).send({ error: body });
}

function asStripeError(error: unknown): StripeApiError {
  if (error instanceof StripeApiError) return error;
  const { statusCode = 500, message } = error as { statusCode?: number; message?: string };
  if (statusCode === 415) {
    const text = 'Invalid request (check that your POST content type is application/x-www-form-urlencoded).';
    return new StripeApiError(400, { type: 'invalid_request_error', message: text });
  }
  if (statusCode < 500) return new StripeApiError(statusCode, { type: 'invalid_request_error', message: message ?? 'Invalid request.' });
  return new StripeApiError(500, { type: 'api_error', message: 'An unknown error occurred in the payments sandbox.' });
}

function unknownRoute(request: FastifyRequest): StripeApiError {
  const message = `Unrecognized request URL (${request.method}: ${request.url.split('?')[0]}). The payments sandbox does not have this route.`;
  return new StripeApiError(404, { type: 'invalid_request_error', message });
}

const unauthorized = (message: string) => new StripeApiError(401, { type: 'invalid_request_error', message });

const digest = (text: string) => createHash('sha256').update(text).digest();
