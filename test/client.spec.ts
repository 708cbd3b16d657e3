import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPawtreonClient } from '../generated/client/index.js';
import { paidIntent, sendEvent, stripeEvent, WEBHOOK_SECRET } from './support/giving.factory.js';
import { examplePicture } from './support/pictures.js';
import { TestApp } from './support/test-app.js';

const ROOT = join(import.meta.dirname, '..');

describe('the generated TypeScript client', () => {
  it('is generated from the committed document; `npm run client` writes it anew', async () => {
    const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { scripts: { client: string } };
    const folder = await mkdtemp(join(tmpdir(), 'pawtreon-client-'));
    try {
      const fresh = join(folder, 'schema.ts');
      const [program, ...args] = scripts.client.replace('generated/client/schema.ts', fresh).split(' ');
      execFileSync(join(ROOT, 'node_modules/.bin', program!), args, { cwd: ROOT, stdio: 'ignore', env: { PATH: process.env['PATH'] } });
      expect(await readFile(join(ROOT, 'generated/client/schema.ts'), 'utf8')).toBe(await readFile(fresh, 'utf8'));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  describe('against the running application', () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await TestApp.start({ STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET });
    });
    afterAll(() => app.stop());

    const signIn = async (email: string): Promise<ReturnType<typeof createPawtreonClient>> => {
      const { data } = await createPawtreonClient({ baseUrl: app.url }).POST('/v1/auth/dev-token', { body: { email } });
      return createPawtreonClient({ baseUrl: app.url, token: data!.accessToken });
    };

    it('publishes a case, gives to it, and sees the total rise', async () => {
      const owner = await signIn('owner@example.org');
      const form = new FormData();
      form.append('file', new Blob([new Uint8Array(await examplePicture())]), 'rex.jpg');
      const { data: picture } = await owner.POST('/v1/files', { body: { file: 'rex.jpg' }, bodySerializer: () => form });
      const { data: published } = await owner.POST('/v1/cases', {
        body: {
          type: 'urgent',
          category: 'surgery',
          title: 'Rex was hit by a car',
          description: 'He needs an operation on his hip.',
          images: [picture!.id],
          location: { city: 'Sofia', neighborhood: 'Lozenets' },
          fundraising: { goal: 250_000, currency: 'EUR' },
          foundAt: '2026-11-01T08:00:00.000Z',
        },
      });
      expect(published).toMatchObject({ title: 'Rex was hit by a car', isDonationAllowed: true, fundraising: { goal: 250_000, current: 0, currency: 'EUR' } });

      const donor = await signIn('donor@example.org');
      const { data: listed } = await donor.GET('/v1/cases', { params: { query: { city: 'София', limit: 5 } } });
      expect(listed!.items.map((item) => item.id)).toEqual([published!.id]);

      const { data: checkout } = await donor.POST('/v1/donations/checkout-sessions', {
        params: { header: { 'Idempotency-Key': 'gift-1' } },
        body: { caseId: published!.id, amount: 2_550, successUrl: `${app.url}/thanks`, cancelUrl: `${app.url}/back` },
      });
      await sendEvent(app, stripeEvent('payment_intent.succeeded', paidIntent(checkout!.donationId, 2_550)));
      await app.drain();

      const path = { id: published!.id };
      expect((await donor.GET('/v1/cases/{id}', { params: { path } })).data!.fundraising.current).toBe(2_550);
      expect((await donor.GET('/v1/donations/{id}', { params: { path: { id: checkout!.donationId } } })).data).toMatchObject({ status: 'completed', amount: 2_550, currency: 'EUR' });
      expect((await donor.GET('/v1/cases/{id}/ledger', { params: { path } })).data!.totals.raised).toBe(2_550);
    });

    it('gets problems as typed errors', async () => {
      const { error, response } = await createPawtreonClient({ baseUrl: app.url }).GET('/v1/me');
      expect([response.status, error!.code]).toEqual([401, 'NOT_AUTHENTICATED']);
    });
  });
});
