/** The last four digits of Stripe's own test cards for it: refunds and payouts of such an amount fail after they were told of. */
export const fails = (amount: number): boolean => amount % 10_000 === 5_126;

/** Refunds of such an amount stay pending for half a minute. */
export const staysPending = (amount: number): boolean => amount % 10_000 === 7_726;
