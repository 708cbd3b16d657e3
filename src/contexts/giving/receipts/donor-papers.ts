import type { Issuer } from '../../../platform/config/config.js';
import { formatMoney } from '../../../platform/money/money.js';
import type { Paper, PaperTable } from './paper.js';
import type { DonorRow, ReceiptRow } from './receipts.queries.js';
import { type ReceiptTexts, receiptTexts } from './receipt-texts.js';

/**
 * The paper of a receipt: what was received, as it was issued. What went back since is listed below and changes nothing above.
 * @param creditNotes those of the same donation, oldest first
 */
export function receiptPaper(issuer: Issuer, receipt: ReceiptRow, creditNotes: ReceiptRow[]): Paper {
  const pen = new Pen(receiptTexts(receipt.language), receipt.currency);
  const { texts } = pen;
  const tables: PaperTable[] = [
    { columns: [texts.description, texts.amount], rows: [[pen.purpose(receipt), pen.money(receipt.amount)]], totals: [[texts.received, pen.money(receipt.amount)]] },
  ];
  if (creditNotes.length > 0) {
    tables.push({
      heading: texts.refundsOfDonation,
      columns: [texts.date, texts.number, texts.amount],
      rows: creditNotes.map((note) => [pen.date(note.issuedAt), note.number, pen.money(-note.amount)]),
      totals: [[texts.remaining, pen.money(receipt.amount - sumOf(creditNotes))]],
    });
  }
  return {
    ...sheet(issuer, texts, receipt),
    title: texts.receipt,
    facts: [[texts.number, receipt.number], [texts.date, pen.date(receipt.issuedAt)], ...pen.parties(receipt)],
    tables,
    notes: [...fees(pen, receipt), ...(receipt.anonymous ? [texts.anonymous] : []), texts.noReturn],
  };
}

/** @param earlier credit notes of the same donation that were issued before it */
export function creditNotePaper(issuer: Issuer, note: ReceiptRow, receipt: ReceiptRow, earlier: ReceiptRow[]): Paper {
  const pen = new Pen(receiptTexts(note.language), note.currency);
  const { texts } = pen;
  return {
    ...sheet(issuer, texts, note),
    title: texts.creditNote,
    facts: [[texts.number, note.number], [texts.toReceipt, receipt.number], [texts.date, pen.date(note.issuedAt)], ...pen.parties(note)],
    tables: [
      {
        columns: [texts.description, texts.amount],
        rows: [[pen.purpose(note), pen.money(-note.amount)]],
        totals: [
          [texts.refunded, pen.money(note.amount)],
          [texts.remaining, pen.money(receipt.amount - sumOf(earlier) - note.amount)],
        ],
      },
    ],
    notes: note.anonymous ? [texts.anonymous] : [],
  };
}

/**
 * All that came from a donor and went back in a year, by currency.
 * @param rows receipts and credit notes of the year, oldest first
 * @param now when it is drawn up
 */
export function statementPaper(issuer: Issuer, donor: DonorRow, year: number, rows: ReceiptRow[], now: Date): Paper {
  const texts = receiptTexts(donor.language);
  const day = (date: Date): string => new Pen(texts, 'EUR').date(date);
  const byCurrency = [...Map.groupBy(rows, ({ currency }) => currency)].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    locale: texts.locale,
    issuer: issuerLines(issuer),
    page: texts.page,
    fileName: `statement-${year}`,
    // To the day, so that the same question on one day has the same answer.
    date: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())),
    title: texts.statement(year),
    facts: [
      [texts.donor, donor.name ?? '—'],
      [texts.period, `${day(new Date(Date.UTC(year, 0, 1)))} – ${day(new Date(Date.UTC(year, 11, 31)))}`],
      [texts.drawnUpOn, day(now)],
    ],
    tables: byCurrency.map(([currency, ofCurrency]) => currencyTable(new Pen(texts, currency), ofCurrency)),
    notes: rows.length === 0 ? [texts.nothingThatYear] : [texts.noReturn],
  };
}

function currencyTable(pen: Pen, rows: ReceiptRow[]): PaperTable {
  const { texts } = pen;
  const [receipts, notes] = [rows.filter(({ kind }) => kind === 'receipt'), rows.filter(({ kind }) => kind === 'credit_note')];
  return {
    heading: `${texts.currency}: ${pen.currency}`,
    columns: [texts.date, texts.number, texts.description, texts.amount],
    rows: rows.map((row) => [pen.date(row.issuedAt), row.number, pen.purpose(row), pen.money(row.kind === 'receipt' ? row.amount : -row.amount)]),
    totals: [
      [texts.donations, pen.money(sumOf(receipts))],
      ...(notes.length > 0 ? [[texts.refunds, pen.money(-sumOf(notes))] as [string, string]] : []),
      [`${texts.total} ${pen.currency}`, pen.money(sumOf(receipts) - sumOf(notes))],
    ],
  };
}

/** What the platform and the provider kept, as far as it is known, and what a foreign payment came to. */
function fees(pen: Pen, receipt: ReceiptRow): string[] {
  const { texts } = pen;
  const lines: string[] = [];
  if (receipt.platformFeeAmount) {
    const percent = new Intl.NumberFormat(texts.locale, { style: 'percent', maximumFractionDigits: 2 }).format((receipt.platformFeeBps ?? 0) / 10_000);
    lines.push(texts.platformFee(pen.money(receipt.platformFeeAmount), percent));
  }
  if (receipt.processorFeeAmount) lines.push(texts.processorFee(pen.money(receipt.processorFeeAmount)));
  if (lines.length > 0) lines.push(texts.feesAreWithin);
  if (receipt.settledAmount !== null && receipt.settledCurrency !== receipt.currency) {
    lines.push(texts.settled(formatMoney({ amount: receipt.settledAmount, currency: receipt.settledCurrency! }, texts.locale)));
  }
  return lines;
}

const sheet = (issuer: Issuer, texts: ReceiptTexts, row: ReceiptRow): Pick<Paper, 'locale' | 'issuer' | 'page' | 'fileName' | 'date'> => ({
  locale: texts.locale,
  issuer: issuerLines(issuer),
  page: texts.page,
  fileName: row.number,
  date: row.issuedAt,
});

const issuerLines = ({ name, address, registration, contact }: Issuer): string[] => [name, address, registration, contact].filter((line) => line !== undefined);

const sumOf = (rows: ReceiptRow[]): number => rows.reduce((sum, { amount }) => sum + amount, 0);

/** Writes amounts and words of one currency and language. */
class Pen {
  constructor(
    readonly texts: ReceiptTexts,
    readonly currency: string,
  ) {}

  money(amount: number): string {
    return formatMoney({ amount, currency: this.currency }, this.texts.locale);
  }

  date(date: Date): string {
    return new Intl.DateTimeFormat(this.texts.locale, { dateStyle: 'long', timeZone: 'UTC' }).format(date);
  }

  /** What the money was for, such as `Donation: Rex was hit by a car`. */
  purpose(row: ReceiptRow): string {
    const { texts } = this;
    const what = row.kind === 'credit_note' ? texts.refund : row.donationKind === 'recurring' ? texts.recurringDonation : texts.donation;
    return `${what}: ${this.recipient(row)}`;
  }

  parties(row: ReceiptRow): [string, string][] {
    const { texts } = this;
    return [
      [texts.donor, row.donorName ?? '—'],
      [texts.recipient, this.recipient(row)],
      [texts.currency, this.currency],
    ];
  }

  private recipient({ recipient, caseId }: ReceiptRow): string {
    return recipient ?? (caseId ? this.texts.someCase : this.texts.someRescuer);
  }
}
