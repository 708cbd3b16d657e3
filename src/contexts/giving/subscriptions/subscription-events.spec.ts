import { randomInt } from 'node:crypto';
import { donationRow, sendEvent, stripeEvent, stripeId, WEBHOOK_SECRET } from '../../../../test/support/giving.factory.js';
import { insertCase, insertUser } from '../../../../test/support/rescue.factory.js';
import { AtProvider, eventsProcessed, insertSubscription, processEvents, subscriptionRow } from '../../../../test/support/subscription.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { runLedgerVerification } from '../ledger/index.js';

/** The provider does not know these subscriptions, so everything rests on what the events say. */
describe('following a subscription by the events of the provider', () => {
  let app: TestApp;
  let donor: { token: string; id: string };
  beforeAll(async () => {
    app = await TestApp.start({ STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET });
    donor = await app.signIn('donor@example.org');
  });
  afterAll(() => app.stop());

  const begin = async (columns: Record<string, unknown> = {}, named = true): Promise<{ id: string; caseId: string; provider: AtProvider }> => {
    const caseId = (columns['target_id'] as string | undefined) ?? (await insertCase(app, { fundraising_currency: columns['currency'] ?? 'EUR' }));
    const id = await insertSubscription(app, { user_id: donor.id, target_id: caseId, ...columns });
    const { stripe_checkout_session_id: session } = await subscriptionRow(app, id);
    return { id, caseId, provider: new AtProvider(id, session, String(columns['currency'] ?? 'EUR').toLowerCase(), named) };
  };
  const status = async (id: string): Promise<string> => (await subscriptionRow(app, id)).status;
  const total = async (caseId: string): Promise<number> => Number((await app.sql<{ n: string }>(`SELECT fundraising_current AS n FROM rescue.cases WHERE id = $1`, [caseId]))[0]!.n);
  const donations = (subscriptionId: string): Promise<{ id: string; status: string; amount: string; receipt_id: string; donation_kind: string; stripe_subscription_id: string; case_id: string | null; credited_at: Date | null }[]> =>
    app.sql(`SELECT * FROM giving.donations WHERE subscription_id = $1 ORDER BY created_at, id`, [subscriptionId]);
  const audits = async (id: string): Promise<string[]> =>
    (await app.sql<{ action: string; after: string }>(`SELECT action, metadata_json->'after'->>'status' AS after FROM platform.audit_logs WHERE entity_id = $1 ORDER BY seq`, [id])).map((row) => `${row.action} ${row.after}`);

  it('goes with the checkout to active, and each invoice becomes one donation with every effect', async () => {
    const { id, caseId, provider } = await begin();
    await expect(processEvents(app, provider.session(), provider.invoice('invoice.paid', 1_000, { billing_reason: 'subscription_create' }), provider.invoice('invoice.paid', 1_000))).resolves.toEqual(['active', 'completed', 'completed']);
    expect(await subscriptionRow(app, id)).toMatchObject({ status: 'active', stripe_subscription_id: provider.id });
    const rows = await donations(id);
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(row).toMatchObject({ status: 'completed', amount: '1000', donation_kind: 'recurring', case_id: caseId, stripe_subscription_id: provider.id, receipt_id: expect.stringMatching(/^PT-[A-Z0-9]{8}$/) });
    await expect(total(caseId)).resolves.toBe(2_000);
    expect(await audits(id)).toEqual(['subscription.status_changed active']);
    expect(await audits(rows[0]!.id)).toEqual(['donation.completed completed']);
    const published = await app.sql<{ payload: unknown }>(`SELECT payload FROM platform.outbox_events WHERE type = 'giving.donation.completed.v1' AND payload->>'subscriptionId' = $1`, [id]);
    expect(published[0]!.payload).toMatchObject({ caseId, kind: 'recurring', amount: 1_000, userId: donor.id });
    const mine = await app.get<{ items: { subscriptionId: string; donationKind: string }[] }>('/v1/me/donations', { token: donor.token });
    expect(mine.body.items[0]).toMatchObject({ subscriptionId: id, donationKind: 'recurring' });
  });

  it('reads the older shape of invoices as well, with the payment in it', async () => {
    const { id, provider } = await begin({}, false);
    await processEvents(app, provider.session());
    const event = provider.olderInvoice(1_000);
    await expect(processEvents(app, event)).resolves.toEqual(['completed']);
    const [donation] = await donations(id);
    expect(await donationRow(app, donation!.id)).toMatchObject({ stripe_payment_intent_id: (event['data'] as { object: { payment_intent: string } }).object.payment_intent });
  });

  it('counts yen in yen', async () => {
    const { id, caseId, provider } = await begin({ currency: 'JPY', amount: 1_500 });
    await expect(processEvents(app, provider.invoice('invoice.paid', 1_500))).resolves.toEqual(['completed']);
    expect(await donations(id)).toMatchObject([{ amount: '1500', currency: 'JPY' }]);
    await expect(total(caseId)).resolves.toBe(1_500);
  });

  it('books support of a person to a fund of that person', async () => {
    const person = await insertUser(app);
    const { id, provider } = await begin({ target_type: 'user', target_id: person });
    await expect(processEvents(app, provider.invoice('invoice.paid', 2_000))).resolves.toEqual(['completed']);
    const [donation] = await donations(id);
    expect(donation).toMatchObject({ case_id: null, target_user_id: person });
    const postings = await app.sql(
      `SELECT e.kind, a.kind AS account, a.owner_type, a.owner_id, p.amount FROM giving.ledger_entries e JOIN giving.ledger_postings p ON p.entry_id = e.id
         JOIN giving.ledger_accounts a ON a.id = p.account_id WHERE e.donation_id = $1 AND a.kind = 'user_funds' ORDER BY p.amount`,
      [donation!.id],
    );
    expect(postings).toEqual([
      { kind: 'donation', account: 'user_funds', owner_type: 'user', owner_id: person, amount: '-2000' },
      { kind: 'platform_fee', account: 'user_funds', owner_type: 'user', owner_id: person, amount: '100' },
    ]);
  });

  it.each([
    ['past_due', 'past_due'],
    ['unpaid', 'unpaid'],
    ['canceled', 'canceled'],
    ['trialing', 'active'],
    ['incomplete_expired', 'canceled'],
    ['paused', 'unpaid'],
    ['incomplete', 'active'],
    ['something_new', 'active'],
  ])('follows %s of an active one to %s', async (given, expected) => {
    const { id, provider } = await begin();
    await processEvents(app, provider.session(), provider.changed('updated', given));
    await expect(status(id)).resolves.toBe(expected);
  });

  it.each(['past_due', 'unpaid'])('is active again after %s when an invoice is paid', async (behind) => {
    const { id, provider } = await begin();
    await processEvents(app, provider.session(), provider.changed('updated', behind), provider.invoice('invoice.paid', 1_000));
    await expect(status(id)).resolves.toBe('active');
    expect(await audits(id)).toEqual(['subscription.status_changed active', `subscription.status_changed ${behind}`, 'subscription.status_changed active']);
  });

  it.each(['incomplete', 'trialing'])('takes %s of a new one', async (given) => {
    const { id, provider } = await begin();
    await processEvents(app, provider.changed('created', given));
    await expect(status(id)).resolves.toBe(given === 'incomplete' ? 'pending' : 'active');
  });

  it('falls behind when a renewal fails, and not when a late failure is about an invoice that was paid', async () => {
    const { id, provider } = await begin();
    await processEvents(app, provider.session(), provider.invoice('invoice.payment_failed', 1_000, { id: 'in_retried' }));
    await expect(status(id)).resolves.toBe('past_due');
    await processEvents(app, provider.invoice('invoice.paid', 1_000, { id: 'in_retried' }), provider.invoice('invoice.payment_failed', 1_000, { id: 'in_retried' }));
    await expect(status(id)).resolves.toBe('active');
  });

  it('stays pending while the first payment fails on the checkout’s page', async () => {
    const { id, provider } = await begin();
    await processEvents(app, provider.invoice('invoice.payment_failed', 1_000, { billing_reason: 'subscription_create' }));
    await expect(status(id)).resolves.toBe('pending');
  });

  it('does not go back to what was so before', async () => {
    const { id, provider } = await begin();
    const earlier = { ...provider.changed('updated', 'active'), created: Math.floor(Date.now() / 1_000) - 60 };
    await expect(processEvents(app, provider.session(), provider.changed('updated', 'past_due'), earlier)).resolves.toEqual(['active', 'past_due', 'outdated']);
    await expect(status(id)).resolves.toBe('past_due');
  });

  it('ends with a deletion that is told late', async () => {
    const { id, provider } = await begin();
    const earlier = { ...provider.changed('deleted', 'canceled'), created: Math.floor(Date.now() / 1_000) - 60 };
    await processEvents(app, provider.session(), earlier);
    await expect(status(id)).resolves.toBe('canceled');
  });

  it('ends with the provider’s deletion for good, whatever comes later', async () => {
    const { id, provider } = await begin();
    await processEvents(app, provider.session(), provider.changed('deleted', 'canceled'), provider.changed('updated', 'active'), provider.session());
    expect(await subscriptionRow(app, id)).toMatchObject({ status: 'canceled', cancel_reason: 'provider', canceled_at: expect.any(Date), stripe_canceled_at: expect.any(Date) });
    expect(await audits(id)).toEqual(['subscription.status_changed active', 'subscription.canceled canceled']);
  });

  it('ends a pending one whose checkout expired', async () => {
    const { id, provider } = await begin();
    await expect(processEvents(app, provider.expired())).resolves.toEqual(['canceled']);
    expect(await subscriptionRow(app, id)).toMatchObject({ status: 'canceled', cancel_reason: 'checkout_expired' });
    const told = await app.sql(`SELECT payload->>'from' AS "from" FROM platform.outbox_events WHERE type = 'giving.subscription.canceled.v1' AND payload->>'subscriptionId' = $1`, [id]);
    expect(told).toEqual([{ from: 'pending' }]);
  });

  it('keeps an unknown invoice with an outcome, and takes it up when the checkout tells whose it is', async () => {
    const { id, caseId, provider } = await begin({}, false);
    const stranger = new AtProvider(id, null, 'eur', false);
    await expect(processEvents(app, provider.invoice('invoice.paid', 1_000), stranger.invoice('invoice.paid', 500))).resolves.toEqual(['subscription_not_found', 'subscription_not_found']);
    await expect(total(caseId)).resolves.toBe(0);
    await processEvents(app, provider.session());
    await app.drain();
    await expect(total(caseId)).resolves.toBe(1_000);
    await expect(app.sql(`SELECT outcome FROM giving.stripe_events WHERE type = 'invoice.paid' AND payload::text LIKE $1`, [`%${stranger.id}%`])).resolves.toEqual([{ outcome: 'subscription_not_found' }]);
  });

  it('takes no invoice of nothing for a gift', async () => {
    const { id, provider } = await begin();
    await expect(processEvents(app, provider.invoice('invoice.paid', 0))).resolves.toEqual(['nothing_received']);
    await expect(donations(id)).resolves.toEqual([]);
  });

  it('does not let metadata reach a subscription that is known under another id', async () => {
    const { id, provider } = await begin();
    await processEvents(app, provider.session());
    const other = new AtProvider(id, null);
    await expect(processEvents(app, other.invoice('invoice.paid', 900), other.changed('deleted', 'canceled'))).resolves.toEqual(['subscription_not_found', 'subscription_not_found']);
    await expect(status(id)).resolves.toBe('active');
  });

  it('records what comes for a closed case without adding to its total, and ends the support', async () => {
    const caseId = await insertCase(app, { status: 'closed', lifecycle_stage: 'closed_success' });
    const { id, provider } = await begin({ target_id: caseId });
    await expect(processEvents(app, provider.invoice('invoice.paid', 1_000))).resolves.toEqual(['completed_case_closed']);
    const [donation] = await donations(id);
    expect(donation).toMatchObject({ status: 'completed', case_id: caseId, credited_at: null });
    await expect(total(caseId)).resolves.toBe(0);
    expect(await subscriptionRow(app, id)).toMatchObject({ status: 'canceled', cancel_reason: 'case_closed' });
    const accounts = await app.sql(`SELECT a.kind, p.amount FROM giving.ledger_entries e JOIN giving.ledger_postings p ON p.entry_id = e.id JOIN giving.ledger_accounts a ON a.id = p.account_id WHERE e.donation_id = $1 ORDER BY a.kind`, [donation!.id]);
    expect(accounts).toEqual([{ kind: 'stripe_balance', amount: '1000' }, { kind: 'unallocated', amount: '-1000' }]);
  });

  it('makes one donation of an invoice that is told 20 times at once, by 20 events and by one', async () => {
    const { id, caseId, provider } = await begin();
    await processEvents(app, provider.session());
    const event = provider.invoice('invoice.paid', 1_000);
    const copies = Array.from({ length: 20 }, (_, i) => (i < 10 ? event : { ...event, id: stripeId('evt') }));
    const answers = await Promise.all(copies.map((copy) => sendEvent(app, copy)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    await eventsProcessed(app);
    await expect(donations(id)).resolves.toHaveLength(1);
    await expect(total(caseId)).resolves.toBe(1_000);
  });

  it('is exact for ten subscriptions whose events come three times each, shuffled, from eight senders', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => begin()));
    const events = all.flatMap(({ provider }) => {
      const once = [provider.session(), provider.changed('created', 'active'), provider.invoice('invoice.paid', 700), provider.invoice('invoice.paid', 300)];
      return [...once, ...once, ...once.map((event) => ({ ...event, id: stripeId('evt') }))];
    });
    for (let i = events.length - 1; i > 0; i--) {
      const j = randomInt(i + 1);
      [events[i], events[j]] = [events[j]!, events[i]!];
    }
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let event = events.pop(); event; event = events.pop()) expect((await sendEvent(app, event)).status).toBe(200);
      }),
    );
    await eventsProcessed(app);
    for (const { id, caseId } of all) {
      await expect(status(id)).resolves.toBe('active');
      await expect(donations(id)).resolves.toHaveLength(2);
      await expect(total(caseId)).resolves.toBe(1_000);
    }
  }, 60_000);

  it('survives the donor’s cancelling and a payment at the same moment', async () => {
    const { id, caseId, provider } = await begin();
    await processEvents(app, provider.session());
    const [ended] = await Promise.all([app.delete(`/v1/subscriptions/${id}`, { token: donor.token }), sendEvent(app, provider.invoice('invoice.paid', 1_000))]);
    expect(ended).toMatchObject({ status: 200, body: { status: 'canceled' } });
    await eventsProcessed(app);
    expect(await subscriptionRow(app, id)).toMatchObject({ status: 'canceled', cancel_reason: 'donor', stripe_canceled_at: expect.any(Date) });
    await expect(donations(id)).resolves.toHaveLength(1);
    await expect(total(caseId)).resolves.toBe(1_000);
  });

  it('ignores what is not about a subscription', async () => {
    await expect(processEvents(app, stripeEvent('invoice.paid', { id: stripeId('in'), object: 'invoice', amount_paid: 500, currency: 'eur', customer: stripeId('cus'), parent: null }))).resolves.toEqual(['subscription_not_found']);
  });

  it('leaves books in which every total agrees', async () => {
    const lines: string[] = [];
    await runLedgerVerification(app.databaseUrl, (line) => lines.push(line));
    expect(lines).toEqual([expect.stringMatching(/balance/)]);
  });
});
