import { invalidRequest } from './stripe-error.js';

/** What the account is paid out in; every charge is converted to it. */
export const SETTLEMENT_CURRENCY = 'eur';

const ZERO_DECIMAL = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '));
const THREE_DECIMAL = new Set('bhd jod kwd omr tnd'.split(' '));
/** Without minor units, yet written with two decimals that must be zero: Stripe kept the old notation. */
const WHOLE_UNITS_ONLY = new Set(['isk', 'ugx']);

/** Units for one euro. The rates never move, so that what a payment settles to can be foretold. */
const UNITS_PER_EURO: Readonly<Record<string, number>> = {
  aed: 4, afn: 76, all: 98, amd: 420, ang: 1.95, aoa: 1000, ars: 1500, aud: 1.75, awg: 1.95, azn: 1.85,
  bam: 1.95583, bbd: 2.18, bdt: 132, bgn: 1.95583, bhd: 0.41, bif: 3200, bmd: 1.09, bnd: 1.4, bob: 7.5, brl: 6.2,
  bsd: 1.09, bwp: 14.6, byn: 3.5, bzd: 2.19, cad: 1.55, cdf: 3000, chf: 0.95, clp: 1000, cny: 7.8, cop: 4500,
  crc: 550, cve: 110.265, czk: 25, djf: 194, dkk: 7.46, dop: 68, dzd: 146, egp: 54, etb: 150, eur: 1,
  fjd: 2.45, fkp: 0.85, gbp: 0.85, gel: 3, gip: 0.85, gmd: 79, gnf: 9400, gtq: 8.4, gyd: 228, hkd: 8.5,
  hnl: 28, htg: 143, huf: 395, idr: 17800, ils: 4, inr: 93, isk: 148, jmd: 172, jod: 0.77, jpy: 160,
  kes: 141, kgs: 95, khr: 4380, kmf: 491.96775, krw: 1560, kwd: 0.335, kyd: 0.91, kzt: 560, lak: 23700, lbp: 97500,
  lkr: 325, lrd: 217, lsl: 19.9, mad: 10.6, mdl: 19.5, mga: 5000, mkd: 61.5, mmk: 2290, mnt: 3750, mop: 8.75,
  mur: 50, mvr: 16.8, mwk: 1890, mxn: 21, myr: 4.8, mzn: 69.7, nad: 19.9, ngn: 1700, nio: 40, nok: 11.7,
  npr: 149, nzd: 1.9, omr: 0.42, pab: 1.09, pen: 4, pgk: 4.4, php: 62, pkr: 305, pln: 4.27, pyg: 8600,
  qar: 3.97, ron: 4.98, rsd: 117, rwf: 1540, sar: 4.09, sbd: 9.1, scr: 16, sek: 11, sgd: 1.45, shp: 0.85,
  sle: 24.8, sos: 622, srd: 39, std: 24500, szl: 19.9, thb: 36.5, tjs: 11.6, tnd: 3.36, top: 2.6, try: 42,
  ttd: 7.4, twd: 35.5, tzs: 2900, uah: 45, ugx: 3990, usd: 1.09, uyu: 46, uzs: 13900, vnd: 27800, vuv: 131,
  wst: 3, xaf: 655.957, xcd: 2.94, xof: 655.957, xpf: 119.332, yer: 262, zar: 19.9, zmw: 29,
};

const FEE_BASIS_POINTS = 150;
const FIXED_FEE = 25;
const SMALLEST_SETTLED = 50;
const LARGEST_AMOUNT = 99_999_999;

/** What a charge brings: minor units of the settlement currency, and the rate that was used (null without conversion). */
export interface Settlement {
  amount: number;
  exchangeRate: number | null;
}

/** Decimals of the amounts that Stripe's API takes in a currency (not always those of ISO 4217: ISK and UGX have two). */
export function decimalsOf(currency: string): 0 | 2 | 3 {
  if (ZERO_DECIMAL.has(currency)) return 0;
  return THREE_DECIMAL.has(currency) ? 3 : 2;
}

/** The lower-case code. @throws StripeApiError 400 for a currency that cannot be charged. */
export function parseCurrency(text: string, param: string): string {
  const currency = text.toLowerCase();
  if (!Object.hasOwn(UNITS_PER_EURO, currency)) {
    throw invalidRequest(`Invalid currency: ${currency}. Stripe currently supports these currencies: ${Object.keys(UNITS_PER_EURO).join(', ')}`, { param });
  }
  return currency;
}

/** Refuses totals under the worth of 0.50 EUR, above eight digits, or finer than the currency's coins. */
export function assertChargeable(amount: number, currency: string): void {
  const step = THREE_DECIMAL.has(currency) ? 10 : WHOLE_UNITS_ONLY.has(currency) ? 100 : 1;
  if (amount % step !== 0) {
    throw invalidRequest(`Invalid amount: in ${currency} it must be a multiple of ${step}.`, { code: 'parameter_invalid_integer', param: 'line_items' });
  }
  if (amount > LARGEST_AMOUNT) {
    throw invalidRequest(`The Checkout Session's total amount must be no more than ${LARGEST_AMOUNT}.`, { code: 'amount_too_large' });
  }
  if (settle(amount, currency).amount < SMALLEST_SETTLED) {
    throw invalidRequest("The Checkout Session's total amount must convert to at least 50 cents.", { code: 'amount_too_small' });
  }
}

/** Converts minor units of any currency into the settlement currency, rounded to the nearest minor unit. */
export function settle(amount: number, currency: string): Settlement {
  if (currency === SETTLEMENT_CURRENCY) return { amount, exchangeRate: null };
  const exchangeRate = Number((1 / (UNITS_PER_EURO[currency] ?? Number.NaN)).toPrecision(6));
  return { amount: Math.round(amount * exchangeRate * 10 ** (2 - decimalsOf(currency))), exchangeRate };
}

/** The processing fee on a settled amount: 1.5 % rounded half up, plus 0.25 EUR; both in minor units. */
export function processingFee(settledAmount: number): number {
  return Math.floor((settledAmount * FEE_BASIS_POINTS + 5_000) / 10_000) + FIXED_FEE;
}

/** The amount as people write it, such as `€1,234.50` or `¥5,000`. */
export function formatAmount(amount: number, currency: string, locale = 'en'): string {
  const decimals = decimalsOf(currency);
  const options = { style: 'currency', currency, minimumFractionDigits: decimals, maximumFractionDigits: decimals } as const;
  return new Intl.NumberFormat(locale, options).format(amount / 10 ** decimals);
}
