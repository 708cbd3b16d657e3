import type { Stripe } from 'stripe';
import { newObjectId } from './object-id.js';
import type { RequestParams } from './request-params.js';
import type { SandboxTransaction } from './sandbox-store.js';

/** A customer holds an address book entry only; saved payment methods come with subscriptions. */
export async function createCustomer(tx: SandboxTransaction, params: RequestParams): Promise<Stripe.Customer> {
  params.allowOnly(['description', 'email', 'metadata', 'name', 'phone', 'preferred_locales']);
  const customer: Stripe.Customer = {
    id: newObjectId('cus', 14),
    object: 'customer',
    address: null,
    balance: 0,
    created: tx.unixNow,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: params.text('description') ?? null,
    discount: null,
    email: params.email('email') ?? null,
    invoice_prefix: newObjectId('inv', 8).slice(4).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: params.metadata(),
    name: params.text('name', 256) ?? null,
    next_invoice_sequence: 1,
    phone: params.text('phone', 20) ?? null,
    preferred_locales: params.texts('preferred_locales'),
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  };
  await tx.insert(customer);
  await tx.recordEvent('customer.created', customer);
  return customer;
}
