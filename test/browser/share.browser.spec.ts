import sharp from 'sharp';
import type { Browser } from 'playwright-core';
import { describeInBrowser, launchChromium, type WatchedPage, watchedPage } from '../support/browser.js';
import { publishCase } from '../support/rescue.factory.js';
import { TestApp } from '../support/test-app.js';

/** What a look at the page tells, in the page's own language. */
const LOOK = `({
  wide: document.documentElement.scrollWidth > window.innerWidth,
  picture: document.querySelector('img.picture').naturalWidth,
  styled: getComputedStyle(document.querySelector('.button')).backgroundColor,
  scripts: document.scripts.length,
  small: [...document.querySelectorAll('nav a, .button')].filter((link) => link.getBoundingClientRect().height < 44 || link.getBoundingClientRect().width < 44).length,
})`;

describeInBrowser('a shared case in a browser', () => {
  let app: TestApp;
  let browser: Browser;
  let watched: WatchedPage;
  let path: string;

  beforeAll(async () => {
    app = await TestApp.start();
    browser = await launchChromium();
    watched = await watchedPage(browser, app.url);
    const owner = await app.signIn('owner@example.org');
    const picture = await sharp({ create: { width: 1200, height: 800, channels: 3, background: '#a86' } }).jpeg().toBuffer();
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }), 'rex.jpg');
    const file = await app.post<{ id: string }>('/v1/files', { token: owner.token, body: form });
    const { id } = await publishCase<{ id: string }>(app, owner.token, { images: [file.body.id], story: 'He was found on the road.\n\nHe is brave.' });
    await app.post(`/v1/cases/${id}/updates`, { token: owner.token, body: { type: 'medical', text: 'The operation went well.' } });
    path = `/share/case/${id}`;
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });
  afterEach(() => expect(watched.faults.splice(0)).toEqual([]));

  it.each([
    ['a phone', 390, 844, 'light'],
    ['a phone at night', 390, 844, 'dark'],
    ['a small phone', 320, 640, 'light'],
    ['a desktop', 1440, 900, 'light'],
    ['a desktop at night', 1440, 900, 'dark'],
  ] as const)('is readable on %s within two seconds, asking nobody else', async (name, width, height, colorScheme) => {
    const { page } = watched;
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height });
    const began = Date.now();
    await page.goto(`${app.url}${path}`, { waitUntil: 'load' });
    expect(Date.now() - began).toBeLessThan(2_000);
    expect(await page.evaluate(LOOK)).toEqual({ wide: false, picture: 1200, styled: 'rgb(176, 70, 29)', scripts: 0, small: 0 });
    await watched.shoot(`share-${name.replaceAll(' ', '-')}`);
  });

  it('changes its language by the picker', async () => {
    const { page } = watched;
    await page.goto(`${app.url}${path}`);
    await page.getByRole('link', { name: 'Български' }).click();
    expect(await page.locator('html').getAttribute('lang')).toBe('bg');
    expect(await page.getByRole('progressbar').getAttribute('aria-label')).toBe('Събрано досега');
  });
});
