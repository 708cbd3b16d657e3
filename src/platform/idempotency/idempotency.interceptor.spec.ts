import { Body, Controller, HttpCode, Injectable, Module, Post } from '@nestjs/common';
import { IsInt, IsOptional, IsString } from 'class-validator';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, TestApp } from '../../../test/support/test-app.js';
import { User } from '../auth/access.js';
import { Clock } from '../clock.js';
import { Forbidden } from '../http/problem.js';
import { Idempotent } from './idempotency.interceptor.js';

class Gift {
  @IsInt() amount: number;
  @IsOptional() @IsString() outcome?: string;
}

/** What happened, and what a gift should wait for. */
@Injectable()
class Till {
  gifts = 0;
  hold: Promise<void> = Promise.resolve();
}

@Controller('test/gifts')
@User()
class GiftsController {
  constructor(private readonly till: Till) {}

  @Post()
  @HttpCode(202)
  @Idempotent()
  async give(@Body() { amount, outcome }: Gift): Promise<unknown> {
    await this.till.hold;
    if (outcome === 'refused') throw new Forbidden();
    if (outcome === 'crash') throw new Error('crash');
    this.till.gifts += 1;
    return outcome === 'text' ? 'thank you' : { amount, number: this.till.gifts, at: new Date('2026-03-01T10:00:00.123Z') };
  }

  @Post('plain')
  plain(): { number: number } {
    return { number: ++this.till.gifts };
  }
}

@Module({ controllers: [GiftsController], providers: [Till] })
class GiftsModule {}

describe('Idempotency-Key', () => {
  let app: TestApp;
  let till: Till;
  let token: string;

  beforeAll(async () => {
    app = await TestApp.start({}, [GiftsModule]);
    till = app.app.get(Till, { strict: false });
    ({ token } = await app.signIn('giver@example.org'));
  });
  afterAll(() => app.stop());
  beforeEach(() => {
    till.gifts = 0;
    till.hold = Promise.resolve();
  });

  let number = 0;
  const newKey = (): string => `key-${++number}`;
  const give = (key: string, body: object = { amount: 500 }, as = token, path = '/test/gifts'): Promise<Answer> => app.post(path, { token: as, body, headers: { 'Idempotency-Key': key } });

  it('answers the first result again, with its status, and does nothing', async () => {
    const key = newKey();
    const first = await give(key);
    const again = await give(key);
    expect(first).toMatchObject({ status: 202, body: { amount: 500, number: 1, at: '2026-03-01T10:00:00.123Z' } });
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect([first.headers.get('idempotent-replayed'), again.headers.get('idempotent-replayed')]).toEqual([null, 'true']);
    expect(till.gifts).toBe(1);
  });

  it('does it every time without a key, and where it is not declared', async () => {
    await app.post('/test/gifts', { token, body: { amount: 5 } });
    await app.post('/test/gifts', { token, body: { amount: 5 } });
    const key = newKey();
    await give(key, {}, token, '/test/gifts/plain');
    await give(key, {}, token, '/test/gifts/plain');
    expect(till.gifts).toBe(4);
  });

  it('refuses the key with another body', async () => {
    const key = newKey();
    await give(key);
    expect(await give(key, { amount: 501 })).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(till.gifts).toBe(1);
  });

  it('keeps the keys of two people apart', async () => {
    const key = newKey();
    await give(key);
    expect((await give(key, { amount: 500 }, (await app.signIn('another@example.org')).token)).body).toMatchObject({ number: 2 });
  });

  it('runs one of ten that come at once; the others are told to wait or get its answer', async () => {
    const key = newKey();
    let release = (): void => undefined;
    till.hold = new Promise((resolve) => (release = resolve));
    const answers = Array.from({ length: 10 }, () => give(key));
    await sleep(200);
    release();
    const statuses = (await Promise.all(answers)).map(({ status, body, headers }) => (status === 409 ? [body['code'], headers.get('retry-after')] : status));
    expect(till.gifts).toBe(1);
    expect(statuses.filter((status) => status === 202).length).toBeGreaterThanOrEqual(1);
    for (const status of statuses.filter((one) => one !== 202)) expect(status).toEqual(['IDEMPOTENCY_KEY_IN_USE', '1']);
    expect((await give(key)).status).toBe(202);
    expect(till.gifts).toBe(1);
  });

  it.each([
    ['refused', 403],
    ['crash', 500],
  ])('remembers nothing of a try that was answered as %s: the key may be used with a mended body', async (outcome, status) => {
    const key = newKey();
    expect((await give(key, { amount: 500, outcome })).status).toBe(status);
    expect((await give(key, { amount: 'many' })).status).toBe(400);
    expect((await give(key)).status).toBe(202);
  });

  it('lets a first try that never answered be made again, but only after a minute', async () => {
    const key = newKey();
    const clock = app.app.get(Clock);
    let abandon = (): void => undefined;
    till.hold = new Promise((_, reject) => (abandon = () => reject(new Error('gone'))));
    const first = give(key);
    await sleep(150);
    till.hold = Promise.resolve();
    expect(await give(key)).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_IN_USE' } });
    try {
      clock.now = () => new Date(Date.now() + 61_000);
      expect((await give(key)).status).toBe(202);
      expect((await give(key)).headers.get('idempotent-replayed')).toBe('true');
    } finally {
      clock.now = () => new Date();
    }
    // The first try fails at last, and takes nothing away from the second.
    abandon();
    expect((await first).status).toBe(500);
    expect((await give(key)).headers.get('idempotent-replayed')).toBe('true');
    expect(till.gifts).toBe(1);
  });

  it('repeats a plain text as a text', async () => {
    const key = newKey();
    const first = await give(key, { amount: 1, outcome: 'text' });
    const again = await give(key, { amount: 1, outcome: 'text' });
    expect(first.body).toBe('thank you');
    expect([again.body, again.headers.get('content-type')]).toEqual([first.body, first.headers.get('content-type')]);
  });

  it('refuses keys that are empty or too long, and guests', async () => {
    expect((await give('x'.repeat(256))).body).toMatchObject({ code: 'VALIDATION' });
    expect((await give('')).status).toBe(400);
    expect((await app.post('/test/gifts', { body: { amount: 1 }, headers: { 'Idempotency-Key': newKey() } })).status).toBe(401);
    expect(till.gifts).toBe(0);
  });
});
