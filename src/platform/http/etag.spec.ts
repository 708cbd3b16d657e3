import { Controller, Get, Header, Module, Post } from '@nestjs/common';
import { type Answer, TestApp } from '../../../test/support/test-app.js';
import { Optional } from '../auth/access.js';

@Controller('test/pages')
@Optional()
class PagesController {
  body: object = { a: 1 };

  @Get()
  show(): object {
    return this.body;
  }

  @Get('versioned')
  versioned(): object {
    return { version: 7, name: 'Rex' };
  }

  @Get('cached')
  @Header('Cache-Control', 'public, max-age=60')
  cached(): object {
    return { a: 1 };
  }

  @Get('page')
  @Header('Content-Type', 'text/html')
  @Header('Vary', 'Accept-Language')
  page(): string {
    return '<p>Rex';
  }

  @Get('style')
  @Header('Content-Type', 'text/css')
  style(): string {
    return 'p {}';
  }

  @Post()
  change(): object {
    return this.body;
  }
}

@Module({ controllers: [PagesController] })
class PagesModule {}

describe('ETag', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({}, [PagesModule]);
  });
  afterAll(() => app.stop());

  const get = (path = '', headers: Record<string, string> = {}, token?: string): Promise<Answer> => app.get(`/test/pages${path}`, { headers, token });
  const tag = async (path = ''): Promise<string> => (await get(path)).headers.get('etag')!;

  it('is strong, the same for the same bytes, and another for others', async () => {
    const first = await tag();
    expect(first).toMatch(/^"[\w-]+"$/);
    expect(await tag()).toBe(first);
    app.app.get(PagesController, { strict: false }).body = { a: 2 };
    expect(await tag()).not.toBe(first);
    expect((await get('', { 'If-None-Match': first })).status).toBe(200);
  });

  it('shows the version of a record that has one', async () => {
    expect(await tag('/versioned')).toMatch(/^"[\w-]+\.7"$/);
  });

  it.each([(etag: string) => etag, (etag: string) => `W/${etag}`, (etag: string) => `"other", ${etag}`, () => '*'])('answers 304 without a body when it matches (%#)', async (header) => {
    const etag = await tag();
    const answer = await get('', { 'If-None-Match': header(etag) });
    expect([answer.status, answer.body, answer.headers.get('etag')]).toEqual([304, '', etag]);
    expect(answer.headers.has('content-type')).toBe(false);
  });

  it('lets caches keep what everybody sees, and only the client what one person sees', async () => {
    expect((await get()).headers.get('cache-control')).toBe('public, no-cache');
    const { token } = await app.signIn('reader@example.org');
    const own = await get('', {}, token);
    expect(own.headers.get('cache-control')).toBe('private, no-cache');
    expect(own.headers.get('vary')).toBe('Authorization');
    const again = await get('', { 'If-None-Match': own.headers.get('etag')! }, token);
    expect([again.status, again.headers.get('cache-control')]).toEqual([304, 'private, no-cache']);
  });

  it('leaves a Cache-Control of the endpoint', async () => {
    expect((await get('/cached')).headers.get('cache-control')).toBe('public, max-age=60');
  });

  it('is given to rendered pages, which say themselves what they vary by', async () => {
    const { headers } = await get('/page');
    expect([headers.get('etag')?.[0], headers.get('vary')]).toEqual(['"', 'Accept-Language']);
  });

  it('is not given to problems, to other methods and to what is neither JSON nor rendered', async () => {
    expect((await get('/nowhere')).headers.has('etag')).toBe(false);
    expect((await app.post('/test/pages')).headers.has('etag')).toBe(false);
    expect((await get('/style')).headers.has('etag')).toBe(false);
  });
});
