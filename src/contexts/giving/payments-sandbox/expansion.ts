import type { ObjectReader } from './object-reader.js';
import { invalidRequest } from './stripe-error.js';

type Json = Record<string, unknown>;

const MAX_DEPTH = 4;
const REFERENCES = new Set([
  'balance_transaction', 'charge', 'customer', 'default_payment_method', 'failure_balance_transaction', 'invoice', 'latest_charge', 'latest_invoice',
  'payment_intent', 'payment_method', 'source', 'subscription',
]);

/**
 * Puts the objects in place of their ids where `expand[]` asks for it: `latest_charge.balance_transaction`,
 * and `data.charge` in lists. Also brings in what is left out unless asked for: a session's `line_items`, a charge's `refunds`
 * and an invoice's `payments`.
 *
 * @throws StripeApiError 400 for a property that cannot be expanded.
 */
export async function expand<T extends object>(reader: ObjectReader, object: T, paths: readonly string[]): Promise<T> {
  if (paths.length === 0) return object;
  const copy = structuredClone(object);
  for (const path of paths) {
    const parts = path.split('.');
    if (parts.length > MAX_DEPTH) throw invalidRequest(`You cannot expand more than ${MAX_DEPTH} levels of a property.`, { param: 'expand' });
    await expandPath(reader, copy as Json, parts, path);
  }
  return copy;
}

async function expandPath(reader: ObjectReader, object: Json, [name, ...rest]: string[], path: string): Promise<void> {
  if (name === undefined) return;
  if (name === 'data' && object['object'] === 'list') {
    for (const item of object['data'] as Json[]) await expandPath(reader, item, rest, path);
    return;
  }
  const value = await expanded(reader, object, name, path);
  object[name] = value;
  if (isObject(value)) await expandPath(reader, value, rest, path);
}

async function expanded(reader: ObjectReader, object: Json, name: string, path: string): Promise<unknown> {
  const value = object[name];
  if (name === 'line_items' && object['object'] === 'checkout.session') {
    const { lineItems } = await reader.hiddenSessionData(String(object['id']));
    return value ?? listOf(lineItems, false, `/v1/checkout/sessions/${String(object['id'])}/line_items`);
  }
  if (name === 'refunds' && object['object'] === 'charge') {
    const conditions = [{ sql: "data->>'charge' = ?", value: object['id'] }];
    const { rows, hasMore } = await reader.list('refund', { limit: 10, conditions });
    return value ?? listOf(rows, hasMore, `/v1/refunds?charge=${String(object['id'])}`);
  }
  if (name === 'payments' && object['object'] === 'invoice') {
    const conditions = [{ sql: "data->>'invoice' = ?", value: object['id'] }];
    const { rows, hasMore } = await reader.list('invoice_payment', { limit: 10, conditions });
    return value ?? listOf(rows, hasMore, `/v1/invoice_payments?invoice=${String(object['id'])}`);
  }
  if (!REFERENCES.has(name) || value === undefined) {
    const hint = object['object'] === 'list' ? ` You may want to try expanding 'data.${path}'.` : '';
    throw invalidRequest(`This property cannot be expanded (${path}).${hint}`, { param: 'expand' });
  }
  return typeof value === 'string' ? ((await reader.resolve(value)) ?? value) : value;
}

/** One page in the API's list shape. */
export function listOf<T>(data: T[], hasMore: boolean, url: string): { object: 'list'; data: T[]; has_more: boolean; url: string } {
  return { object: 'list', data, has_more: hasMore, url };
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
