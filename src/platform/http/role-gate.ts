import type { FastifyInstance } from 'fastify';
import type { AppRole } from '../config/config.js';
import { NotFound } from './problem.js';
import { sendProblem } from './problem.filter.js';

const OPERATIONS = /^\/(health|metrics)(\/|\?|$)/;
const BACK_OFFICE = /^\/admin(\/|\?|$)/;

/** A process answers only for its roles: a worker shows its health, an admin process the back office. */
export function addRoleGate(fastify: FastifyInstance, roles: ReadonlySet<AppRole>): void {
  if (roles.has('api') && roles.has('admin')) return;
  fastify.addHook('onRequest', async (request, reply) => {
    const allowed = OPERATIONS.test(request.url) || (BACK_OFFICE.test(request.url) ? roles.has('admin') : roles.has('api'));
    if (allowed) return;
    sendProblem(reply, request, new NotFound('This process does not serve that part of the system'));
    return reply;
  });
}
