import { Body, Controller, Module, Post } from '@nestjs/common';
import { IsOptional, IsString } from 'class-validator';
import { type Answer, TestApp } from '../../../test/support/test-app.js';
import { User } from '../auth/access.js';
import { Clock } from '../clock.js';
import { Forbidden } from '../http/problem.js';
import { Limited } from './quota.interceptor.js';

class Act {
  @IsOptional() @IsString() outcome?: string;
}

@Controller('test/acts')
@User()
class ActsController {
  @Post('hourly')
  @Limited({ scope: 'test.hourly', points: 3, window: 3_600 })
  hourly(@Body() { outcome }: Act): { done: true } {
    if (outcome === 'refused') throw new Forbidden();
    if (outcome === 'crash') throw new Error('after the act was half done');
    return { done: true };
  }

  @Post('daily')
  @Limited({ scope: 'test.daily', points: 2, window: 'utc-day' })
  daily(): { done: true } {
    return { done: true };
  }

  @Post('both')
  @Limited({ scope: 'test.minute', points: 5, window: 60 }, { scope: 'test.half-hour', points: 1, window: 1_800 })
  both(): { done: true } {
    return { done: true };
  }
}

@Module({ controllers: [ActsController] })
class ActsModule {}

describe('quotas', () => {
  let app: TestApp;
  let token: string;

  beforeAll(async () => {
    app = await TestApp.start({}, [ActsModule]);
  });
  afterAll(() => app.stop());
  let person = 0;
  beforeEach(async () => {
    ({ token } = await app.signIn(`person${++person}@example.org`));
  });

  const act = (kind: string, body: Act = {}, on = app): Promise<Answer> => on.post(`/test/acts/${kind}`, { token, body });
  const headersOf = ({ headers }: Answer): (string | null)[] => ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset', 'retry-after'].map((name) => headers.get(name));

  it('lets as many through as declared, counts down, and then says how long to wait and for what', async () => {
    for (const left of ['2', '1', '0']) expect(headersOf(await act('hourly'))).toEqual(['3', left, expect.stringMatching(/^3(600|59\d)$/), null]);
    const answer = await act('hourly');
    expect(answer).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED', scope: 'test.hourly', detail: 'At most 3 per 1 h; try again later' } });
    expect(headersOf(answer)).toEqual(['3', '0', expect.stringMatching(/^3(600|59\d)$/), expect.stringMatching(/^3(600|59\d)$/)]);
  });

  it('counts each person apart', async () => {
    for (let i = 0; i < 4; i++) await act('hourly');
    ({ token } = await app.signIn('somebody-else@example.org'));
    expect((await act('hourly')).status).toBe(201);
  });

  it('gives the point back when the act was refused', async () => {
    for (let i = 0; i < 5; i++) expect((await act('hourly', { outcome: 'refused' })).status).toBe(403);
    for (let i = 0; i < 5; i++) expect((await act('hourly', { unknown: 1 } as Act)).status).toBe(400);
    for (let i = 0; i < 3; i++) expect((await act('hourly')).status).toBe(201);
    expect((await act('hourly')).status).toBe(429);
  });

  it('keeps the point when it is our failure, since the act may have happened', async () => {
    for (let i = 0; i < 3; i++) expect((await act('hourly', { outcome: 'crash' })).status).toBe(500);
    expect((await act('hourly')).status).toBe(429);
  });

  it('holds across processes and under 24 calls at once', async () => {
    const other = await app.sibling({}, [ActsModule]);
    try {
      const answers = await Promise.all(Array.from({ length: 24 }, (_, n) => act('hourly', {}, n % 2 ? app : other)));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(21);
    } finally {
      await other.stop();
    }
  });

  it('does not count the calls beyond the limit', async () => {
    await Promise.all(Array.from({ length: 10 }, () => act('hourly')));
    const points = await app.sql<{ points: number }>(`SELECT points FROM platform.rate_limits WHERE key LIKE 'test.hourly:%' ORDER BY expire DESC LIMIT 1`);
    expect(points).toEqual([{ points: 3 }]);
  });

  it('gives back what the other quotas of the act took when one refuses', async () => {
    expect(headersOf(await act('both'))[0]).toBe('1');
    for (let i = 0; i < 6; i++) expect((await act('both')).body).toMatchObject({ code: 'RATE_LIMITED', scope: 'test.half-hour' });
  });

  describe('of a UTC day', () => {
    let clock: Clock;
    const at = (time: string): void => void (clock.now = () => new Date(time));

    beforeEach(() => {
      clock = app.app.get(Clock);
    });
    afterEach(() => {
      clock.now = () => new Date();
    });

    it('tells to wait until midnight and not longer, and starts anew then', async () => {
      at('2026-05-17T09:00:00.000Z');
      await act('daily');
      at('2026-05-17T23:59:30.000Z');
      expect(headersOf(await act('daily'))).toEqual(['2', '0', '30', null]);
      const answer = await act('daily');
      expect(answer).toMatchObject({ status: 429, body: { detail: 'At most 2 per UTC day; try again later' } });
      expect(answer.headers.get('retry-after')).toBe('30');
      at('2026-05-18T00:00:00.000Z');
      expect(headersOf(await act('daily'))).toEqual(['2', '1', '86400', null]);
    });
  });
});
