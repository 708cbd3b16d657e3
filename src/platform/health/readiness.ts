import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { Unavailable } from '../http/problem.js';
import { sendProblem } from '../http/problem.filter.js';

/** Header that carries {@link Readiness.pass}. */
export const READINESS_PASS_HEADER = 'x-readiness-pass';

/** What is served although the process is not ready: its own state, and providers that would have to send again. */
const ALWAYS = /^\/(health|metrics|webhooks)(\/|\?|$)/;
const RETRY_AFTER_S = 2;

/** What keeps this process from serving although it listens, each part by its name. */
@Injectable()
export class Readiness {
  private readonly holds = new Map<string, string>();

  /** Lets whoever holds the process call it all the same. */
  readonly pass = randomBytes(24).toString('hex');

  /**
   * Keeps the process from being ready: `GET /health/ready` and every other request answer 503.
   * @param state shown in the checks: `seeding`
   * @returns ends it
   */
  hold(name: string, state: string): () => void {
    this.holds.set(name, state);
    return () => void this.holds.delete(name);
  }

  /** The parts that hold the process, by name. */
  get held(): Record<string, string> {
    return Object.fromEntries(this.holds);
  }

  /** Whether a request with these headers is served now. */
  admits(url: string, pass: unknown): boolean {
    return this.holds.size === 0 || ALWAYS.test(url) || this.isPass(pass);
  }

  private isPass(given: unknown): boolean {
    return typeof given === 'string' && given.length === this.pass.length && timingSafeEqual(Buffer.from(given, 'latin1'), Buffer.from(this.pass, 'latin1'));
  }
}

/** Sends strangers away, to come again, while something holds the process. */
export function addReadinessGate(fastify: FastifyInstance, readiness: Readiness): void {
  fastify.addHook('onRequest', async (request, reply) => {
    if (readiness.admits(request.url, request.headers[READINESS_PASS_HEADER])) return;
    sendProblem(reply, request, new Unavailable({ detail: 'Still preparing; try again shortly', retryAfterSeconds: RETRY_AFTER_S }));
    return reply;
  });
}
