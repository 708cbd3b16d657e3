import { insertCampaign } from '../../../../test/support/giving.factory.js';
import { insertCase } from '../../../../test/support/rescue.factory.js';
import { TestApp } from '../../../../test/support/test-app.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import type { EventMessage } from '../../../platform/outbox/event.js';
import { claimContested, claimDecided, claimQuestionAsked } from '../../directory/claims/index.js';
import { transportRequested } from '../../directory/transport/index.js';
import { campaignCasesClosed, campaignEnded } from '../../giving/campaigns/index.js';
import { donationCompleted } from '../../giving/donations/index.js';
import { invoicePaid, invoiceRejected } from '../../giving/invoices/index.js';
import { refundFailed, refundSucceeded } from '../../giving/refunds/index.js';
import { subscriptionCanceled, subscriptionStatusChanged } from '../../giving/subscriptions/index.js';
import { adoptionInterestExpressed } from '../../rescue/adoptions/index.js';
import { appealDecided, decisionMade } from '../../trust/decisions/index.js';
import type { NotificationPage } from './notifications.dto.js';

type Person = { token: string; id: string };

describe('facts that people are told of', () => {
  let app: TestApp;
  let person: Person;
  let other: Person;
  let caseId: string;

  beforeAll(async () => {
    app = await TestApp.start();
    person = await app.signIn('person@example.org');
    other = await app.signIn('other@example.org');
    caseId = await insertCase(app, { user_id: other.id });
  });
  beforeEach(() => app.sql(`DELETE FROM engagement.notifications`));
  afterAll(() => app.stop());

  const happens = async (event: EventMessage): Promise<void> => {
    await app.app.get(Database).transaction(async (tx) => tx.publish(event));
    await app.drain();
  };
  const told = async ({ token }: Person): Promise<unknown[]> => (await app.get<NotificationPage>('/v1/me/notifications', { token })).body.items.map(({ type, title, message }) => [type, title, message]);
  const money = { amount: 2_550, currency: 'EUR' };

  it.each(['hide_case', 'warn_user', 'hide_content', 'lock_thread'] as const)('a decision to %s, and never who reported', async (action) => {
    await happens(decisionMade({ decisionId: newId(), userId: person.id, action, targetType: 'case', targetId: caseId, caseId }));
    await expect(told(person)).resolves.toEqual([['system', expect.any(String), expect.stringContaining('your decisions')]]);
    await expect(told(other)).resolves.toEqual([]);
  });

  it.each([
    ['upheld', 'It stands'],
    ['overturned', 'taken it back'],
  ] as const)('an appeal that was %s', async (decision, words) => {
    await happens(appealDecided({ appealId: newId(), userId: person.id, decision, caseId }));
    await expect(told(person)).resolves.toEqual([['system', expect.any(String), expect.stringContaining(words)]]);
  });

  it('a refund, to its donor alone', async () => {
    const facts = { refundId: newId(), donationId: newId(), donorId: person.id, caseId, campaignId: null, ...money };
    await happens(refundSucceeded({ ...facts, full: false }));
    await happens(refundFailed({ ...facts, reason: 'lost_or_stolen_card' }));
    await expect(told(person)).resolves.toEqual([
      ['system', 'A refund did not reach you', expect.stringContaining('€25.50')],
      ['system', 'Your donation was refunded', expect.stringContaining('€25.50')],
    ]);
    await expect(told(other)).resolves.toEqual([]);
  });

  it.each([
    ['active', 'case_closed', 1],
    ['active', 'provider', 1],
    ['active', 'staff', 1],
    ['active', 'donor', 0],
    ['pending', 'case_closed', 0],
  ] as const)('support that was %s and ended for %s: %i notice', async (from, reason, count) => {
    await happens(subscriptionCanceled({ subscriptionId: newId(), userId: person.id, targetType: 'case', targetId: caseId, interval: 'month', ...money, from, reason }));
    await expect(told(person)).resolves.toHaveLength(count);
  });

  it('support whose payment is late, and not that it began', async () => {
    const facts = { subscriptionId: newId(), userId: person.id, targetType: 'case', targetId: caseId, interval: 'month', ...money } as const;
    await happens(subscriptionStatusChanged({ ...facts, from: 'pending', to: 'active' }));
    await happens(subscriptionStatusChanged({ ...facts, from: 'active', to: 'past_due' }));
    await expect(told(person)).resolves.toEqual([['system', 'A payment did not go through', expect.stringContaining('€25.50')]]);
  });

  it('support that came, to the supported person, who does not learn from whom', async () => {
    await happens(donationCompleted({ donationId: newId(), userId: person.id, caseId: null, campaignId: null, targetUserId: other.id, subscriptionId: newId(), kind: 'recurring', anonymous: false, ...money }));
    await expect(told(other)).resolves.toEqual([['donation_received', 'Somebody supports you', '€25.50 arrived as support for your rescues.']]);
    await expect(told(person)).resolves.toMatchObject([['system', 'Thank you for your donation', expect.anything()]]);
    expect(JSON.stringify(await app.sql(`SELECT * FROM engagement.notifications WHERE user_id = $1`, [other.id]))).not.toContain(person.id);
  });

  it('the end of a campaign, to its creator and donors once each', async () => {
    const campaignId = await insertCampaign(app, { creator_id: other.id });
    for (const userId of [person.id, person.id, other.id]) {
      await app.sql(
        `INSERT INTO giving.donations (id, user_id, campaign_ref_id, requested_amount, requested_currency, amount, currency, anonymous, status, completed_at, receipt_id, created_at, updated_at)
         VALUES ($1, $2, $3, 100, 'EUR', 100, 'EUR', false, 'completed', now(), $4, now(), now())`,
        [newId(), userId, campaignId, `PT-${newId()}`],
      );
    }
    await happens(campaignEnded({ campaignId, title: 'Warm winter', creatorId: other.id, outcome: 'completed', reason: 'end_date' }));
    for (const one of [person, other]) await expect(told(one)).resolves.toEqual([['campaign_ended', '“Warm winter” has ended', expect.any(String)]]);
  });

  it('a campaign without open cases, to its creator', async () => {
    await happens(campaignCasesClosed({ campaignId: newId(), title: 'Warm winter', creatorId: person.id }));
    await expect(told(person)).resolves.toEqual([['system', 'Close “Warm winter”?', expect.any(String)]]);
  });

  it('what became of an invoice, to whoever has a part in it', async () => {
    const facts = { invoiceId: newId(), caseId, clinicId: newId(), filedBy: person.id, caseOwnerId: person.id, clinicOwnerId: other.id, ...money };
    await happens(invoicePaid({ ...facts, reference: 'SEPA-1' }));
    for (const one of [person, other]) await expect(told(one)).resolves.toEqual([['system', 'A clinic was paid', expect.stringContaining('€25.50')]]);
    await happens(invoiceRejected(facts));
    await expect(told(person)).resolves.toHaveLength(2);
    await expect(told(other)).resolves.toHaveLength(1);
  });

  it('what became of a claim, to the claimant and to who lost the listing', async () => {
    const about = { claimId: newId(), kind: 'clinic', listingId: newId(), listingName: 'Good Paws', userId: person.id } as const;
    await happens(claimContested({ claimId: about.claimId, kind: 'clinic', listingId: about.listingId, listingName: 'Good Paws', ownerId: other.id, decideAfter: '2026-12-01T10:00:00.000Z' }));
    await expect(told(other)).resolves.toEqual([['system', 'Somebody claims “Good Paws”', expect.stringContaining('December 1, 2026')]]);
    await happens(claimQuestionAsked(about));
    await happens(claimDecided({ ...about, decision: 'rejected', previousOwnerId: null }));
    await happens(claimDecided({ ...about, decision: 'approved', previousOwnerId: other.id }));
    expect((await told(person)).map((notice) => (notice as string[])[1])).toEqual(['“Good Paws” is yours to run', 'Your claim on “Good Paws” was rejected', 'A question about your claim']);
    expect((await told(other)).map((notice) => (notice as string[])[1])).toEqual(['“Good Paws” is run by somebody else now', 'Somebody claims “Good Paws”']);
  });

  it('an animal to be driven, to each driver, and interest in one, to its lister', async () => {
    await happens(transportRequested({ caseId, userIds: [person.id, other.id], city: 'Sofia' }));
    for (const one of [person, other]) await expect(told(one)).resolves.toEqual([['system', 'A ride is needed in Sofia', expect.any(String)]]);
    await happens(adoptionInterestExpressed({ adoptionId: newId(), listerId: other.id, interestedId: person.id }));
    await expect(told(person)).resolves.toHaveLength(1);
    await expect(told(other)).resolves.toHaveLength(2);
  });
});
