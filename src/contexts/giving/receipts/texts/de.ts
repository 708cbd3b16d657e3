import type { ReceiptTexts } from '../receipt-texts.js';

export const de: ReceiptTexts = {
  locale: 'de',
  receipt: 'Spendenquittung',
  creditNote: 'Gutschrift',
  statement: (year) => `Spendenübersicht ${year}`,

  number: 'Nummer',
  toReceipt: 'Zur Quittung',
  date: 'Datum',
  drawnUpOn: 'Erstellt am',
  period: 'Zeitraum (UTC)',
  donor: 'Spender/in',
  recipient: 'Für',
  currency: 'Währung',
  description: 'Beschreibung',
  amount: 'Betrag',

  donation: 'Spende',
  recurringDonation: 'Regelmäßige Spende',
  refund: 'Erstattung',
  received: 'Erhaltener Betrag',
  refunded: 'Erstatteter Betrag',
  remaining: 'Verbleibende Spende',
  refundsOfDonation: 'Erstattungen dieser Spende',
  donations: 'Spenden',
  refunds: 'Erstattungen',
  total: 'Summe',

  someCase: 'Ein Rettungsfall',
  someRescuer: 'Tierretter/in',

  platformFee: (amount, percent) => `Anteil der Plattform: ${amount} (${percent} der Spende).`,
  processorFee: (amount) => `Gebühr des Zahlungsdienstleisters: ${amount}.`,
  feesAreWithin: 'Gebühren werden von der Spende abgezogen; der erhaltene Betrag ist Ihre Spende in voller Höhe.',
  settled: (amount) => `Der Zahlungsdienstleister hat die Zahlung mit ${amount} abgerechnet.`,
  anonymous: 'Sie haben anonym gespendet: Dieser Beleg ist für Sie, Ihr Name wird nicht öffentlich gezeigt.',
  noReturn: 'Für die Spende wurde keine Gegenleistung erbracht.',
  nothingThatYear: 'In diesem Jahr ist keine Spende von Ihnen eingegangen.',
  page: (number, of) => `Seite ${number} von ${of}`,
};
