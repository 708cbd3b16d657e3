import { HtmlValidate } from 'html-validate';
import { type Answer, TestApp } from '../../../../test/support/test-app.js';
import { insertCase, publishCase } from '../../../../test/support/rescue.factory.js';
import { ShareQueries } from './share.queries.js';
import { SharePages } from './share-pages.js';

const NASTY = `<script>alert(1)</script> "quoted" & 'single' <b>`;

describe('share pages', () => {
  let app: TestApp;
  let owner: { token: string; id: string };
  let admin: { token: string; id: string };
  let id: string;

  beforeAll(async () => {
    app = await TestApp.start({ APP_ROLES: 'api', APP_ORIGIN: 'https://pawtreon.example' });
    owner = await app.signIn('owner@example.org');
    admin = await app.signIn('admin@example.org', 'admin');
    ({ id } = await publishCase<{ id: string }>(app, owner.token, { title: 'Rex was hit by a car' }));
    await app.sql(`UPDATE rescue.cases SET fundraising_current = 25050 WHERE id = $1`, [id]);
  });
  afterAll(() => app.stop());

  const page = (path = `/share/case/${id}`, headers: Record<string, string> = {}): Promise<Answer<string>> => app.get<string>(path, { headers: { Accept: 'text/html', ...headers } });
  /** What a meta tag of a page says. */
  const meta = (html: string, name: string): string | undefined => new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)">`).exec(html)?.[1];
  const hide = (caseId: string): Promise<Answer> => app.put(`/v1/admin/cases/${caseId}/hidden`, { token: admin.token, body: { reason: 'Being looked into' } });
  const restore = (caseId: string): Promise<Answer> => app.delete(`/v1/admin/cases/${caseId}/hidden`, { token: admin.token, body: { reason: 'It is fine' } });

  const validator = new HtmlValidate({ extends: ['html-validate:recommended'], rules: { 'no-trailing-whitespace': 'off', 'long-title': 'off' } });
  async function faults(html: string): Promise<string[]> {
    const report = await validator.validateString(html);
    return report.results.flatMap(({ messages }) => messages.map((message) => `${message.line}: ${message.ruleId}: ${message.message}`));
  }

  it('show title, first picture, city and progress to previews', async () => {
    const { status, headers, body } = await page();
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const [{ images }] = await app.sql<{ images: string[] }>(`SELECT images FROM rescue.cases WHERE id = $1`, [id]) as [{ images: string[] }];
    const picture = `https://pawtreon.example/v1/files/${images[0]}`;
    expect(meta(body, 'og:title')).toBe('Rex was hit by a car');
    expect(meta(body, 'og:description')).toMatch(/^София · €250\.50 raised of €1,000\.00 \(25%\)\. He needs an operation/);
    expect(meta(body, 'og:url')).toBe(`https://pawtreon.example/share/case/${id}`);
    expect([meta(body, 'og:type'), meta(body, 'og:site_name'), meta(body, 'og:locale')]).toEqual(['article', 'Pawtreon', 'en_US']);
    expect([meta(body, 'og:image'), meta(body, 'og:image:width'), meta(body, 'og:image:height')]).toEqual([picture, '32', '32']);
    expect([meta(body, 'twitter:card'), meta(body, 'twitter:image')]).toEqual(['summary_large_image', picture]);
    expect([...body.matchAll(/og:locale:alternate" content="(\w+)"/g)].map(([, locale]) => locale)).toEqual(['bg_BG', 'uk_UA', 'ru_RU', 'de_DE']);
    expect((await app.get(new URL(picture).pathname)).status).toBe(200);
  });

  it('show people the same, with what its badge means and a way into the app', async () => {
    const { body } = await page();
    expect(body).toContain('<progress max="100000" value="25050"');
    expect(body).toContain('€250.50 raised of €1,000.00');
    expect(body).toContain('Nobody has confirmed this case yet.');
    expect(body).toContain(`href="https://pawtreon.example/case/${id}"`);
    expect(body).toContain(`<link rel="canonical" href="https://pawtreon.example/share/case/${id}">`);
    expect([...body.matchAll(/<link rel="alternate" hreflang="([\w-]+)"/g)].map(([, locale]) => locale)).toEqual(['x-default', 'en', 'bg', 'uk', 'ru', 'de']);
  });

  it.each([
    ['the link', '?locale=bg', 'de', 'bg', 'Събрани'],
    ['the region of the link', '?locale=de-AT', '', 'de', 'gesammelt'],
    ['the browser', '', 'fr, uk-UA;q=0.8, de;q=0.5', 'uk', 'Зібрано'],
    ['its order, not its writing', '', 'de;q=0.2, ru;q=0.9', 'ru', 'Собрано'],
    ['nothing that is known', '?locale=fr', 'fr', 'en', 'raised of'],
    ['twice the parameter', '?locale=bg&locale=de', '', 'en', 'raised of'],
  ])('speak the language of %s', async (_, query, accepted, locale, words) => {
    const { status, body, headers } = await page(`/share/case/${id}${query}`, accepted ? { 'Accept-Language': accepted } : {});
    expect(status).toBe(200);
    expect(body).toContain(`<html lang="${locale}">`);
    expect(body).toContain(words);
    expect(headers.get('vary')).toContain('Accept-Language');
  });

  it('write money in the way of the locale and the currency', async () => {
    const yen = await insertCase(app, { fundraising_goal: 50_000, fundraising_current: 60_000, fundraising_currency: 'JPY' });
    const { body } = await page(`/share/case/${yen}?locale=de`);
    expect(body.replaceAll('\u00a0', ' ')).toContain('60.000 ¥ von 50.000 ¥ gesammelt');
    expect(body.replaceAll('\u00a0', ' ')).toContain('120 %');
    expect(body).toContain('<progress max="50000" value="50000"');
  });

  it('show a translation while it is fresh', async () => {
    const caseId = await insertCase(app, { source_hash: 'aaaa', verification_status: 'clinic' });
    await app.sql(
      `INSERT INTO rescue.case_translations (case_id, locale, status, title, description, source_hash, translated_at, updated_at) VALUES ($1, 'de', 'done', 'Rex wurde angefahren', 'Er braucht eine Operation.', 'aaaa', now(), now())`,
      [caseId],
    );
    const fresh = (await page(`/share/case/${caseId}?locale=de`)).body;
    expect(meta(fresh, 'og:title')).toBe('Rex wurde angefahren');
    expect(fresh).toContain('Eine geprüfte Klinik bestätigt die Behandlung.');
    expect(fresh).not.toContain('Originalsprache');
    await app.sql(`UPDATE rescue.cases SET source_hash = 'bbbb' WHERE id = $1`, [caseId]);
    const stale = (await page(`/share/case/${caseId}?locale=de`)).body;
    expect(meta(stale, 'og:title')).toBe('Rex was hit by a car');
    expect(stale).toContain('Originalsprache');
  });

  it('show the last updates, and none that was taken back', async () => {
    const { id: caseId } = await publishCase<{ id: string }>(app, owner.token);
    const updates: string[] = [];
    for (const text of ['First', 'Second', 'Third', 'Fourth']) {
      const { body } = await app.post<{ id: string }>(`/v1/cases/${caseId}/updates`, { token: owner.token, body: { type: 'medical', text: `${text} & "more"` } });
      updates.push(body.id);
    }
    await app.post(`/v1/admin/case-updates/${updates[3]}/retraction`, { token: admin.token, body: { reason: 'Not true' } });
    const { body } = await page(`/share/case/${caseId}`);
    expect(['First', 'Second', 'Third', 'Fourth'].map((word) => body.includes(`${word} &amp; &quot;more&quot;`))).toEqual([true, true, true, false]);
    expect(body.indexOf('Third')).toBeLessThan(body.indexOf('First'));
  });

  it.each(['en', 'bg', 'uk', 'ru', 'de'])('are valid HTML in %s, whatever people write, under a policy without script', async (locale) => {
    const caseId = await insertCase(app, { title: NASTY, description: `${NASTY}\n\n${'long '.repeat(100)}`, story: NASTY, location_city: NASTY, language: 'en' });
    const { body, headers } = await page(`/share/case/${caseId}?locale=${locale}`);
    expect(await faults(body)).toEqual([]);
    expect(body).not.toContain('<script');
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/);
    expect(await faults((await page(`/share/case/${owner.id}?locale=${locale}`)).body)).toEqual([]);
  });

  it('carry a strong tag and are kept for a minute', async () => {
    const { headers } = await page();
    expect(headers.get('cache-control')).toBe('public, max-age=60');
    const tag = headers.get('etag')!;
    expect(tag).toMatch(/^"/);
    expect((await page(undefined, { 'If-None-Match': tag })).status).toBe(304);
  });

  it('say kindly that a case is not there', async () => {
    const { status, headers, body } = await page(`/share/case/${owner.id}`, { 'Accept-Language': 'de' });
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([404, 'text/html; charset=utf-8', 'no-store']);
    expect(body).toContain('Diesen Fall gibt es hier nicht');
    expect((await page('/share/case/nonsense')).status).toBe(400);
    const json = await app.get(`/share/case/${owner.id}`, { headers: { Accept: 'application/json' } });
    expect([json.status, json.headers.get('content-type'), json.body['code']]).toEqual([404, 'application/problem+json; charset=utf-8', 'CASE_NOT_FOUND']);
  });

  it('open to anybody, also with a token that is none', async () => {
    expect((await page(undefined, { Authorization: 'Bearer rubbish' })).status).toBe(200);
  });

  it('vanish with a hidden case, also for its owner and staff, as do sitemap, books and stream; and come back', async () => {
    const { id: caseId } = await publishCase<{ id: string }>(app, owner.token);
    const sitemap = async (): Promise<boolean> => (await app.get<string>('/sitemap.xml')).body.includes(caseId);
    const statuses = async (token?: string): Promise<number[]> => {
      const found = [];
      for (const path of [`/share/case/${caseId}`, `/v1/cases/${caseId}/ledger`]) found.push((await app.get(path, { token })).status);
      const stream = await fetch(`${app.url}/v1/cases/${caseId}/events`);
      await stream.body?.cancel();
      return [...found, stream.status];
    };
    expect([await statuses(), await sitemap()]).toEqual([[200, 200, 200], true]);
    const watching = await fetch(`${app.url}/v1/cases/${caseId}/events`);
    await hide(caseId);
    for (const token of [undefined, owner.token, admin.token]) expect((await statuses(token)).slice(0, 1)).toEqual([404]);
    expect([await statuses(), await sitemap()]).toEqual([[404, 404, 404], false]);
    // What was open ends, with the news that it does.
    expect(await watching.text()).toContain('event: case.hidden');
    await restore(caseId);
    expect([await statuses(), await sitemap()]).toEqual([[200, 200, 200], true]);
  });

  describe('the sitemap', () => {
    it('names every public case with its last change', async () => {
      const caseId = await insertCase(app, { updated_at: new Date('2026-03-01T00:00:00Z'), created_at: new Date('2026-02-01T00:00:00Z') });
      const { status, headers, body } = await app.get<string>('/sitemap.xml');
      expect([status, headers.get('content-type')]).toEqual([200, 'application/xml; charset=utf-8']);
      expect(headers.get('etag')).toBeTruthy();
      expect(body).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<urlset xmlns="http:\/\/www\.sitemaps\.org\/schemas\/sitemap\/0\.9">/);
      expect(body).toContain(`<url><loc>https://pawtreon.example/share/case/${caseId}</loc><lastmod>2026-03-01T00:00:00.000Z</lastmod></url>`);
      const [{ n }] = await app.sql<{ n: number }>(`SELECT count(*)::int AS n FROM rescue.public_cases`) as [{ n: number }];
      expect(body.match(/<url>/g)).toHaveLength(n);
    });

    it('is an index of parts when there are too many, each part whole, none twice', async () => {
      const queries = app.app.get(ShareQueries);
      const [{ n }] = await app.sql<{ n: number }>(`SELECT count(*)::int AS n FROM rescue.public_cases`) as [{ n: number }];
      await expect(queries.sitemap(n)).resolves.toMatchObject({ cases: expect.anything() });
      const index = await queries.sitemap(3);
      if (!('parts' in index)) throw new Error('no index');
      expect(index.parts).toHaveLength(Math.ceil(n / 3));
      const parts = await Promise.all(index.parts.map(({ id: from }) => queries.sitemapPart(from, 3)));
      const ids = parts.flat().map((entry) => entry.id);
      expect([ids.length, new Set(ids).size]).toEqual([n, n]);
      expect(app.app.get(SharePages).sitemap(index)).toContain(`<sitemap><loc>https://pawtreon.example/sitemap.xml?from=${index.parts[1]!.id}</loc></sitemap>`);
      const served = (await app.get<string>(`/sitemap.xml?from=${index.parts[1]!.id}`)).body;
      expect(served.match(/<url>/g)).toHaveLength(n - 3);
      expect((await app.get('/sitemap.xml?from=1')).status).toBe(400);
    });
  });

  it('robots may read share pages and pictures, neither API nor back office', async () => {
    const { status, headers, body } = await app.get<string>('/robots.txt');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(body.split('\n')).toEqual(expect.arrayContaining(['User-agent: *', 'Allow: /share/', 'Disallow: /admin', 'Disallow: /v1', 'Sitemap: https://pawtreon.example/sitemap.xml']));
  });
});
