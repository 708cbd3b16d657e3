import type { AddressInfo } from 'node:net';
import { HttpAdapterHost } from '@nestjs/core';
import { Clock } from '../../../platform/clock.js';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { Database } from '../../../platform/database/database.js';
import { InstallationSecrets } from '../../../platform/secrets/installation-secrets.js';
import { type PaymentsSandboxOptions, PaymentsSandboxModule, SANDBOX_PAGES_PREFIX } from '../payments-sandbox/index.js';
import { stripeCredentials } from './stripe-credentials.js';

/** The payments sandbox as this application runs it; left out where payment keys are configured (decision 4). */
export const SandboxInThisApplication = PaymentsSandboxModule.registerAsync({
  inject: [CONFIG, Database, InstallationSecrets, HttpAdapterHost, Clock],
  useFactory: async (config: Config, database: Database, secrets: InstallationSecrets, http: HttpAdapterHost, clock: Clock): Promise<PaymentsSandboxOptions | null> => {
    if (!config.stripe.sandbox) return null;
    const { secretKey, webhookSecret } = await stripeCredentials(config, secrets);
    return {
      pool: database.pool,
      secretKey,
      webhookSecret: webhookSecret!,
      webhookUrl: () => webhookAddress(http),
      publicBaseUrl: config.appOrigin + SANDBOX_PAGES_PREFIX,
      // Only a process that serves the endpoint delivers to it: itself.
      deliverWebhooks: config.roles.has('api'),
      now: () => clock.now(),
    };
  },
});

/** In this very process, since `APP_ORIGIN` may not be reachable from inside; null until it listens. */
function webhookAddress(http: HttpAdapterHost): string | null {
  const server = http.httpAdapter.getHttpServer() as { address(): AddressInfo | null };
  const address = server.address();
  if (!address) return null;
  const everywhere = address.address === '0.0.0.0' || address.address === '::';
  const host = everywhere ? '127.0.0.1' : address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}/webhooks/stripe`;
}
