import { currencyExponent } from './money.js';

/**
 * An amount as people of a language write it, such as `€1,234.50`, `1.234,50 €` or `5 000 ¥`: always with as many
 * decimals as ISO 4217 gives the currency, since papers about money hide nothing.
 * @param amount minor units
 * @param locale BCP 47, such as `en-GB`
 */
export function formatMoney(amount: number, currency: string, locale: string): string {
  const decimals = currencyExponent(currency);
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return format.format(amount / 10 ** decimals);
}

/** An amount in units of its currency for machines: `-12.50`, `5000`, `1.230`. */
export function decimalAmount(amount: number, currency: string): string {
  const decimals = currencyExponent(currency);
  const digits = String(Math.abs(amount)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return `${amount < 0 ? '-' : ''}${whole}${decimals > 0 ? `.${digits.slice(-decimals)}` : ''}`;
}
