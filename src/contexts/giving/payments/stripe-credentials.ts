import { randomBytes } from 'node:crypto';
import type { Config } from '../../../platform/config/config.js';
import type { InstallationSecrets } from '../../../platform/secrets/installation-secrets.js';

/** What calls to Stripe carry and what its webhooks are signed with. */
export class StripeCredentials {
  constructor(
    readonly secretKey: string,
    /** Absent where an operator left it out; webhooks cannot be believed then. */
    readonly webhookSecret: string | undefined,
  ) {}
}

/** The configured credentials; for the payments sandbox the installation makes its own. */
export async function stripeCredentials({ stripe }: Config, secrets: InstallationSecrets): Promise<StripeCredentials> {
  if (stripe.secretKey) return new StripeCredentials(stripe.secretKey, stripe.webhookSecret);
  return new StripeCredentials(
    await secrets.get('payments_sandbox.secret_key', () => `sk_test_${randomBytes(24).toString('hex')}`),
    stripe.webhookSecret ?? (await secrets.get('payments_sandbox.webhook_secret', () => `whsec_${randomBytes(24).toString('hex')}`)),
  );
}
