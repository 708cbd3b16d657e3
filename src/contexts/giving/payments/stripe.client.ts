import type { FactoryProvider } from '@nestjs/common';
import { Stripe } from 'stripe';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { PaymentsSandboxAddress } from '../payments-sandbox/index.js';
import { StripeCredentials } from './stripe-credentials.js';

/** A donor waits for the answer, so it is given up before the donor is. */
const TIMEOUT_MS = 8_000;
const RETRIES = 1;

/** The official client, turned to the payments sandbox or another host where there is one. */
export const stripeClient: FactoryProvider<Stripe> = {
  provide: Stripe,
  inject: [CONFIG, StripeCredentials, PaymentsSandboxAddress],
  useFactory: (config: Config, { secretKey }: StripeCredentials, sandbox: PaymentsSandboxAddress | null) => {
    const base = sandbox?.apiBase ?? config.stripe.apiBase;
    return new Stripe(secretKey, { timeout: TIMEOUT_MS, maxNetworkRetries: RETRIES, telemetry: false, ...(base ? hostOf(new URL(base)) : {}) });
  },
};

function hostOf({ hostname, port, protocol }: URL): { host: string; port: number; protocol: 'http' | 'https' } {
  const plain = protocol === 'http:';
  return { host: hostname, port: Number(port || (plain ? 80 : 443)), protocol: plain ? 'http' : 'https' };
}
