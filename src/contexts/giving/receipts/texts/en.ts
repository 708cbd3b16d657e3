import type { ReceiptTexts } from '../receipt-texts.js';

export const en: ReceiptTexts = {
  locale: 'en-GB',
  receipt: 'Donation receipt',
  creditNote: 'Credit note',
  statement: (year) => `Statement of donations ${year}`,

  number: 'Number',
  toReceipt: 'To receipt',
  date: 'Date',
  drawnUpOn: 'Drawn up on',
  period: 'Period (UTC)',
  donor: 'Donor',
  recipient: 'For',
  currency: 'Currency',
  description: 'Description',
  amount: 'Amount',

  donation: 'Donation',
  recurringDonation: 'Recurring donation',
  refund: 'Refund',
  received: 'Amount received',
  refunded: 'Amount refunded',
  remaining: 'Remaining donation',
  refundsOfDonation: 'Refunds of this donation',
  donations: 'Donations',
  refunds: 'Refunds',
  total: 'Total',

  someCase: 'A rescue case',
  someRescuer: 'A rescuer',

  platformFee: (amount, percent) => `Platform share: ${amount} (${percent} of the donation).`,
  processorFee: (amount) => `Fee of the payment provider: ${amount}.`,
  feesAreWithin: 'Fees are taken out of the donation; the amount received is what you gave in full.',
  settled: (amount) => `The payment provider settled the payment as ${amount}.`,
  anonymous: 'You gave anonymously: this paper is for you, and your name is not shown in public.',
  noReturn: 'The donor received no goods or services in return.',
  nothingThatYear: 'No donation was received from you in this year.',
  page: (number, of) => `Page ${number} of ${of}`,
};
