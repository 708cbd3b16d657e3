import { currencyExponent, decimalAmount, formatMoney, isCurrency, shareOf } from './money.js';

describe('money', () => {
  it.each([
    ['EUR', 2],
    ['HUF', 2],
    ['TWD', 2],
    ['MGA', 2],
    ['JPY', 0],
    ['ISK', 0],
    ['UGX', 0],
    ['KWD', 3],
    ['IQD', 3],
  ])('counts %s in ISO 4217 minor units, with %i decimals', (code, exponent) => {
    expect(currencyExponent(code)).toBe(exponent);
  });

  it.each(['eur', 'DEM', 'XAU', 'XXX', 'ABC', '', 'EURO', 7, null, undefined, 'constructor'])('does not take %p for a currency', (code) => {
    expect(isCurrency(code)).toBe(false);
  });

  it('has no exponent for what is not a currency', () => {
    expect(() => currencyExponent('DEM')).toThrow(RangeError);
  });

  it.each([
    [1_000, 500, 50],
    [1_010, 500, 51],
    [1_009, 500, 50],
    [9, 500, 0],
    [10, 500, 1],
    [99_999_999, 500, 5_000_000],
    [2_550, 0, 0],
    [1, 10_000, 1],
  ])('takes of %i minor units a share of %i basis points, half up: %i', (amount, basisPoints, share) => {
    expect(shareOf(amount, basisPoints)).toBe(share);
  });
});

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
    expect(formatMoney({ amount, currency }, locale).replaceAll(/\s/g, ' ')).toBe(written);
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
