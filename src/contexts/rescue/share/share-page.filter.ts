import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../../platform/http/problem.js';
import { sendProblem } from '../../../platform/http/problem.filter.js';
import { chooseLocale, SHARE_HEADERS, SharePages } from './share-pages.js';

/** People who follow a dead link get a page that says so; a program that asks for JSON gets the problem. */
@Catch(Problem)
export class SharePageFilter implements ExceptionFilter<Problem> {
  constructor(private readonly pages: SharePages) {}

  catch(problem: Problem, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest<{ Querystring: { locale?: unknown } }>>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const accept = request.headers.accept ?? '';
    const wantsJson = accept.includes('json') && !accept.includes('text/html');
    if (wantsJson || ![400, 404].includes(problem.status)) {
      void reply.removeHeader('Content-Security-Policy');
      sendProblem(reply, request, problem);
      return;
    }
    const html = this.pages.missing(chooseLocale(request.query.locale, request.headers['accept-language']));
    void reply
      .status(problem.status)
      .headers({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'content-security-policy': SHARE_HEADERS.policy, vary: SHARE_HEADERS.vary, 'x-robots-tag': 'noindex' })
      .send(html);
  }
}
