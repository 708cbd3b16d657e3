import type { ReceiptTexts } from '../receipt-texts.js';

export const bg: ReceiptTexts = {
  locale: 'bg',
  receipt: 'Разписка за дарение',
  creditNote: 'Кредитно известие',
  statement: (year) => `Справка за даренията през ${year} г.`,

  number: 'Номер',
  toReceipt: 'Към разписка',
  date: 'Дата',
  drawnUpOn: 'Съставена на',
  period: 'Период (UTC)',
  donor: 'Дарител',
  recipient: 'За',
  currency: 'Валута',
  description: 'Описание',
  amount: 'Сума',

  donation: 'Дарение',
  recurringDonation: 'Редовно дарение',
  refund: 'Възстановяване',
  received: 'Получена сума',
  refunded: 'Възстановена сума',
  remaining: 'Остатък от дарението',
  refundsOfDonation: 'Възстановявания по това дарение',
  donations: 'Дарения',
  refunds: 'Възстановявания',
  total: 'Общо',

  someCase: 'Спасителен случай',
  someRescuer: 'Спасител на животни',

  platformFee: (amount, percent) => `Дял на платформата: ${amount} (${percent} от дарението).`,
  processorFee: (amount) => `Такса на доставчика на плащания: ${amount}.`,
  feesAreWithin: 'Таксите се удържат от дарението; получената сума е цялото ви дарение.',
  settled: (amount) => `Доставчикът на плащания отчете плащането като ${amount}.`,
  anonymous: 'Дарихте анонимно: този документ е само за вас и името ви не се показва публично.',
  noReturn: 'Дарителят не е получил стоки или услуги в замяна.',
  nothingThatYear: 'През тази година не е получено дарение от вас.',
  page: (number, of) => `Страница ${number} от ${of}`,
};
