import { currencyExponent, formatMoney, isCurrency, shareOf } from './money.js';

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

describe('money as people write it', () => {
  it.each([
    [2_550, 'EUR', 'en', '€25.50'],
    [2_550, 'EUR', 'de', '25,50 €'],
    [123_456_789, 'EUR', 'bg', '1 234 567,89 €'],
    [2_550, 'JPY', 'en', '¥2,550'],
    [2_550, 'KWD', 'en', 'KWD 2.550'],
    [2_550, 'HUF', 'en', 'HUF 25.50'],
    [-100, 'EUR', 'en', '-€1.00'],
  ])('writes %i minor units of %s in %s', (amount, currency, locale, written) => {
    expect(formatMoney({ amount, currency }, locale).replaceAll(/\s/g, ' ')).toBe(written);
  });
});
