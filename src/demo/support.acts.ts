import { type DemoWorld, inParallel, known } from './demo-world.js';
import type { DemoSupport } from './plan/index.js';

interface Support {
  id: string;
  targetId: string;
  status: string;
}

/** Donors begin to give every month or year: through a checkout as any gift, and from then on by themselves. */
export async function supportersBegin(world: DemoWorld, daysAgo: number): Promise<void> {
  await inParallel(
    world.plan.supports.filter((support) => support.daysAgo === daysAgo),
    4,
    (support) => begin(world, support),
  );
}

async function begin(world: DemoWorld, { key, donor, kind, to, amount, interval }: DemoSupport): Promise<void> {
  const { client, config } = world;
  const targetId = kind === 'case' ? known(world.cases, to) : client.idOf(to);
  const mine = async (): Promise<Support | undefined> =>
    (await client.call<{ items: Support[] }>('GET', '/v1/me/subscriptions?limit=100', { as: donor })).items.find((one) => one.targetId === targetId);
  if (world.resumes && (await mine())?.status === 'active') return;
  const page = `${config.appOrigin}/${kind === 'case' ? 'case' : 'users'}/${targetId}`;
  const { checkoutUrl } = await client.call<{ checkoutUrl: string }>('POST', '/v1/subscriptions', {
    as: donor,
    headers: { 'idempotency-key': key },
    body: { targetType: kind, targetId, amount, currency: 'EUR', interval, successUrl: `${page}?support=success`, cancelUrl: page },
  });
  await client.press(checkoutUrl, 'pay');
  await world.until(async () => (await mine())?.status === 'active', `${key} is active`);
}
