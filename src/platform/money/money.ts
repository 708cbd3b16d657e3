/** An amount of money as the API and the database hold it. */
export interface Money {
  /** Whole minor units of `currency`: 2550 EUR is 25.50 euros, 2550 JPY is 2550 yen. */
  amount: number;
  /** ISO 4217 code, upper case. */
  currency: string;
}

/**
 * Active currencies of ISO 4217 by number of decimals. Kept here because `Intl` follows CLDR, which writes
 * prices the way people do (HUF, IQD and AFN without decimals) and not the way the standard counts them.
 */
const BY_EXPONENT: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF',
  2: `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC
      CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES
      KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR
      NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT
      TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG`,
  3: 'BHD IQD JOD KWD LYD OMR TND',
};

const EXPONENTS = new Map(Object.entries(BY_EXPONENT).flatMap(([exponent, codes]) => codes.split(/\s+/).map((code) => [code, Number(exponent)] as const)));

/** Whether `code` is an active ISO 4217 currency, written in upper case. */
export const isCurrency = (code: unknown): code is string => typeof code === 'string' && EXPONENTS.has(code);

/**
 * Decimals of a currency: the minor unit is `10 ** -exponent` of the major one.
 * @throws RangeError for what is not a currency
 */
export function currencyExponent(code: string): number {
  const exponent = EXPONENTS.get(code);
  if (exponent === undefined) throw new RangeError(`${code} is not an ISO 4217 currency`);
  return exponent;
}

/**
 * A share of an amount, rounded half up to a whole minor unit.
 * @param amount minor units, not negative
 * @param basisPoints 500 is 5 %
 */
export const shareOf = (amount: number, basisPoints: number): number => Math.floor((amount * basisPoints + 5_000) / 10_000);

/**
 * An amount as people of a language write it: 2550 EUR is "€25.50" in English and "25,50 €" in German. Decimals
 * follow ISO 4217, as everywhere here.
 * @param locale BCP 47, such as `bg`
 */
export function formatMoney({ amount, currency }: Money, locale: string): string {
  const exponent = currencyExponent(currency);
  return new Intl.NumberFormat(locale, { style: 'currency', currency, minimumFractionDigits: exponent, maximumFractionDigits: exponent }).format(amount / 10 ** exponent);
}

/**
 * The part of `total` that belongs to `part` of `whole`, rounded half up to a whole minor unit. Parts of it that are
 * asked for as the part grows, each less the one before, add up to `total` without a cent lost.
 * @param total, part, whole minor units, not negative; `part` is at most `whole`
 */
export const proportion = (total: number, part: number, whole: number): number => Number((2n * BigInt(total) * BigInt(part) + BigInt(whole)) / (2n * BigInt(whole)));

/** An amount in units of its currency for machines: `-12.50`, `5000`, `1.230`. */
export function decimalAmount(amount: number, currency: string): string {
  const decimals = currencyExponent(currency);
  const digits = String(Math.abs(amount)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return `${amount < 0 ? '-' : ''}${whole}${decimals > 0 ? `.${digits.slice(-decimals)}` : ''}`;
}
