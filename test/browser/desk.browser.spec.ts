import { getDataSourceToken } from '@nestjs/typeorm';
import type { Browser, Page } from 'playwright-core';
import type { DataSource } from 'typeorm';
import { BackofficeRegistry } from '../../src/platform/backoffice/index.js';
import { describeInBrowser, launchChromium, signInAtDesk, type WatchedPage, watchedPage } from '../support/browser.js';
import { type DeskRows, fillEveryTable } from '../support/desk-rows.js';
import { type DeskAnswer, PASSWORD } from '../support/staff-client.js';
import { TestApp } from '../support/test-app.js';

interface ShownResource {
  id: string;
  /** Column whose text names a record, if it is not the key. */
  title: string | null;
  listColumns: string[];
}

/** Every table of the real application, opened as staff open it. */
describeInBrowser('the desk in a browser', () => {
  let app: TestApp;
  let rows: DeskRows;
  let resources: ShownResource[];
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  let desk: string;

  beforeAll(async () => {
    app = await TestApp.start();
    rows = await fillEveryTable(app);
    desk = `${app.url}/admin`;
    resources = declared(app);
    browser = await launchChromium();
    watched = await watchedPage(browser, app.url);
    page = watched.page;
    // The first request bundles the components where the build did not.
    page.setDefaultTimeout(20_000);
    await signInAtDesk(page, desk, 'superadmin@example.org', PASSWORD);
    await page.getByRole('link', { name: /^Donations/ }).first().waitFor();
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });
  afterEach(() => expect(watched.faults.splice(0)).toEqual([]));

  const listOf = async (id: string, query = ''): Promise<DeskAnswer> => {
    const response = await page.request.get(`${desk}/api/resources/${id}/actions/list${query}`);
    expect({ id, query, status: response.status() }).toEqual({ id, query, status: 200 });
    return (await response.json()) as DeskAnswer;
  };

  it('opens the list of every table, its filters, and its first record', async () => {
    for (const { id } of resources) {
      const [first] = (await listOf(id)).records;
      await page.goto(`${desk}/resources/${id}`);
      const row = page.locator(`tbody tr[data-id="${first!.id}"]`);
      await row.waitFor();
      await page.locator('[data-css$=filter-button]').first().click();
      await page.locator('[data-css$=filter-drawer]').getByRole('button', { name: 'Apply changes' }).waitFor();
      await page.goto(`${desk}/resources/${id}/records/${first!.id}/show`);
      await page.locator('[data-testid^=property-show]').first().waitFor();
    }
  }, 120_000);

  it('narrows the list of every table by a filter and by a text', async () => {
    for (const { id, title, listColumns } of resources) {
      const [first] = (await listOf(id)).records;
      const filtered = title ?? listColumns.find((column) => typeof first!.params[column] === 'string') ?? listColumns[0]!;
      const value = String(first!.params[filtered]);
      await page.goto(`${desk}/resources/${id}?filters.${filtered}=${encodeURIComponent(value)}`);
      await page.locator(`tbody tr[data-id="${first!.id}"]`).waitFor();
      expect((await listOf(id, `?filters.${filtered}=no such text`)).records).toEqual([]);
      const search = await page.request.get(`${desk}/api/resources/${id}/actions/search/${encodeURIComponent(value.slice(0, 12))}`);
      expect({ id, status: search.status() }).toEqual({ id, status: 200 });
    }
  }, 120_000);

  it('sorts every table by each column of its list', async () => {
    for (const { id, listColumns } of resources) {
      for (const column of listColumns) {
        const up = await listOf(id, `?sortBy=${column}&direction=asc&perPage=100`);
        const down = await listOf(id, `?sortBy=${column}&direction=desc&perPage=100`);
        expect({ id, column, order: down.records.map((record) => record.id) }).toEqual({ id, column, order: up.records.map((record) => record.id).reverse() });
      }
    }
  }, 60_000);

  it('changes the risk of a case for a reason, which is audited', async () => {
    await page.goto(`${desk}/resources/rescue_cases/records/${rows.caseId}/show`);
    await watched.shoot('desk-case');
    await page.getByText('Change risk').first().click();
    await page.waitForURL(/\/setRisk/);
    await page.locator('#riskLevel').fill('high');
    await page.keyboard.press('Enter');
    await page.locator('#reason').fill('The clinic does not know this dog');
    await page.getByRole('button', { name: 'Change risk' }).last().click();
    await page.getByText('Done.').waitFor();
    const [entry] = await app.sql(`SELECT actor_kind, entity_id, metadata_json->>'reason' AS reason, metadata_json->'after'->>'riskLevel' AS risk FROM platform.audit_logs WHERE action = 'case.risk_changed'`);
    expect(entry).toEqual({ actor_kind: 'staff', entity_id: rows.caseId, reason: 'The clinic does not know this dog', risk: 'high' });
  });
});

function declared({ app }: TestApp): ShownResource[] {
  const dataSource = app.get<DataSource>(getDataSourceToken());
  return app.get(BackofficeRegistry, { strict: false }).all().map(({ entity, title, listColumns, hidden }) => {
    const { schema, tableName, columns } = dataSource.getMetadata(entity);
    const names = columns.map((column) => column.propertyPath).filter((name) => !hidden?.includes(name));
    return { id: `${schema}_${tableName}`, title: title ?? null, listColumns: [...(listColumns ?? names.slice(0, 8))] };
  });
}
