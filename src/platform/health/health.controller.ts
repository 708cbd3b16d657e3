import { Controller, Get, type BeforeApplicationShutdown, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../auth/access.js';
import { Database } from '../database/database.js';
import { Unlimited } from '../limits/client-limiter.js';
import { Queues } from '../queue/queues.js';
import { Readiness } from './readiness.js';
import type { LivenessView, ReadinessView } from './readiness.dto.js';

const CHECK_TIMEOUT_MS = 2_000;

@ApiTags('Operations')
@Controller('health')
@Public()
@Unlimited()
export class HealthController implements BeforeApplicationShutdown {
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly queues: Queues,
    private readonly readiness: Readiness,
  ) {}

  /** Tells that the process runs. */
  @Get('live')
  live(): LivenessView {
    return { status: 'ok' };
  }

  /** Tells whether the process can serve: database and queues answer, and it is neither preparing nor stopping. 503 otherwise. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessView> {
    const [database, queues] = await Promise.all([
      check(() => this.database.rows('SELECT 1')),
      check(() => this.queues.counts()),
    ]);
    const checks = { database, queues, ...this.readiness.held, ...(this.stopping ? { process: 'stopping' } : {}) };
    const ok = Object.values(checks).every((state) => state === 'ok');
    if (!ok) void reply.status(503).header('Retry-After', '2');
    return { status: ok ? 'ok' : 'unavailable', checks };
  }

  beforeApplicationShutdown(): void {
    this.stopping = true;
  }
}

async function check(probe: () => Promise<unknown>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('no answer'), CHECK_TIMEOUT_MS);
  });
  try {
    return await Promise.race([probe().then(() => 'ok'), timeout]);
  } catch {
    return 'unreachable';
  } finally {
    clearTimeout(timer);
  }
}
