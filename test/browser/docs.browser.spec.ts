import type { Browser } from 'playwright-core';
import { describeInBrowser, launchChromium, type WatchedPage, watchedPage } from '../support/browser.js';
import { TestApp } from '../support/test-app.js';

describeInBrowser('the API documentation in a browser', () => {
  let app: TestApp;
  let browser: Browser;
  let watched: WatchedPage;

  beforeAll(async () => {
    app = await TestApp.start();
    browser = await launchChromium();
    watched = await watchedPage(browser, app.url);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });
  afterEach(() => expect(watched.faults.splice(0)).toEqual([]));

  it('authorizes and calls an endpoint, without asking anybody else', async () => {
    const { page } = watched;
    const person = await app.signIn('reader@example.org');
    await page.goto(`${app.url}/docs`);
    await page.getByRole('button', { name: 'Authorize' }).click();
    await page.locator('.auth-container input').fill(person.token);
    await page.locator('.auth-btn-wrapper button', { hasText: 'Authorize' }).click();
    await page.locator('.auth-btn-wrapper button', { hasText: 'Close' }).click();
    const operation = page.locator('.opblock-get', { has: page.locator('[data-path="/v1/me"]') });
    await operation.locator('.opblock-summary-control').click();
    await operation.getByRole('button', { name: 'Try it out' }).click();
    await operation.getByRole('button', { name: 'Execute' }).click();
    await operation.locator('.live-responses-table .response-col_status', { hasText: '200' }).waitFor();
    expect(await operation.locator('.live-responses-table').innerText()).toContain(person.id);
    await watched.shoot('docs');
  });
});
