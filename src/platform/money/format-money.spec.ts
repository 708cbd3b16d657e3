import { decimalAmount, formatMoney } from './format-money.js';

describe('amounts for people', () => {
  it.each([
    [123_450, 'EUR', 'en-GB', '€1,234.50'],
    [123_450, 'EUR', 'de', '1.234,50 €'],
    [123_450, 'EUR', 'bg', '1234,50 €'],
    [123_450, 'EUR', 'ru', '1 234,50 €'],
    [123_450, 'UAH', 'uk', '1 234,50 ₴'],
    [5_000, 'JPY', 'de', '5.000 ¥'],
    [1_230, 'KWD', 'en-GB', 'KWD 1.230'],
    [2_000_000, 'HUF', 'en-GB', 'HUF 20,000.00'],
    [-500, 'EUR', 'en-GB', '-€5.00'],
  ])('writes %i %s in %s as %s', (amount, currency, locale, written) => {
    expect(formatMoney(amount, currency, locale).replaceAll(/\s/g, ' ')).toBe(written);
  });
});

describe('amounts for machines', () => {
  it.each([
    [5, 'EUR', '0.05'],
    [-1_250, 'EUR', '-12.50'],
    [0, 'EUR', '0.00'],
    [5_000, 'JPY', '5000'],
    [-7, 'JPY', '-7'],
    [1_230, 'KWD', '1.230'],
  ])('writes %i %s as %s', (amount, currency, written) => {
    expect(decimalAmount(amount, currency)).toBe(written);
  });
});
