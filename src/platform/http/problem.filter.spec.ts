import { Body, Controller, Get, Module, Param, Post } from '@nestjs/common';
import { IsArray, IsString } from 'class-validator';
import { connect } from 'node:net';
import { TcpProxy } from '../../../test/support/tcp-proxy.js';
import { type Answer, TestApp } from '../../../test/support/test-app.js';
import { Public } from '../auth/access.js';
import { Database } from '../database/database.js';
import { defineProblem } from './problem.js';

const TeaOnly = defineProblem(418, 'TEST_TEA_ONLY', 'This pot holds tea');

class Note {
  @IsString() text: string;
}

class Values {
  @IsString() sql: string;
  @IsArray() values: unknown[];
}

@Controller('test/problems')
@Public()
class ProblemsController {
  constructor(private readonly database: Database) {}

  @Post('notes')
  note(@Body() note: Note): Note {
    return note;
  }

  @Post('sql')
  run(@Body() { sql, values }: Values): Promise<unknown> {
    return this.database.rows(sql, values);
  }

  @Get('crash')
  crash(): never {
    throw Object.assign(new Error('password=hunter2 at /srv/secret.ts'), { detail: 'hunter2' });
  }

  @Get('rejects')
  async rejects(): Promise<never> {
    return Promise.reject('a bare string');
  }

  @Get('tea')
  tea(): never {
    throw new TeaOnly({ detail: 'Coffee is across the hall', retryAfterSeconds: 1.2, extra: { pot: 'green' } });
  }

  @Get('things/:id')
  thing(@Param('id') id: string): { id: string } {
    return { id };
  }
}

@Module({ controllers: [ProblemsController] })
class ProblemsModule {}

/** Every problem has the same shape, whoever raised it. */
function expectProblem(answer: Answer, status: number, code: string): void {
  expect(answer.body).toMatchObject({ status, code, type: `urn:pawtreon:problem:${code.toLowerCase().replaceAll('_', '-')}` });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  for (const member of ['title', 'detail', 'requestId']) expect(answer.body[member]).toEqual(expect.stringMatching(/./));
  expect(answer.headers.get('x-request-id')).toBe(answer.body['requestId']);
}

describe('problems', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({}, [ProblemsModule]);
  });
  afterAll(() => app.stop());

  const note = (body: string, type = 'application/json'): Promise<Answer> => app.post('/test/problems/notes', { body, headers: { 'Content-Type': type } });

  it.each([
    ['JSON that breaks off', '{"text":', 400, 'VALIDATION'],
    ['an empty body', '', 400, 'VALIDATION'],
    ['a poisoned prototype', '{"text":"a","__proto__":{"admin":true}}', 400, 'VALIDATION'],
    ['a poisoned constructor', '{"text":"a","constructor":{"prototype":{"admin":true}}}', 400, 'VALIDATION'],
    ['a body over the limit', JSON.stringify({ text: 'x'.repeat(1_100_000) }), 413, 'PAYLOAD_TOO_LARGE'],
  ])('answers %s', async (_, body, status, code) => {
    expectProblem(await note(body), status, code);
  });

  it.each(['text/plain', 'application/xml', 'rubbish'])('answers content of type %s', async (type) => {
    expectProblem(await note('{"text":"a"}', type), 415, 'MEDIA_TYPE_UNSUPPORTED');
  });

  it('answers an unknown route and an unknown method', async () => {
    expectProblem(await app.get('/nowhere'), 404, 'NOT_FOUND');
    expectProblem(await app.delete('/test/problems/notes'), 404, 'NOT_FOUND');
  });

  it.each(['/test/problems/things/%', '/test/problems/things/%ED%A0%80', '/test/problems/things/%00'])('answers the path %s', async (path) => {
    expectProblem(await app.get(path), 400, 'VALIDATION');
  });

  it('answers a path longer than any of ours', async () => {
    const answer = await app.get(`/test/problems/things/${'x'.repeat(5_000)}`);
    expect([404, 414]).toContain(answer.status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('survives bytes that are no HTTP', async () => {
    const { hostname, port } = new URL(app.url);
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.write('HELO there\r\n\r\n'));
      let text = '';
      socket.on('data', (chunk) => (text += String(chunk)));
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect((await app.get('/health/live')).status).toBe(200);
  });

  it.each([
    ['half a surrogate pair into jsonb', 'SELECT $1::jsonb', [JSON.stringify('\ud800')]],
    ['NUL into jsonb', 'SELECT $1::jsonb', ['"\\u0000"']],
    ['a number out of range', 'SELECT $1::int', ['99999999999']],
    ['a word for a number', 'SELECT $1::int', ['many']],
    ['a word for a uuid', 'SELECT $1::uuid', ['me']],
    ['a day that is none', 'SELECT $1::timestamptz', ['2026-02-31']],
    ['a year out of range', 'SELECT $1::timestamptz', ['+999999-01-01T00:00:00Z']],
  ])('blames the client for %s', async (_, sql, values) => {
    expectProblem(await app.post('/test/problems/sql', { body: { sql, values } }), 400, 'VALIDATION');
  });

  it('says nothing of the inside when it is our fault', async () => {
    for (const answer of [
      await app.get('/test/problems/crash'),
      await app.get('/test/problems/rejects'),
      await app.post('/test/problems/sql', { body: { sql: 'SELECT hunter2 FROM nowhere', values: [] } }),
    ]) {
      expectProblem(answer, 500, 'INTERNAL');
      expect(JSON.stringify(answer.body)).not.toMatch(/hunter2|secret|nowhere|select|at |\.ts/i);
    }
  });

  it('carries what an error of ours says: detail, members, Retry-After in whole seconds', async () => {
    const answer = await app.get('/test/problems/tea');
    expectProblem(answer, 418, 'TEST_TEA_ONLY');
    expect(answer.body).toMatchObject({ title: 'This pot holds tea', detail: 'Coffee is across the hall', pot: 'green' });
    expect(answer.headers.get('retry-after')).toBe('2');
  });

  it('refuses a second definition of a code', () => {
    expect(() => defineProblem(404, 'TEST_TEA_ONLY', 'Again')).toThrow('defined twice');
  });
});

describe('without a database', () => {
  let home: TestApp;
  let proxy: TcpProxy;
  let app: TestApp;

  beforeAll(async () => {
    home = await TestApp.start({ APP_ROLES: 'api' });
    proxy = await TcpProxy.before(home.databaseUrl);
    app = await home.sibling({ APP_ROLES: 'api' }, [ProblemsModule], proxy.through(home.databaseUrl));
  });
  afterAll(async () => {
    await proxy.restore();
    await app.stop();
    await proxy.cut();
    await home.stop();
  });

  it('says 503 with Retry-After, and serves again once it is back', async () => {
    const ask = (): Promise<Answer> => app.post('/test/problems/sql', { body: { sql: 'SELECT 1', values: [] } });
    expect((await ask()).status).toBe(201);
    await proxy.cut();
    for (let i = 0; i < 3; i++) {
      const answer = await ask();
      expectProblem(answer, 503, 'UNAVAILABLE');
      expect(answer.headers.get('retry-after')).toBe('2');
    }
    const ready = await app.get<{ status: string; checks: Record<string, string> }>('/health/ready');
    expect(ready).toMatchObject({ status: 503, body: { status: 'unavailable', checks: { database: 'unreachable' } } });
    expect((await app.get('/health/live')).status).toBe(200);

    await proxy.restore();
    expect((await ask()).status).toBe(201);
    expect((await app.get('/health/ready')).body).toMatchObject({ status: 'ok', checks: { database: 'ok', queues: 'ok' } });
  });
});
