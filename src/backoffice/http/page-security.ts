import { randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

const FONT_LINK = /<link[^>]+fonts\.googleapis\.com[^>]*>/g;

/**
 * Content-Security-Policy for pages of AdminJS: everything from this host, its inline scripts by
 * nonce, its styled-components inline. AdminJS's pages link a font on another host; the link goes.
 */
export function pageSecurity(): RequestHandler[] {
  const policy = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", (_request, response) => `'nonce-${nonceOf(response)}'`],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    // Whether the whole site is reached by TLS only is for the deployment to say.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'same-origin' },
  });
  return [withNonce, policy, rewritePages];
}

const nonces = new WeakMap<object, string>();

function nonceOf(response: object): string {
  return nonces.get(response) ?? '';
}

const withNonce: RequestHandler = (_request, response, next) => {
  nonces.set(response, randomBytes(16).toString('base64'));
  next();
};

const rewritePages: RequestHandler = (_request, response, next) => {
  const send = response.send.bind(response);
  response.send = (body?: unknown) => {
    if (typeof body !== 'string' || !body.includes('<!DOCTYPE html>')) return send(body);
    response.set('Cache-Control', 'no-store');
    return send(
      body
        .trimStart()
        .replaceAll(FONT_LINK, '')
        .replaceAll(/^( *)<script>$/gm, `$1<script nonce="${nonceOf(response)}">`),
    );
  };
  next();
};
