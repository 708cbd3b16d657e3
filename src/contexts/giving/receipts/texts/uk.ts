import type { ReceiptTexts } from '../receipt-texts.js';

export const uk: ReceiptTexts = {
  locale: 'uk',
  receipt: 'Квитанція про пожертву',
  creditNote: 'Кредитове авізо',
  statement: (year) => `Довідка про пожертви за ${year} рік`,

  number: 'Номер',
  toReceipt: 'До квитанції',
  date: 'Дата',
  drawnUpOn: 'Складено',
  period: 'Період (UTC)',
  donor: 'Жертводавець',
  recipient: 'Призначення',
  currency: 'Валюта',
  description: 'Опис',
  amount: 'Сума',

  donation: 'Пожертва',
  recurringDonation: 'Регулярна пожертва',
  refund: 'Повернення',
  received: 'Отримана сума',
  refunded: 'Повернена сума',
  remaining: 'Залишок пожертви',
  refundsOfDonation: 'Повернення за цією пожертвою',
  donations: 'Пожертви',
  refunds: 'Повернення',
  total: 'Разом',

  someCase: 'Порятунок тварини',
  someRescuer: 'Рятувальник тварин',

  platformFee: (amount, percent) => `Частка платформи: ${amount} (${percent} пожертви).`,
  processorFee: (amount) => `Комісія платіжної системи: ${amount}.`,
  feesAreWithin: 'Комісії утримуються з пожертви; отримана сума — це ваша пожертва повністю.',
  settled: (amount) => `Платіжна система зарахувала платіж як ${amount}.`,
  anonymous: 'Ви пожертвували анонімно: цей документ призначено вам, ваше ім’я не показується публічно.',
  noReturn: 'Жертводавець не отримав натомість товарів чи послуг.',
  nothingThatYear: 'Цього року пожертв від вас не надходило.',
  page: (number, of) => `Сторінка ${number} з ${of}`,
};
