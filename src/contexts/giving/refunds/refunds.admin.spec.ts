import { donationRow, insertDonation, paidIntent, sendEvent, stripeDispute, stripeEvent, stripeId, WEBHOOK_SECRET } from '../../../../test/support/giving.factory.js';
import { insertCase, insertUser } from '../../../../test/support/rescue.factory.js';
import { PASSWORD, StaffClient } from '../../../../test/support/staff-client.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { StaffAccountsService } from '../../../backoffice/staff/staff-accounts.service.js';
import { newId } from '../../../platform/ids.js';

describe('money that goes back, in the back office', () => {
  let app: TestApp;
  let finance: StaffClient;
  let moderator: StaffClient;
  beforeAll(async () => {
    app = await TestApp.start({ STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET });
    finance = await signedIn('finance');
    moderator = await signedIn('moderator');
  });
  afterAll(() => app.stop());

  async function signedIn(role: 'finance' | 'moderator'): Promise<StaffClient> {
    await app.app.get(StaffAccountsService, { strict: false }).create({ id: newId(), email: `${role}@example.org`, name: role, password: PASSWORD, role });
    const client = new StaffClient(`${app.url}/admin`);
    expect((await client.signIn(`${role}@example.org`)).status).toBe(303);
    return client;
  }
  async function tell(...events: ReturnType<typeof stripeEvent>[]): Promise<void> {
    for (const event of events) expect((await sendEvent(app, event)).status).toBe(200);
    await app.drain();
  }
  async function completed(): Promise<{ id: string; intent: string }> {
    const id = await insertDonation(app, { user_id: await insertUser(app), case_id: await insertCase(app) });
    const intent = stripeId('pi');
    await tell(stripeEvent('payment_intent.succeeded', paidIntent(id, 1_000, { id: intent })));
    return { id, intent };
  }
  const act = (client: StaffClient, resource: string, id: string, action: string, form: Record<string, string>): ReturnType<StaffClient['json']> =>
    client.json(`/api/resources/${resource}/records/${id}/${action}`, form);

  it('lets finance staff refund a donation, in minor units and with a reason', async () => {
    const { id } = await completed();
    const refund = (client: StaffClient, form: Record<string, string>): Promise<string> => act(client, 'giving_donations', id, 'refund', form).then(({ body }) => body.notice.type);
    await expect(refund(moderator, { amount: '300', reason: 'x' })).resolves.toBe('error');
    await expect(refund(finance, { amount: '300' })).resolves.toBe('error');
    await expect(refund(finance, { amount: '3.5', reason: 'Paid twice' })).resolves.toBe('error');
    const tooMuch = await act(finance, 'giving_donations', id, 'refund', { amount: '1001', reason: 'Paid twice' });
    expect(tooMuch.body.notice).toMatchObject({ type: 'error', message: expect.stringContaining('1000 minor units of EUR are left') });
    await expect(refund(finance, { amount: '300', reason: 'Paid twice' })).resolves.toBe('success');
    expect(await app.sql(`SELECT amount, reason, origin FROM giving.refunds WHERE donation_id = $1`, [id])).toEqual([{ amount: '300', reason: 'Paid twice', origin: 'staff' }]);
    const [audit] = await app.sql(`SELECT actor_kind, metadata_json->>'reason' AS reason FROM platform.audit_logs WHERE action = 'refund.requested'`);
    expect(audit).toEqual({ actor_kind: 'staff', reason: 'Paid twice' });
  });

  it('lists disputes with the evidence that is due first on top, for finance alone', async () => {
    const { id, intent } = await completed();
    const due = (days: number): Record<string, unknown> => ({ evidence_details: { due_by: Math.floor(Date.now() / 1_000) + days * 86_400 } });
    const [late, soon] = [stripeDispute(intent, 400, due(9)), stripeDispute(intent, 500, due(2))];
    await tell(stripeEvent('charge.dispute.created', late), stripeEvent('charge.dispute.created', soon));
    const { body } = await finance.json('/api/resources/giving_disputes/actions/list');
    expect(body.records.map(({ params }) => params['stripeDisputeId'])).toEqual([soon.id, late.id]);
    expect(JSON.stringify((await moderator.json('/api/resources/giving_disputes/actions/list')).body)).not.toContain(id);
  });

  it('has a period of events of one type processed again', async () => {
    const { id } = await completed();
    const [event] = await app.sql<{ id: string }>(`SELECT id FROM giving.stripe_events WHERE donation_id = $1`, [id]);
    const today = new Date().toISOString().slice(0, 10);
    const form = { type: 'payment_intent.succeeded', from: today, to: today, reason: 'After an outage' };
    expect((await act(moderator, 'giving_stripe_events', event!.id, 'resendRange', form)).body.notice.type).toBe('error');
    expect((await act(finance, 'giving_stripe_events', event!.id, 'resendRange', form)).body.notice.type).toBe('success');
    await app.drain();
    const outcomes = await app.sql<{ outcome: string }>(`SELECT DISTINCT outcome FROM giving.stripe_events WHERE type = 'payment_intent.succeeded'`);
    expect(outcomes).toEqual([{ outcome: 'already_completed' }]);
    expect(await donationRow(app, id)).toMatchObject({ status: 'completed' });
  });

  it('lets finance staff resolve an alert, with a reason', async () => {
    await app.sql(`INSERT INTO platform.alerts (id, kind, subject, details, raised_at, last_seen_at) VALUES ($1, 'giving.payout_failed', 'po_1', '{}', now(), now())`, [newId()]);
    const [alert] = await app.sql<{ id: string }>(`SELECT id FROM platform.alerts`);
    expect((await act(moderator, 'platform_alerts', alert!.id, 'resolve', { reason: 'x' })).body.notice.type).toBe('error');
    expect((await act(finance, 'platform_alerts', alert!.id, 'resolve', { reason: 'Bank details mended' })).body.notice.type).toBe('success');
    expect(await app.sql(`SELECT resolution FROM platform.alerts`)).toEqual([{ resolution: 'Bank details mended' }]);
  });
});
