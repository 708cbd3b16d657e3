import type { ReceiptTexts } from '../receipt-texts.js';

export const ru: ReceiptTexts = {
  locale: 'ru',
  receipt: 'Квитанция о пожертвовании',
  creditNote: 'Кредитовое авизо',
  statement: (year) => `Справка о пожертвованиях за ${year} год`,

  number: 'Номер',
  toReceipt: 'К квитанции',
  date: 'Дата',
  drawnUpOn: 'Составлена',
  period: 'Период (UTC)',
  donor: 'Жертвователь',
  recipient: 'Назначение',
  currency: 'Валюта',
  description: 'Описание',
  amount: 'Сумма',

  donation: 'Пожертвование',
  recurringDonation: 'Регулярное пожертвование',
  refund: 'Возврат',
  received: 'Полученная сумма',
  refunded: 'Возвращённая сумма',
  remaining: 'Остаток пожертвования',
  refundsOfDonation: 'Возвраты по этому пожертвованию',
  donations: 'Пожертвования',
  refunds: 'Возвраты',
  total: 'Итого',

  someCase: 'Спасение животного',
  someRescuer: 'Спасатель животных',

  platformFee: (amount, percent) => `Доля платформы: ${amount} (${percent} пожертвования).`,
  processorFee: (amount) => `Комиссия платёжной системы: ${amount}.`,
  feesAreWithin: 'Комиссии удерживаются из пожертвования; полученная сумма — это ваше пожертвование целиком.',
  settled: (amount) => `Платёжная система зачислила платёж как ${amount}.`,
  anonymous: 'Вы пожертвовали анонимно: этот документ предназначен вам, ваше имя публично не показывается.',
  noReturn: 'Жертвователь не получил взамен товаров или услуг.',
  nothingThatYear: 'В этом году пожертвований от вас не поступало.',
  page: (number, of) => `Страница ${number} из ${of}`,
};
