import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, Logger, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Logger as PinoLogger, LoggerModule } from 'nestjs-pino';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { QueryFailedError } from 'typeorm';
import { loadConfig } from './config/config.js';
import { httpAdapter } from './http/http-app.js';
import { ProblemFilter } from './http/problem.filter.js';
import { logging } from './logging.js';

const PERSON = { email: 'ana@example.org', phone: '+359888123456', password: 'hunter2', name: 'Rex' };

@Controller('people')
class PeopleController {
  private readonly logger = new Logger(PeopleController.name);

  @Get()
  list(): string {
    return 'ok';
  }

  /** What a careless line of code might log. */
  @Post('careless')
  careless(): string {
    this.logger.warn(PERSON);
    this.logger.warn({ user: PERSON });
    this.logger.warn({ job: { data: PERSON }, accessToken: 'eyJhbGciOi', nested: { secretKey: 'sk_live_1' } });
    return 'ok';
  }

  @Post('duplicate')
  duplicate(): never {
    const driverError = Object.assign(new Error('duplicate key value violates unique constraint "ux_users_email"'), {
      code: '23505',
      detail: 'Key (email)=(ana@example.org) already exists.',
      constraint: 'ux_users_email',
    });
    throw new QueryFailedError('INSERT INTO users (email, phone) VALUES ($1, $2)', [PERSON.email, PERSON.phone], driverError);
  }
}

describe('the log', () => {
  let app: NestFastifyApplication;
  let url: string;
  let lines: string[] = [];

  beforeAll(async () => {
    const config = loadConfig({ LOG_LEVEL: 'debug' });
    const params = logging(config, { write: (line) => void lines.push(line) });

    @Module({ imports: [LoggerModule.forRoot(params)], controllers: [PeopleController] })
    class LogModule {}

    app = await NestFactory.create<NestFastifyApplication>(LogModule, httpAdapter(config), { bufferLogs: true });
    app.useLogger(app.get(PinoLogger));
    app.useGlobalFilters(new ProblemFilter());
    await app.listen(0, '127.0.0.1');
    url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  });
  afterAll(() => app.close());
  beforeEach(() => {
    lines = [];
  });

  /** The line of a request comes when its answer has gone out, a moment after the client has it. */
  async function finished(path: string): Promise<Record<string, unknown>> {
    for (let tries = 0; tries < 100; tries++) {
      const entry = entries().find((one) => (one['req'] as { path?: string } | undefined)?.path === path && one['res']);
      if (entry) return entry;
      await sleep(10);
    }
    throw new Error(`no line for ${path}`);
  }
  const text = (): string => lines.join('\n');
  const entries = (): Record<string, unknown>[] => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

  it('is one JSON line each, with the request id, the method, the path and the status', async () => {
    await fetch(`${url}/people`, { headers: { 'X-Request-Id': 'trace-1' } });
    expect(await finished('/people')).toMatchObject({ level: 20, requestId: 'trace-1', req: { method: 'GET', path: '/people' }, res: { statusCode: 200 }, responseTime: expect.any(Number) });
  });

  it('holds no credentials and no query strings', async () => {
    const headers = { Authorization: 'Bearer eyJtoken', Cookie: 'session=s3cr3t', 'Stripe-Signature': 't=1,v1=abc', 'Svix-Signature': 'v1,abc' };
    await fetch(`${url}/people?token=qu3ry&email=ana@example.org`, { headers });
    await finished('/people');
    expect(text()).not.toMatch(/eyJtoken|s3cr3t|v1=abc|v1,abc|qu3ry|ana@example/);
  });

  it('holds nobody even when a careless line hands it a person', async () => {
    await fetch(`${url}/people/careless`, { method: 'POST' });
    await finished('/people/careless');
    expect(entries().filter((one) => one['level'] === 40)).toHaveLength(3);
    expect(text()).not.toMatch(/ana@example|359888|hunter2|eyJhbGciOi|sk_live_1/);
    expect(text()).toContain('Rex');
  });

  it('tells of a failed query without its values', async () => {
    const answer = await fetch(`${url}/people/duplicate`, { method: 'POST' });
    expect(answer.status).toBe(500);
    await finished('/people/duplicate');
    const entry = entries().find((one) => one['level'] === 50 && one['context'] === 'ProblemFilter');
    expect(entry).toMatchObject({ err: { code: '23505', constraint: 'ux_users_email' } });
    expect(text()).not.toMatch(/ana@example|359888/);
  });
});
