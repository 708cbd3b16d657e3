import { Controller, Get, Module, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Answer, TestApp } from '../../../test/support/test-app.js';
import { Optional } from '../auth/access.js';

@Controller('test/reads')
@Optional()
class ReadsController {
  @Get()
  read(@Req() request: FastifyRequest): { address: string } {
    return { address: request.ip };
  }
}

@Module({ controllers: [ReadsController] })
class ReadsModule {}

const read = (app: TestApp, forwarded?: string, token?: string): Promise<Answer> =>
  app.get('/test/reads', { token, headers: forwarded === undefined ? {} : { 'X-Forwarded-For': forwarded } });

describe('the limit by client', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({ REQUESTS_PER_MINUTE: '600', TRUST_PROXY: '1' }, [ReadsModule]);
  });
  afterAll(() => app.stop());

  it('lets 600 reads a minute through from one address, and then says when to come back', async () => {
    const statuses: number[] = [];
    for (let round = 0; round < 12; round++) statuses.push(...(await Promise.all(Array.from({ length: 50 }, () => read(app, '203.0.113.1')))).map(({ status }) => status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(600);
    const answer = await read(app, '203.0.113.1');
    expect(answer).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED', scope: 'requests' } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(answer.headers.get('ratelimit-limit')).toBe('600');
    expect(answer.headers.get('ratelimit-remaining')).toBe('0');
  });

  it('tells clients apart by session first: a signed-in person behind a busy address is served', async () => {
    const { token } = await app.signIn('reader@example.org');
    expect((await read(app, '203.0.113.1', token)).status).toBe(200);
    expect((await read(app, '203.0.113.2')).status).toBe(200);
  });

  it('counts tries with bad tokens against the address', async () => {
    const left = async (): Promise<number> => Number((await read(app, '203.0.113.7')).headers.get('ratelimit-remaining'));
    const before = await left();
    expect((await read(app, '203.0.113.7', 'rubbish')).status).toBe(401);
    expect(await left()).toBe(before - 2);
  });

  it('never limits health checks', async () => {
    const answer = await app.get('/health/live', { headers: { 'X-Forwarded-For': '203.0.113.1' } });
    expect(answer.status).toBe(200);
    expect(answer.headers.has('ratelimit-limit')).toBe(false);
  });
});

describe('the address of a client', () => {
  it.each([
    ['0', '203.0.113.1', '127.0.0.1'],
    ['1', '203.0.113.1', '203.0.113.1'],
    ['1', '198.51.100.66, 203.0.113.1', '203.0.113.1'],
    ['2', '198.51.100.66, 203.0.113.1, 10.0.0.2', '203.0.113.1'],
  ])('is, behind %s proxies that forward "%s", %s', async (proxies, forwarded, address) => {
    const app = await TestApp.start({ TRUST_PROXY: proxies }, [ReadsModule]);
    try {
      expect((await read(app, forwarded)).body).toEqual({ address });
    } finally {
      await app.stop();
    }
  });
});
