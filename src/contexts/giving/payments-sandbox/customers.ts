import type { Stripe } from 'stripe';
import { newObjectId } from './object-id.js';
import type { RequestParams } from './request-params.js';
import type { SandboxTransaction } from './sandbox-store.js';

/** A customer that asks for one. */
export async function createCustomer(tx: SandboxTransaction, params: RequestParams): Promise<Stripe.Customer> {
  params.allowOnly(['description', 'email', 'metadata', 'name', 'phone', 'preferred_locales']);
  const customer = newCustomer(
    {
      description: params.text('description') ?? null,
      email: params.email('email') ?? null,
      metadata: params.metadata(),
      name: params.text('name', 256) ?? null,
      phone: params.text('phone', 20) ?? null,
      preferred_locales: params.texts('preferred_locales'),
    },
    tx.unixNow,
  );
  await tx.insert(customer);
  await tx.recordEvent('customer.created', customer);
  return customer;
}

/** A customer with nothing but what is told of them. */
export function newCustomer(told: Partial<Stripe.Customer>, created: number): Stripe.Customer {
  return {
    id: newObjectId('cus', 14),
    object: 'customer',
    address: null,
    balance: 0,
    created,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: newObjectId('inv', 8).slice(4).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
    ...told,
  };
}
