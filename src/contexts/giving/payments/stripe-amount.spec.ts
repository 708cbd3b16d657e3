import { fromStripeAmount, smallestDonation, toStripeAmount } from './stripe-amount.js';

describe('amounts at Stripe', () => {
  it.each([
    ['EUR', 2_550, 2_550],
    ['HUF', 20_000, 20_000],
    ['JPY', 5_000, 5_000],
    ['KWD', 1_230, 1_230],
    ['ISK', 500, 50_000],
    ['UGX', 4_000, 400_000],
    ['MGA', 500_000, 5_000],
  ])('carry %s %i over as %i and back', (currency, minor, charged) => {
    expect(toStripeAmount(minor, currency)).toBe(charged);
    expect(fromStripeAmount(charged, currency)).toBe(minor);
  });

  it.each([
    ['KWD', 1_234],
    ['MGA', 150],
  ])('cannot be as fine as %s %i', (currency, minor) => {
    expect(toStripeAmount(minor, currency)).toBeNull();
  });

  it.each([
    ['EUR', 100],
    ['BGN', 100],
    ['HUF', 17_500],
    ['JPY', 50],
    ['KWD', 1_000],
    ['ISK', 1],
  ])('start in %s at %i', (currency, smallest) => {
    expect(smallestDonation(currency)).toBe(smallest);
  });
});
