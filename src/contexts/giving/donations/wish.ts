import type { FieldError } from '../../../platform/http/problem.js';
import { isCurrency } from '../../../platform/money/money.js';
import { smallestDonation, toStripeAmount } from '../payments/index.js';
import { isReturnUrl } from './return-url.js';

/** What every checkout asks of its money and its way back; the rules that a decorator cannot tell. */
export function wishErrors(
  wish: { amount: number; currency: string; successUrl: string; cancelUrl: string },
  config: { appOrigin: string; production: boolean },
): FieldError[] {
  const errors: FieldError[] = [];
  const refuse = (path: string, message: string): void => void errors.push({ path, message });
  if (!isCurrency(wish.currency)) refuse('currency', 'must be an ISO 4217 currency code');
  else if (wish.amount < smallestDonation(wish.currency)) refuse('amount', `must be at least ${smallestDonation(wish.currency)} minor units of ${wish.currency}`);
  else if (toStripeAmount(wish.amount, wish.currency) === null) refuse('amount', `is finer than ${wish.currency} can be charged; round it to ten`);
  for (const path of ['successUrl', 'cancelUrl'] as const) {
    if (!isReturnUrl(wish[path], config)) refuse(path, `must be an http(s) address of ${config.appOrigin}`);
  }
  return errors;
}
