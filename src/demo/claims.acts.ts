import { type DemoWorld, known } from './demo-world.js';
import { email } from './plan/index.js';

/** People claim the clinics that they run, and the admin approves some. */
export async function peopleClaim({ client, clinics, plan }: DemoWorld, daysAgo: number): Promise<void> {
  for (const { person: as, clinic, role, info, approved } of plan.claims.filter((claim) => claim.daysAgo === daysAgo)) {
    const id = known(clinics, clinic);
    const { items } = await client.call<{ items: Claim[] }>('GET', '/v1/me/claims', { as });
    const body = { claimerRole: role, claimerEmail: email(as), additionalInfo: info };
    const claim = items.find(({ listing }) => listing.id === id) ?? (await client.call<Claim>('POST', `/v1/clinics/${id}/claims`, { as, body }));
    if (approved && claim.status === 'pending') await client.call('POST', `/v1/admin/clinic-claims/${claim.id}/review`, { as: 'admin', body: { decision: 'approved' } });
  }
}

interface Claim {
  id: string;
  status: string;
  listing: { id: string };
}
