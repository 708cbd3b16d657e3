import type { Stripe } from 'stripe';
import type { PaymentMethodType } from './payment-method.entity.js';

/** What may be known here of a payment method. */
export interface SavedMethod {
  type: PaymentMethodType;
  name: string;
  lastFour: string | null;
  expiryMonth: number | null;
  expiryYear: number | null;
}

const BRANDS: Readonly<Record<string, string>> = {
  amex: 'American Express', cartes_bancaires: 'Cartes Bancaires', diners: 'Diners Club', discover: 'Discover', eftpos_au: 'Eftpos',
  jcb: 'JCB', link: 'Link', mastercard: 'Mastercard', unionpay: 'UnionPay', visa: 'Visa',
};

/** Ways to pay out of an account at a bank, by the name that the provider gives them. */
const BANK_TYPES = ['sepa_debit', 'us_bank_account', 'bacs_debit', 'au_becs_debit', 'acss_debit', 'nz_bank_account'] as const;

/** Reads brand, last digits and expiry out of a payment method; null for ways to pay that are not saved here. */
export function savedMethod(method: Stripe.PaymentMethod): SavedMethod | null {
  if (method.card) {
    const { brand, last4, exp_month: expiryMonth, exp_year: expiryYear } = method.card;
    return { type: 'card', name: ending(BRANDS[brand] ?? 'Card', last4), lastFour: last4 ?? null, expiryMonth, expiryYear };
  }
  const none = { lastFour: null, expiryMonth: null, expiryYear: null };
  // The name of a PayPal account is an e-mail address.
  if (method.type === 'paypal') return { ...none, type: 'paypal', name: 'PayPal' };
  const bank = BANK_TYPES.find((type) => type === method.type);
  if (!bank) return null;
  const lastFour = method[bank]?.last4 ?? null;
  return { ...none, type: 'bank', name: ending('Bank account', lastFour), lastFour };
}

const ending = (what: string, lastFour: string | null | undefined): string => (lastFour ? `${what} ending in ${lastFour}` : what);
