import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  Forbidden,
  InternalError,
  MediaTypeUnsupported,
  NotAuthenticated,
  NotFound,
  PayloadTooLarge,
  Problem,
  problemDocument,
  RateLimited,
  Unavailable,
  ValidationFailed,
} from './problem.js';

/** Postgres codes for values it cannot hold: text with NUL, broken escapes, numbers or dates out of range. */
const BAD_VALUE = new Set(['22021', '22P05', '22P02', '22003', '22007', '22008', '22009', '22023']);
/** Connection lost, shutting down, too many connections, deadlock and serialisation: safe to try again. */
const TRY_AGAIN = /^(08...|57P0.|53...|40001|40P01|55P03|ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|ETIMEDOUT)$/;

/** Turns whatever was thrown into `application/problem+json`; a 5xx never tells internals. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(thrown: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const problem = toProblem(thrown);
    if (problem.status >= 500) this.logger.error({ err: thrown, requestId: request.id }, problem.title);
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    sendProblem(reply, request, problem);
  }
}

/** Answers with a problem. */
export function sendProblem(reply: FastifyReply, request: FastifyRequest, problem: Problem): void {
  const retryAfter = problem.options.retryAfterSeconds ?? (problem.status === 503 ? 2 : undefined);
  if (retryAfter !== undefined) void reply.header('Retry-After', String(Math.max(1, Math.ceil(retryAfter))));
  if (problem.status === 401) void reply.header('WWW-Authenticate', 'Bearer');
  void reply
    .status(problem.status)
    .header('Content-Type', 'application/problem+json; charset=utf-8')
    .header('Cache-Control', 'no-store')
    .header('X-Request-Id', request.id)
    .send(JSON.stringify(problemDocument(problem, request.id)));
}

/** The problem that stands for an exception of Nest, Fastify, Postgres or our own. */
export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  const { code, statusCode, message } = describe(thrown);
  if (BAD_VALUE.has(code)) return new ValidationFailed('A value is outside of what can be stored');
  if (TRY_AGAIN.test(code) || /connection (terminated|timeout)|timeout exceeded when trying to connect/i.test(message)) return new Unavailable();
  switch (statusCode) {
    case 400:
      return new ValidationFailed(message);
    case 401:
      return new NotAuthenticated();
    case 403:
      return new Forbidden();
    case 404:
      return new NotFound();
    case 413:
      return new PayloadTooLarge();
    case 414:
      return new NotFound();
    case 415:
      return new MediaTypeUnsupported();
    case 429:
      return new RateLimited();
    default:
      return new InternalError();
  }
}

/** What an exception tells of itself. Asked by its members, not by its class: errors of Node and of drivers come in many. */
function describe(thrown: unknown): { code: string; statusCode: number; message: string } {
  if (thrown === null || typeof thrown !== 'object') return { code: '', statusCode: 500, message: '' };
  const fields: { code?: unknown; statusCode?: unknown; message?: unknown; driverError?: { code?: unknown } } = thrown;
  return {
    code: String(fields.driverError?.code ?? fields.code ?? ''),
    statusCode: thrown instanceof HttpException ? thrown.getStatus() : typeof fields.statusCode === 'number' ? fields.statusCode : 500,
    message: typeof fields.message === 'string' ? fields.message : '',
  };
}
