import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

const SWEEP_MS = 100;

/**
 * Lets a closing server wait for requests only. Node closes connections that have answered one and are idle, once;
 * those that never sent a request (browsers open some ahead), or that fall idle later, would hold it open for a minute.
 */
export function drainConnections(fastify: FastifyInstance): void {
  /** How many requests each open connection waits for. */
  const open = new Map<Socket, number>();
  const count = (socket: Socket, by: number): void => void (open.has(socket) && open.set(socket, open.get(socket)! + by));
  fastify.server.on('connection', (socket) => {
    open.set(socket, 0);
    socket.once('close', () => open.delete(socket));
  });
  fastify.server.on('request', ({ socket }, response) => {
    count(socket, 1);
    response.once('close', () => count(socket, -1));
  });
  fastify.addHook('preClose', async () => {
    const sweep = setInterval(() => {
      for (const [socket, requests] of open) if (requests === 0) socket.destroy();
    }, SWEEP_MS);
    fastify.server.once('close', () => clearInterval(sweep));
  });
}
