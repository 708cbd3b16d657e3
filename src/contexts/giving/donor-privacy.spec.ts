import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { EventSourceReader } from '../../../test/support/event-source.js';
import { insertCampaign, insertDonation, paidIntent, sendEvent, stripeEvent, WEBHOOK_SECRET } from '../../../test/support/giving.factory.js';
import { insertCase } from '../../../test/support/rescue.factory.js';
import { PASSWORD, StaffClient } from '../../../test/support/staff-client.js';
import { TestApp } from '../../../test/support/test-app.js';
import { StaffAccountsService } from '../../backoffice/staff/staff-accounts.service.js';
import { BackofficeRegistry, type StaffRole } from '../../platform/backoffice/index.js';
import { openApiDocument } from '../../platform/http/openapi.js';
import { newId } from '../../platform/ids.js';

interface Person {
  token: string;
  id: string;
}

const EMAIL = 'zelda.quillfeather@example.org';
const NAME = 'Zelda Quillfeather';
const MESSAGE = 'From the lighthouse keeper';

/** Behaviour 2.7: who gives anonymously is known to the donor and to staff for finance, and is counted all the same. */
describe('who gave anonymously', () => {
  let app: TestApp;
  let donor: Person;
  let owner: Person;
  let others: Record<string, string | undefined>;
  let caseId: string;
  let campaignId: string;
  let stream: EventSourceReader;
  let donations: string[];
  let paths: string[];
  let profileBefore: Record<string, string>;

  beforeAll(async () => {
    app = await TestApp.start({ STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET, TRUST_PROXY: '1' });
    [donor, owner] = [await app.signIn(EMAIL), await app.signIn('owner@example.org')];
    const viewer = await app.signIn('viewer@example.org');
    others = { guest: undefined, viewer: viewer.token, owner: owner.token };
    await app.sql(`UPDATE identity.users SET name = $2, display_name = $2 WHERE id = $1`, [donor.id, NAME]);
    caseId = await insertCase(app, { user_id: owner.id });
    campaignId = await insertCampaign(app, { creator_id: owner.id });
    await app.sql(`INSERT INTO giving.campaign_cases (campaign_id, case_id, added_at) VALUES ($1, $2, now())`, [campaignId, caseId]);
    await app.put(`/v1/cases/${caseId}/save`, { token: viewer.token });
    paths = Object.entries(openApiDocument(app.app).paths).flatMap(([path, item]) => ('get' in item && !/^\/(v1\/admin|docs|v1\/me\/events|v1\/cases\/\{id\}\/events)/.test(path) ? [path] : []));
    profileBefore = await profile();

    stream = await EventSourceReader.open(`${app.url}/v1/cases/${caseId}/events`);
    donations = [await give({ case_id: caseId }), await give({ campaign_ref_id: campaignId }), await give({ case_id: caseId })];
    await app.drain();
    await stream.received(2);
  });
  afterAll(async () => {
    await stream.close();
    await app.stop();
  });

  async function give(target: Record<string, unknown>): Promise<string> {
    const id = await insertDonation(app, { user_id: donor.id, anonymous: true, message: MESSAGE, amount: 4_711, ...target });
    await sendEvent(app, stripeEvent('payment_intent.succeeded', paidIntent(id, 4_711)));
    return id;
  }
  /** What anybody sees of the donor, whom they know from elsewhere. */
  async function profile(): Promise<Record<string, string>> {
    const answers = paths.filter((path) => path.startsWith('/v1/users/{id}')).map(async (path) => [path, (await app.get<unknown>(path.replace('{id}', donor.id), { token: others['owner'] })).body] as const);
    return Object.fromEntries((await Promise.all(answers)).map(([path, body]) => [path, JSON.stringify(body)]));
  }
  /** What of the donor stands in a text. */
  const tells = (text: string): string[] => [donor.id, EMAIL, NAME, 'Quillfeather', 'zelda', MESSAGE].filter((secret) => text.toLowerCase().includes(secret.toLowerCase()));
  const where = (answers: [string, string][]): string[] => answers.flatMap(([name, text]) => tells(text).map((secret) => `${name}: ${secret}`));

  it('counts', async () => {
    await expect(app.get(`/v1/cases/${caseId}/ledger`)).resolves.toMatchObject({ status: 200, body: { totals: { raised: 9_422 } } });
    await expect(app.get(`/v1/campaigns/${campaignId}/ledger`)).resolves.toMatchObject({ status: 200, body: { totals: { raised: 4_711 } } });
    await expect(app.get('/v1/me/donations', { token: donor.token })).resolves.toMatchObject({ body: { items: [{ message: MESSAGE }, {}, {}] } });
  });

  it('stands in no answer to guests, other people or the owner of the case', async () => {
    const ids: Record<string, string> = { cases: caseId, campaigns: campaignId, donations: donations[0]!, users: owner.id };
    const [receipt] = await app.sql<{ id: string }>(`SELECT id FROM giving.receipts WHERE donation_id = $1`, [donations[0]]);
    const answers: [string, string][] = [];
    for (const path of paths) {
      const filled = path.replace(/\{receiptId\}/, receipt!.id).replace(/\{year\}/, '2026').replaceAll(/([\w-]+)\/\{\w+\}/g, (_, collection: string) => `${collection}/${ids[collection] ?? newId()}`);
      for (const [who, token] of Object.entries(others)) {
        for (const query of ['', '?limit=100', '?q=Quillfeather&limit=100']) {
          const { body } = await app.get<unknown>(filled + query, { token });
          answers.push([`${who} ${filled}${query}`, typeof body === 'string' ? body : JSON.stringify(body)]);
        }
      }
    }
    expect(answers.length).toBeGreaterThan(200);
    // What somebody looked for comes back in no answer, so that every hit is a leak.
    expect(where(answers)).toEqual([]);
  });

  it('is not told by the profile: nothing on it changes by the gift', async () => {
    expect(await profile()).toEqual(profileBefore);
  });

  it('goes out live to nobody but the donor', async () => {
    expect(stream.events.map(({ type }) => type)).toContain('case.funding');
    expect(where([['stream', JSON.stringify(stream.events)]])).toEqual([]);
    const signals = await app.sql<{ channel: string; data: string }>(`SELECT channel, data::text FROM platform.live_events WHERE channel <> $1`, [`user:${donor.id}`]);
    expect(where(signals.map(({ channel, data }) => [channel, data]))).toEqual([]);
  });

  it('is named nowhere that others read from: books, events, news, traces', async () => {
    const stored = async (name: string, sql: string): Promise<[string, string][]> => (await app.sql<{ text: string }>(sql, [donor.id])).map(({ text }) => [name, text]);
    expect(where(await stored('ledger', `SELECT (to_jsonb(e) || jsonb_build_object('postings', (SELECT jsonb_agg(p) FROM giving.ledger_postings p WHERE p.entry_id = e.id)))::text AS text FROM giving.ledger_entries e WHERE $1 <> ''`))).toEqual([]);
    expect(where(await stored('accounts', `SELECT to_jsonb(a)::text AS text FROM giving.ledger_accounts a WHERE $1 <> ''`))).toEqual([]);
    expect(where(await stored('news', `SELECT to_jsonb(n)::text AS text FROM engagement.notifications n WHERE user_id <> $1::uuid`))).toEqual([]);

    // Facts and traces hold ids, never names; who consumes a fact decides by its `anonymous`.
    const facts = await app.sql<{ type: string; payload: { anonymous?: boolean } }>(`SELECT type, payload FROM platform.outbox_events WHERE type LIKE 'giving.%'`);
    expect(facts.filter(({ payload }) => tells(JSON.stringify(payload).replaceAll(donor.id, '')).length > 0)).toEqual([]);
    expect(facts.filter(({ type }) => type === 'giving.donation.completed.v1').map(({ payload }) => payload.anonymous)).toEqual([true, true, true]);
    const traces = await app.sql<{ text: string }>(`SELECT to_jsonb(a)::text AS text FROM platform.audit_logs a WHERE entity_id = ANY($1)`, [donations]);
    expect(traces.filter(({ text }) => tells(text.replaceAll(donor.id, '')).length > 0)).toEqual([]);
  });

  it.each(['moderator', 'support'] as const)('is not shown to %s staff in any list', async (role) => {
    const desk = await signedIn(role);
    const receipts = await app.sql<{ receipt_id: string }>(`SELECT receipt_id FROM giving.donations WHERE id = ANY($1)`, [donations]);
    const secrets = [...donations, ...receipts.map((row) => row.receipt_id), MESSAGE];
    const found: string[] = [];
    for (const id of lists()) {
      const body = JSON.stringify((await desk.json(`/api/resources/${id}/actions/list?perPage=100`)).body);
      if (secrets.some((secret) => body.includes(secret))) found.push(id);
    }
    expect(found).toEqual([]);
    for (const table of ['giving_donations', 'giving_receipts', 'giving_ledger_entries']) {
      expect((await desk.json(`/api/resources/${table}/actions/list`)).body.records ?? []).toEqual([]);
    }
  });

  /** Ids of the lists, as the back office makes them of the tables. */
  const lists = (): string[] => {
    const dataSource = app.app.get<DataSource>(getDataSourceToken());
    return app.app.get(BackofficeRegistry, { strict: false }).all().map(({ entity }) => `${dataSource.getMetadata(entity).schema}_${dataSource.getMetadata(entity).tableName}`);
  };

  async function signedIn(role: StaffRole): Promise<StaffClient> {
    await app.app.get(StaffAccountsService, { strict: false }).create({ id: newId(), email: `${role}@example.org`, name: `The ${role}`, password: PASSWORD, role });
    const client = new StaffClient(`${app.url}/admin`);
    expect((await client.signIn(`${role}@example.org`)).status).toBe(303);
    return client;
  }
});
