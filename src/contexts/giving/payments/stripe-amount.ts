import { currencyExponent } from '../../../platform/money/money.js';

/** What Stripe counts in whole units though ISO 4217 has decimals. */
const WHOLE_AT_STRIPE = new Set(['MGA']);
/** What Stripe writes with two decimals (that must be zero) though ISO 4217 has none. */
const TWO_DECIMALS_AT_STRIPE = new Set(['ISK', 'UGX']);

/** Stripe's smallest charges, in its own units, where they are more than one unit of the currency. */
const STRIPE_MINIMUM: Readonly<Record<string, number>> = {
  AED: 200, CZK: 1_500, DKK: 250, HKD: 400, HUF: 17_500, JPY: 50, MXN: 1_000, MYR: 200, NOK: 300, PLN: 200, RON: 200, SEK: 300, THB: 1_000,
};

/** The largest amount that Stripe takes, in its own units: eight digits. */
export const STRIPE_MAXIMUM = 99_999_999;

function stripeExponent(currency: string): number {
  if (WHOLE_AT_STRIPE.has(currency)) return 0;
  return TWO_DECIMALS_AT_STRIPE.has(currency) ? 2 : currencyExponent(currency);
}

/**
 * ISO 4217 minor units as Stripe wants them, or null for an amount finer than Stripe can charge.
 * @see https://docs.stripe.com/currencies
 */
export function toStripeAmount(amount: number, currency: string): number | null {
  const shift = stripeExponent(currency) - currencyExponent(currency);
  const charged = shift >= 0 ? amount * 10 ** shift : amount / 10 ** -shift;
  // Amounts with three decimals have to end in zero.
  const step = stripeExponent(currency) === 3 ? 10 : 1;
  return Number.isInteger(charged / step) ? charged : null;
}

/** What Stripe reports, in ISO 4217 minor units. */
export function fromStripeAmount(amount: number, currency: string): number {
  const shift = stripeExponent(currency) - currencyExponent(currency);
  return shift >= 0 ? Math.round(amount / 10 ** shift) : amount * 10 ** -shift;
}

/** The smallest donation in ISO 4217 minor units: one unit of the currency, or Stripe's own minimum. */
export function smallestDonation(currency: string): number {
  const unit = 10 ** currencyExponent(currency);
  return Math.max(unit, fromStripeAmount(STRIPE_MINIMUM[currency] ?? 0, currency));
}
