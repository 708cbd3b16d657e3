import type { FastifyReply } from 'fastify';

const HEARTBEAT_MS = 15_000;

/** One server-sent event stream, written by hand because a heartbeat must be a comment line. */
export class EventStream {
  private readonly heartbeat: NodeJS.Timeout;

  constructor(private readonly reply: FastifyReply) {
    reply.hijack();
    const response = reply.raw;
    response.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
      Connection: 'keep-alive',
    });
    response.write('retry: 1000\n\n');
    this.heartbeat = setInterval(() => response.write(': keep-alive\n\n'), HEARTBEAT_MS);
    this.onClose(() => clearInterval(this.heartbeat));
  }

  /** Sends one event; `id` is what the client sends back as `Last-Event-ID`. */
  send(event: { id?: string; type: string; data: unknown }): void {
    this.reply.raw.write(`${event.id === undefined ? '' : `id: ${event.id}\n`}event: ${event.type}\ndata: ${JSON.stringify(event.data)}\n\n`);
  }

  get closed(): boolean {
    return this.reply.raw.destroyed || this.reply.raw.writableEnded;
  }

  /** Calls `listener` when the client is gone, at once when it is gone already. */
  onClose(listener: () => void): void {
    if (this.reply.raw.destroyed) listener();
    else this.reply.raw.on('close', listener);
  }

  close(): void {
    clearInterval(this.heartbeat);
    this.reply.raw.end();
  }
}
