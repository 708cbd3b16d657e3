import type { Locale } from '../../../platform/config/config.js';
import { bg } from './texts/bg.js';
import { de } from './texts/de.js';
import { en } from './texts/en.js';
import { ru } from './texts/ru.js';
import { uk } from './texts/uk.js';

/** Everything that a receipt, a credit note or a statement says; one catalogue a language. Amounts and dates come written. */
export interface ReceiptTexts {
  /** BCP 47, for numbers and dates. */
  locale: string;
  receipt: string;
  creditNote: string;
  statement: (year: number) => string;

  number: string;
  toReceipt: string;
  date: string;
  drawnUpOn: string;
  period: string;
  donor: string;
  recipient: string;
  currency: string;
  description: string;
  amount: string;

  donation: string;
  recurringDonation: string;
  refund: string;
  received: string;
  refunded: string;
  remaining: string;
  refundsOfDonation: string;
  donations: string;
  refunds: string;
  total: string;

  /** Stands for a case whose title is hidden. */
  someCase: string;
  /** Stands for the recipient of support that is for neither a case nor a campaign. */
  someRescuer: string;

  platformFee: (amount: string, percent: string) => string;
  processorFee: (amount: string) => string;
  feesAreWithin: string;
  settled: (amount: string) => string;
  anonymous: string;
  noReturn: string;
  nothingThatYear: string;
  page: (number: number, of: number) => string;
}

const TEXTS: Readonly<Record<Locale, ReceiptTexts>> = { bg, de, en, ru, uk };

/** The catalogue of a language; English where there is none. */
export const receiptTexts = (language: string | null): ReceiptTexts => (language !== null && Object.hasOwn(TEXTS, language) ? TEXTS[language as Locale] : en);
