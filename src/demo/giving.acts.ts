import { type DemoWorld, inParallel, known } from './demo-world.js';
import type { DemoDonation } from './plan/index.js';

interface OpenedCheckout {
  donationId: string;
  checkoutUrl: string;
}

interface Target {
  caseId?: string;
  campaignId?: string;
}

interface DonationState {
  status: 'pending' | 'completed' | 'failed' | 'refunded';
  amount: number;
  caseId: string | null;
  campaignId: string | null;
}

/** Gifts of one day come in this many waves, hours apart. */
const WAVES = 2;
/** Checkouts opened for one gift, at most: one may have expired while nobody finished it. */
const ATTEMPTS = 3;

const OUTCOMES = { paid: 'completed', declined: 'failed', 'left open': 'pending' } as const;

/** Donors give: each gift goes through a checkout, its hosted page, and the signed webhook. */
export async function donorsGive(world: DemoWorld, daysAgo: number): Promise<void> {
  const gifts = world.plan.donations.filter((gift) => gift.daysAgo === daysAgo);
  for (let wave = 0; wave < WAVES; wave++) {
    world.goTo(daysAgo, wave / WAVES);
    await inParallel(gifts.filter((_, i) => i % WAVES === wave), 4, (gift) => give(world, gift));
  }
}

async function give(world: DemoWorld, gift: DemoDonation): Promise<void> {
  const target = gift.kind === 'case' ? { caseId: known(world.cases, gift.to) } : { campaignId: known(world.campaigns, gift.to) };
  if (world.resumes && (await isDone(world, gift, target))) return;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    if ((await tryToGive(world, gift, target, attempt)) === OUTCOMES[gift.outcome]) return;
  }
  throw new Error(`${gift.key} was not ${gift.outcome}`);
}

/** Answers what became of it. */
async function tryToGive(world: DemoWorld, gift: DemoDonation, target: Target, attempt: number): Promise<DonationState['status']> {
  const { client, config } = world;
  const page = `${config.appOrigin}/${target.caseId ? `case/${target.caseId}` : `campaigns/${target.campaignId}`}`;
  const { donationId, checkoutUrl } = await client.call<OpenedCheckout>('POST', '/v1/donations/checkout-sessions', {
    as: gift.donor,
    headers: { 'idempotency-key': attempt === 1 ? gift.key : `${gift.key}-${attempt}` },
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
  if (gift.outcome === 'left open') return 'pending';
  await client.press(checkoutUrl, gift.outcome === 'paid' ? 'pay' : 'decline');

  let status: DonationState['status'] = 'pending';
  await world.until(async () => {
    ({ status } = await client.call<DonationState>('GET', `/v1/donations/${donationId}`, { as: gift.donor }));
    return status !== 'pending';
  }, `${gift.key} comes to an end`);
  return status;
}

/** Whether an earlier attempt brought this gift to its end. No donor gives the same amount to the same twice. */
async function isDone({ client }: DemoWorld, gift: DemoDonation, target: Target): Promise<boolean> {
  const { items } = await client.call<{ items: DonationState[] }>('GET', '/v1/me/donations?limit=100', { as: gift.donor });
  const attempts = items.filter(({ caseId, campaignId, amount }) => amount === gift.amount && (target.caseId ? caseId === target.caseId : campaignId === target.campaignId));
  return attempts.some(({ status }) => gift.outcome === 'left open' || status === OUTCOMES[gift.outcome]);
}
