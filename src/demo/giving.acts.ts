import { type DemoWorld, inParallel, known } from './demo-world.js';
import type { DemoDonation } from './plan/index.js';

interface OpenedCheckout {
  donationId: string;
  checkoutUrl: string;
}

interface DonationState {
  id: string;
  status: 'pending' | 'completed' | 'failed' | 'refunded';
  amount: number;
  caseId: string | null;
  campaignId: string | null;
}

/** Donors give: each gift goes through a checkout, its hosted page, and the signed webhook. */
export async function donorsGive(world: DemoWorld, daysAgo: number): Promise<void> {
  const gifts = world.plan.donations.filter((gift) => gift.daysAgo === daysAgo);
  await inParallel(gifts, 4, (gift) => give(world, gift));
}

async function give(world: DemoWorld, gift: DemoDonation): Promise<void> {
  const { client } = world;
  const target = gift.kind === 'case' ? { caseId: known(world.cases, gift.to) } : { campaignId: known(world.campaigns, gift.to) };
  if (world.resumes && (await isDone(world, gift, target))) return;

  const page = gift.kind === 'case' ? `${world.config.appOrigin}/case/${target.caseId}` : `${world.config.appOrigin}/campaigns/${target.campaignId}`;
  const { donationId, checkoutUrl } = await client.call<OpenedCheckout>('POST', '/v1/donations/checkout-sessions', {
    as: gift.donor,
    headers: { 'idempotency-key': gift.key },
    body: {
      ...target,
      amount: gift.amount,
      currency: 'EUR',
      anonymous: gift.anonymous,
      ...(gift.message ? { message: gift.message } : {}),
      successUrl: `${page}?donation=success`,
      cancelUrl: page,
    },
  });
  if (gift.outcome === 'left open') return;
  await client.press(checkoutUrl, gift.outcome === 'paid' ? 'pay' : 'decline');
  const settled = gift.outcome === 'paid' ? 'completed' : 'failed';
  await world.until(async () => (await client.call<DonationState>('GET', `/v1/donations/${donationId}`, { as: gift.donor })).status === settled, `${gift.key} is ${settled}`);
}

/** Whether an earlier attempt brought this gift to its end. */
async function isDone({ client }: DemoWorld, gift: DemoDonation, target: { caseId?: string; campaignId?: string }): Promise<boolean> {
  const { items } = await client.call<{ items: DonationState[] }>('GET', '/v1/me/donations?limit=100', { as: gift.donor });
  const there = items.find(({ caseId, campaignId, amount }) => amount === gift.amount && (target.caseId ? caseId === target.caseId : campaignId === target.campaignId));
  return there !== undefined && (there.status !== 'pending' || gift.outcome === 'left open');
}
