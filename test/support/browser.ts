import { mkdir } from 'node:fs/promises';
import { type Browser, chromium, type Page } from 'playwright-core';

const ARTIFACTS = 'test/artifacts';

/** Where Chromium is missing, the run says so loudly (see `global-setup.mjs`) and goes on without these. */
export const describeInBrowser = process.env['CHROMIUM_PATH'] ? describe : describe.skip;

/** A page, and everything that went wrong on it so far. */
export interface WatchedPage {
  page: Page;
  /** Whatever the console complains of, every answer of 400 and above, every request to another host. */
  faults: string[];
  /** Keeps a picture of the page, for people to look at. */
  shoot(name: string): Promise<Buffer>;
}

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM_PATH']!,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });

/** A page of its own session, which may talk to `origin` only. */
export async function watchedPage(browser: Browser, origin: string): Promise<WatchedPage> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: 'Europe/Sofia' });
  page.setDefaultTimeout(8_000);
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`page: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url())) faults.push(`outside: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
  });
  await mkdir(ARTIFACTS, { recursive: true });
  return { page, faults, shoot: (name) => page.screenshot({ path: `${ARTIFACTS}/${name}.png` }) };
}

/** Signs a member of staff in at the back office under `url`, which ends in `/admin`. */
export async function signInAtDesk(page: Page, url: string, email: string, password: string): Promise<void> {
  await page.goto(`${url}/login`);
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
