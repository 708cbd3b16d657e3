import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Eta } from 'eta';
import type { FastifyReply } from 'fastify';
import { viewsFolder } from '../../../platform/views.js';

type View = 'checkout' | 'receipt' | 'subscriptions' | 'message';

/** Renders the views of `views/sandbox` and sends them under a strict policy: no script, nothing from elsewhere, no frame around. */
export class HostedPages {
  private readonly views = viewsFolder('sandbox');
  private readonly eta = new Eta({ views: this.views, cache: true });
  private readonly css = readFileSync(join(this.views, 'checkout.css'), 'utf8');
  private readonly policy = [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(this.css).digest('base64')}'`,
    // Forms may lead anywhere on the web, because browsers hold `form-action` against every redirect that follows
    // a payment, and those are the shop's own business.
    "form-action 'self' https: http:",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  private readonly headers = {
    'cache-control': 'no-store',
    'content-security-policy': this.policy.join('; '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex',
  };

  send(reply: FastifyReply, status: number, view: View, data: object): FastifyReply {
    const html = this.eta.render(`./${view}`, { ...data, css: this.css });
    return reply.status(status).headers(this.headers).type('text/html; charset=utf-8').send(html);
  }
}
