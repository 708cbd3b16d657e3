import type { Browser, Locator, Page } from 'playwright-core';
import { type BackofficeApp, startBackofficeApp } from '../support/backoffice-app.js';
import { acts, idOf } from '../support/backoffice-scratch.js';
import { describeInBrowser, launchChromium, signInAtDesk, type WatchedPage, watchedPage } from '../support/browser.js';
import { PASSWORD } from '../support/staff-client.js';

describeInBrowser('the back office in a browser', () => {
  let app: BackofficeApp;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    app = await startBackofficeApp();
    browser = await launchChromium();
    watched = await watchedPage(browser, new URL(app.url).origin);
    page = watched.page;
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  afterEach(() => expect(watched.faults.splice(0)).toEqual([]));

  const shoot = (name: string): Promise<Buffer> => watched.shoot(`backoffice-${name}`);

  it('signs in and shows the start page', async () => {
    await page.goto(`${app.url}/`);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await shoot('login');
    await page.locator('input[name=email]').fill('superadmin@example.org');
    await page.locator('input[name=password]').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('1,000+').waitFor();
    await shoot('dashboard');
  });

  it('lists records with money, times, badges and links', async () => {
    await page.getByRole('link', { name: 'Specimens' }).first().click();
    await page.getByText('Specimen 60').first().waitFor();
    await page.getByText('Sofia shelter').first().waitFor();
    await shoot('list');
    const row = page.locator('tr', { hasText: 'Specimen 58' });
    await expect(row.innerText()).resolves.toMatch(/58\.50 EUR/);
    await expect(row.innerText()).resolves.toMatch(/01 Jan 2026, 14:00 EET|GMT\+2/);
    await expect(page.locator('tr', { hasText: 'Specimen 56' }).innerText()).resolves.toMatch(/5,650 JPY/);
  });

  it('filters, and says 1,000+ for long lists', async () => {
    await page.goto(`${app.url}/resources/public_specimens?filters.title=SPECIMEN 5&filters.stage=funded`);
    await page.getByText('Specimen 57').first().waitFor();
    await page.getByTestId('action-filter').or(page.locator('[data-css$=filter-button]')).first().click();
    await page.locator('input[name=filter-tags]').waitFor();
    await page.waitForTimeout(500);
    await shoot('filter');
    await page.goto(`${app.url}/resources/public_specimen_events`);
    await page.getByText('1,000+').waitFor();
  });

  it('filters by a picked reference, a list element and a day', async () => {
    await page.goto(`${app.url}/resources/public_specimens`);
    await page.getByText('Specimen 60').first().waitFor();
    await page.locator('[data-css$=filter-button]').first().click();
    const reference = page.getByTestId('property-filter-shelterId').locator('input').first();
    await reference.fill('sofia');
    await page.getByRole('option', { name: 'Sofia shelter' }).or(page.locator('[class*=option]', { hasText: 'Sofia shelter' })).first().click();
    await page.locator('input[name=filter-tags]').fill('STREET');
    for (const input of await page.getByTestId('property-filter-bornOn').locator('input').all()) await input.fill('2025-05-17');
    const [from] = await page.getByTestId('property-filter-foundAt').locator('input').all();
    await from?.fill('2026/01/01 14:01');
    await page.keyboard.press('Enter');
    await shoot('filter-picked');
    await page.getByRole('button', { name: 'Apply changes' }).click();
    await page.waitForURL(/shelterId/);
    // Only the last specimen was found at 14:01 in Sofia.
    await page.getByText('Specimen 58').waitFor({ state: 'detached' });
    await expect(page.locator('tbody tr').count()).resolves.toBe(1);
  });

  it('shows a record', async () => {
    await page.goto(`${app.url}/resources/public_specimens/records/${idOf(58)}/show`);
    await page.getByText('"colour": "black"').waitFor();
    await shoot('show');
    await expect(page.getByText('never shown').count()).resolves.toBe(0);
  });

  it('shows below a record what others know about it', async () => {
    await page.goto(`${app.url}/resources/public_specimens/records/${idOf(59)}/show`);
    const section = (title: string): Locator => page.getByRole('region', { name: title });
    await section('Pictures').locator('img').last().scrollIntoViewIfNeeded();
    await page.waitForFunction(`[...document.querySelectorAll('section img')].every(({ naturalWidth }) => naturalWidth === 300)`);
    await shoot('sections');
    await expect(section('Gifts').innerText()).resolves.toMatch(/123,456 JPY.*01 Jan 2026, 14:00 (EET|GMT\+2)/s);
    await expect(section('Friends').innerText()).resolves.toContain('It has no friends.');
    await expect(section('Broken').innerText()).resolves.toContain('could not be loaded');
    const boxes = await Promise.all((await section('Pictures').locator('img').all()).map((image) => image.boundingBox()));
    expect(boxes[0]!.y).toBe(boxes[1]!.y);
    await section('Gifts').getByRole('link', { name: 'kind 4' }).click();
    await page.waitForURL(/specimen_events\/records\/5\/show/);
  });

  it('runs an action with its reason and confirmation', async () => {
    await page.goto(`${app.url}/resources/public_specimens/records/${idOf(58)}/hide`);
    const submit = page.getByRole('button', { name: 'Hide', exact: true }).last();
    await page.locator('#reason').fill('It is a duplicate');
    expect(await submit.isDisabled()).toBe(true);
    await page.getByText('I am sure').click();
    await shoot('action');
    await submit.click();
    await page.waitForURL(/\/show/);
    await page.getByText('Done.').waitFor();
    expect(acts.at(-1)).toMatchObject({ name: 'hide', recordId: idOf(58), reason: 'It is a duplicate', actor: 'superadmin' });
  });

  it('marks the bad field of a form', async () => {
    await page.goto(`${app.url}/resources/public_specimens/records/${idOf(58)}/edit`);
    await page.locator('#title').fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('This is required.').waitFor();
    await page.getByText('Give a reason.').waitFor();
    await shoot('edit');
  });

  it('shows a record with a composite key', async () => {
    await page.goto(`${app.url}/resources/public_specimen_votes`);
    await page.getByText('ana, "a/b"').click();
    await page.waitForURL(/\/show/);
    await page.getByText('ana, "a/b"').first().waitFor();
    await shoot('composite');
  });

  it('serves a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(app.url);
    await page.getByText('1,000+').waitFor();
    await shoot('phone');
  });

  it('offers a role only what it may see', async () => {
    const { page: support, shoot: shootSupport } = await watchedPage(browser, new URL(app.url).origin);
    await signInAtDesk(support, app.url, 'support@example.org', PASSWORD);
    await support.getByRole('link', { name: 'Specimens' }).first().waitFor();
    await support.getByText('Rescue').first().click();
    await shootSupport('backoffice-support');
    await expect(support.getByText('Specimen events').count()).resolves.toBe(0);
    await expect(support.getByText('Staff accounts').count()).resolves.toBe(0);
  });
});
