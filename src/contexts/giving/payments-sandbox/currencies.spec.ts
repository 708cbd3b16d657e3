import { assertChargeable, formatAmount, parseCurrency, processingFee, settle } from './currencies.js';

describe('currencies', () => {
  it.each([
    [50, 26],
    [1_000, 40],
    [1_033, 40],
    [1_034, 41],
    [10_000, 175],
  ])('takes 1.5 %% rounded half up and 25 cents of %i: %i', (amount, fee) => {
    expect(processingFee(amount)).toBe(fee);
  });

  it('settles every currency in euro cents, whatever its decimals', () => {
    expect(settle(1_000, 'eur')).toEqual({ amount: 1_000, exchangeRate: null });
    expect(settle(1_600, 'jpy')).toEqual({ amount: 1_000, exchangeRate: 0.00625 });
    expect(settle(3_350, 'kwd')).toEqual({ amount: 1_000, exchangeRate: 2.98507 });
    expect(settle(1_956, 'bgn').amount).toBe(1_000);
  });

  it('refuses what is too small, too large or finer than the coins', () => {
    expect(() => assertChargeable(49, 'eur')).toThrow('at least 50 cents');
    expect(() => assertChargeable(70, 'jpy')).toThrow('at least 50 cents');
    expect(() => assertChargeable(100_000_000, 'eur')).toThrow('no more than');
    expect(() => assertChargeable(5_124, 'kwd')).toThrow('multiple of 10');
    expect(() => assertChargeable(50_050, 'isk')).toThrow('multiple of 100');
    expect(() => assertChargeable(50, 'eur')).not.toThrow();
  });

  it('knows the currencies by their codes in either case', () => {
    expect(parseCurrency('EUR', 'currency')).toBe('eur');
    expect(() => parseCurrency('toString', 'currency')).toThrow('Invalid currency');
  });

  it('writes amounts with the decimals that they have', () => {
    expect(formatAmount(123_450, 'eur')).toBe('€1,234.50');
    expect(formatAmount(5_000, 'jpy')).toBe('¥5,000');
    expect(formatAmount(5_120, 'kwd')).toMatch(/^KWD\s5\.120$/);
  });
});
