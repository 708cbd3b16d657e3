import { LOCALES, type Locale } from '../../../platform/config/config.js';
import { formatMoney, type Money } from '../../../platform/money/money.js';

/** What a text is filled with; kept with the notification. A day is written as `{ day: '2026-03-01T10:00:00.000Z' }`. */
export type NoticeParams = Record<string, string | number | Money | { day: string }>;

/** How clients group news (behaviour 2.18). */
export const NOTIFICATION_TYPES = ['donation_received', 'case_update', 'achievement_unlocked', 'campaign_ended', 'system'] as const;
export type NotificationType = (typeof NOTIFICATION_TYPES)[number];

type Text = readonly [title: string, message: string];

interface NoticeDefinition {
  type: NotificationType;
  /** Title and message in each language; `{name}` stands for a parameter. */
  texts: Readonly<Record<Locale, Text>>;
}

/** Every text that a person can be told, by key. */
const NOTICES = {
  'donation_received.one': {
    type: 'donation_received',
    texts: {
      en: ['A new donation', '{money} arrived for “{target}”.'],
      bg: ['Ново дарение', 'Получени са {money} за „{target}“.'],
      de: ['Eine neue Spende', '{money} sind für „{target}“ eingegangen.'],
      ru: ['Новое пожертвование', 'Получено {money} для «{target}».'],
      uk: ['Нова пожертва', 'Отримано {money} для «{target}».'],
    },
  },
  'donation_received.many': {
    type: 'donation_received',
    texts: {
      en: ['{count} new donations', '“{target}” has received {count} donations within an hour, {money} in all.'],
      bg: ['{count} нови дарения', '„{target}“ получи {count} дарения за един час, общо {money}.'],
      de: ['{count} neue Spenden', '„{target}“ hat innerhalb einer Stunde {count} Spenden erhalten, zusammen {money}.'],
      ru: ['Новых пожертвований: {count}', '«{target}»: за час пожертвований {count}, всего {money}.'],
      uk: ['Нових пожертв: {count}', '«{target}»: за годину пожертв {count}, разом {money}.'],
    },
  },
  donation_confirmed: {
    type: 'system',
    texts: {
      en: ['Thank you for your donation', 'Your {money} for “{target}” arrived. The receipt is with your donations.'],
      bg: ['Благодарим за дарението', 'Вашите {money} за „{target}“ пристигнаха. Разписката е при даренията Ви.'],
      de: ['Danke für deine Spende', 'Deine {money} für „{target}“ sind angekommen. Der Beleg liegt bei deinen Spenden.'],
      ru: ['Спасибо за пожертвование', 'Ваши {money} для «{target}» получены. Квитанция — в списке пожертвований.'],
      uk: ['Дякуємо за пожертву', 'Ваші {money} для «{target}» отримано. Квитанція — у списку пожертв.'],
    },
  },
  'donation_confirmed.plain': {
    type: 'system',
    texts: {
      en: ['Thank you for your donation', 'Your {money} arrived. The receipt is with your donations.'],
      bg: ['Благодарим за дарението', 'Вашите {money} пристигнаха. Разписката е при даренията Ви.'],
      de: ['Danke für deine Spende', 'Deine {money} sind angekommen. Der Beleg liegt bei deinen Spenden.'],
      ru: ['Спасибо за пожертвование', 'Ваши {money} получены. Квитанция — в списке пожертвований.'],
      uk: ['Дякуємо за пожертву', 'Ваші {money} отримано. Квитанція — у списку пожертв.'],
    },
  },
  case_update: {
    type: 'case_update',
    texts: {
      en: ['News of “{target}”', 'There is a new update on this case.'],
      bg: ['Новини за „{target}“', 'Има нова информация по този случай.'],
      de: ['Neues von „{target}“', 'Zu diesem Fall gibt es Neuigkeiten.'],
      ru: ['Новости: «{target}»', 'Появилось новое сообщение об этом случае.'],
      uk: ['Новини: «{target}»', 'З’явилося нове повідомлення про цей випадок.'],
    },
  },
  'donation_received.support': {
    type: 'donation_received',
    texts: {
      en: ['Somebody supports you', '{money} arrived as support for your rescues.'],
      bg: ['Някой Ви подкрепя', 'Получени са {money} в подкрепа на Вашата работа.'],
      de: ['Jemand unterstützt dich', '{money} sind zur Unterstützung deiner Rettungen eingegangen.'],
      ru: ['Вас поддерживают', 'Получено {money} в поддержку вашей работы.'],
      uk: ['Вас підтримують', 'Отримано {money} на підтримку вашої роботи.'],
    },
  },
  'decision.hide_case': {
    type: 'system',
    texts: {
      en: ['Your case is hidden', 'A moderator has hidden and closed your case. The reasons are with your decisions; you can appeal against it.'],
      bg: ['Вашият случай е скрит', 'Модератор скри и затвори Вашия случай. Мотивите са при решенията за Вас; можете да обжалвате.'],
      de: ['Dein Fall ist verborgen', 'Die Moderation hat deinen Fall verborgen und geschlossen. Die Gründe stehen bei deinen Entscheidungen; du kannst widersprechen.'],
      ru: ['Ваш случай скрыт', 'Модератор скрыл и закрыл ваш случай. Причины — в списке решений; решение можно обжаловать.'],
      uk: ['Ваш випадок приховано', 'Модератор приховав і закрив ваш випадок. Причини — у списку рішень; рішення можна оскаржити.'],
    },
  },
  'decision.hide_content': {
    type: 'system',
    texts: {
      en: ['Something you wrote was removed', 'A moderator has removed what you wrote. The reasons are with your decisions; you can appeal against it.'],
      bg: ['Ваш текст е премахнат', 'Модератор премахна написаното от Вас. Мотивите са при решенията за Вас; можете да обжалвате.'],
      de: ['Ein Beitrag von dir wurde entfernt', 'Die Moderation hat entfernt, was du geschrieben hast. Die Gründe stehen bei deinen Entscheidungen; du kannst widersprechen.'],
      ru: ['Ваш текст удалён', 'Модератор удалил написанное вами. Причины — в списке решений; решение можно обжаловать.'],
      uk: ['Ваш текст видалено', 'Модератор видалив написане вами. Причини — у списку рішень; рішення можна оскаржити.'],
    },
  },
  'decision.warn_user': {
    type: 'system',
    texts: {
      en: ['A warning', 'A moderator has warned you. The reasons are with your decisions; you can appeal against it.'],
      bg: ['Предупреждение', 'Модератор Ви предупреди. Мотивите са при решенията за Вас; можете да обжалвате.'],
      de: ['Eine Verwarnung', 'Die Moderation hat dich verwarnt. Die Gründe stehen bei deinen Entscheidungen; du kannst widersprechen.'],
      ru: ['Предупреждение', 'Модератор вынес вам предупреждение. Причины — в списке решений; решение можно обжаловать.'],
      uk: ['Попередження', 'Модератор виніс вам попередження. Причини — у списку рішень; рішення можна оскаржити.'],
    },
  },
  'decision.other': {
    type: 'system',
    texts: {
      en: ['A decision about your content', 'A moderator has decided about something of yours. The reasons are with your decisions.'],
      bg: ['Решение за Ваше съдържание', 'Модератор взе решение за Ваше съдържание. Мотивите са при решенията за Вас.'],
      de: ['Eine Entscheidung über deine Inhalte', 'Die Moderation hat über etwas von dir entschieden. Die Gründe stehen bei deinen Entscheidungen.'],
      ru: ['Решение о вашем материале', 'Модератор принял решение о вашем материале. Причины — в списке решений.'],
      uk: ['Рішення щодо вашого матеріалу', 'Модератор ухвалив рішення щодо вашого матеріалу. Причини — у списку рішень.'],
    },
  },
  'appeal.upheld': {
    type: 'system',
    texts: {
      en: ['Your appeal was looked at', 'Somebody else has looked at the decision again. It stands.'],
      bg: ['Вашата жалба е разгледана', 'Друг човек преразгледа решението. То остава в сила.'],
      de: ['Dein Widerspruch wurde geprüft', 'Jemand anderes hat die Entscheidung noch einmal geprüft. Sie bleibt bestehen.'],
      ru: ['Ваше обжалование рассмотрено', 'Решение пересмотрел другой человек. Оно остаётся в силе.'],
      uk: ['Ваше оскарження розглянуто', 'Рішення переглянула інша людина. Воно залишається чинним.'],
    },
  },
  'appeal.overturned': {
    type: 'system',
    texts: {
      en: ['Your appeal succeeded', 'Somebody else has looked at the decision again and taken it back.'],
      bg: ['Вашата жалба е уважена', 'Друг човек преразгледа решението и го отмени.'],
      de: ['Dein Widerspruch hatte Erfolg', 'Jemand anderes hat die Entscheidung noch einmal geprüft und zurückgenommen.'],
      ru: ['Ваше обжалование удовлетворено', 'Решение пересмотрел другой человек и отменил его.'],
      uk: ['Ваше оскарження задоволено', 'Рішення переглянула інша людина і скасувала його.'],
    },
  },
  'refund.succeeded': {
    type: 'system',
    texts: {
      en: ['Your donation was refunded', '{money} is on its way back to you. The credit note is with your receipts.'],
      bg: ['Дарението Ви е възстановено', '{money} се връщат към Вас. Кредитното известие е при разписките Ви.'],
      de: ['Deine Spende wurde erstattet', '{money} sind auf dem Weg zurück zu dir. Die Gutschrift liegt bei deinen Belegen.'],
      ru: ['Пожертвование возвращено', '{money} возвращаются к вам. Документ о возврате — среди ваших квитанций.'],
      uk: ['Пожертву повернено', '{money} повертаються до вас. Документ про повернення — серед ваших квитанцій.'],
    },
  },
  'refund.failed': {
    type: 'system',
    texts: {
      en: ['A refund did not reach you', 'Your bank did not take back {money}. Our staff will look into it.'],
      bg: ['Възстановяването не стигна до Вас', 'Банката Ви не прие {money} обратно. Екипът ни ще провери.'],
      de: ['Eine Erstattung kam nicht an', 'Deine Bank hat {money} nicht angenommen. Unser Team kümmert sich darum.'],
      ru: ['Возврат не дошёл', 'Ваш банк не принял {money}. Наши сотрудники разберутся.'],
      uk: ['Повернення не дійшло', 'Ваш банк не прийняв {money}. Наші співробітники розберуться.'],
    },
  },
  'subscription_ended.case_closed': {
    type: 'system',
    texts: {
      en: ['Your regular support has ended', 'The case that you supported with {money} is closed. Nothing more will be charged.'],
      bg: ['Редовната Ви подкрепа приключи', 'Случаят, който подкрепяхте с {money}, е затворен. Повече няма да Ви бъде таксувано.'],
      de: ['Deine regelmäßige Unterstützung ist beendet', 'Der Fall, den du mit {money} unterstützt hast, ist abgeschlossen. Es wird nichts mehr abgebucht.'],
      ru: ['Регулярная поддержка завершена', 'Случай, который вы поддерживали суммой {money}, закрыт. Списаний больше не будет.'],
      uk: ['Регулярну підтримку завершено', 'Випадок, який ви підтримували сумою {money}, закрито. Списань більше не буде.'],
    },
  },
  'subscription_ended.payment': {
    type: 'system',
    texts: {
      en: ['Your regular support has ended', 'The payment of {money} did not go through, so your support was ended.'],
      bg: ['Редовната Ви подкрепа приключи', 'Плащането на {money} не успя и подкрепата Ви беше прекратена.'],
      de: ['Deine regelmäßige Unterstützung ist beendet', 'Die Zahlung von {money} ist nicht gelungen; deine Unterstützung wurde beendet.'],
      ru: ['Регулярная поддержка завершена', 'Платёж {money} не прошёл, поддержка прекращена.'],
      uk: ['Регулярну підтримку завершено', 'Платіж {money} не пройшов, підтримку припинено.'],
    },
  },
  'subscription_ended.other': {
    type: 'system',
    texts: {
      en: ['Your regular support has ended', 'Your support of {money} was ended. Nothing more will be charged.'],
      bg: ['Редовната Ви подкрепа приключи', 'Подкрепата Ви от {money} беше прекратена. Повече няма да Ви бъде таксувано.'],
      de: ['Deine regelmäßige Unterstützung ist beendet', 'Deine Unterstützung von {money} wurde beendet. Es wird nichts mehr abgebucht.'],
      ru: ['Регулярная поддержка завершена', 'Ваша поддержка {money} прекращена. Списаний больше не будет.'],
      uk: ['Регулярну підтримку завершено', 'Вашу підтримку {money} припинено. Списань більше не буде.'],
    },
  },
  subscription_late: {
    type: 'system',
    texts: {
      en: ['A payment did not go through', 'Your support of {money} could not be charged. It will be tried again; please check how you pay.'],
      bg: ['Плащането не успя', 'Подкрепата Ви от {money} не можа да бъде таксувана. Ще опитаме отново; моля, проверете начина на плащане.'],
      de: ['Eine Zahlung ist nicht gelungen', 'Deine Unterstützung von {money} konnte nicht abgebucht werden. Es wird noch einmal versucht; bitte prüfe deine Zahlungsart.'],
      ru: ['Платёж не прошёл', 'Не удалось списать {money} вашей поддержки. Попытка повторится; проверьте способ оплаты.'],
      uk: ['Платіж не пройшов', 'Не вдалося списати {money} вашої підтримки. Спробу буде повторено; перевірте спосіб оплати.'],
    },
  },
  campaign_ended: {
    type: 'campaign_ended',
    texts: {
      en: ['“{target}” has ended', 'The campaign is over. Thank you to everybody who took part.'],
      bg: ['„{target}“ приключи', 'Кампанията завърши. Благодарим на всички, които се включиха.'],
      de: ['„{target}“ ist beendet', 'Die Kampagne ist vorbei. Danke an alle, die mitgemacht haben.'],
      ru: ['«{target}»: сбор завершён', 'Кампания окончена. Спасибо всем, кто участвовал.'],
      uk: ['«{target}»: збір завершено', 'Кампанію завершено. Дякуємо всім, хто долучився.'],
    },
  },
  campaign_cases_closed: {
    type: 'system',
    texts: {
      en: ['Close “{target}”?', 'All cases of this campaign are closed. You may want to close the campaign as well.'],
      bg: ['Да приключи ли „{target}“?', 'Всички случаи в тази кампания са затворени. Може би искате да затворите и нея.'],
      de: ['„{target}“ beenden?', 'Alle Fälle dieser Kampagne sind abgeschlossen. Vielleicht möchtest du auch die Kampagne beenden.'],
      ru: ['Завершить «{target}»?', 'Все случаи этой кампании закрыты. Возможно, пора закрыть и её.'],
      uk: ['Завершити «{target}»?', 'Усі випадки цієї кампанії закрито. Можливо, час закрити й її.'],
    },
  },
  'invoice.paid': {
    type: 'system',
    texts: {
      en: ['A clinic was paid', '{money} was paid to the clinic out of what the case holds.'],
      bg: ['Клиниката е платена', '{money} бяха платени на клиниката от събраното за случая.'],
      de: ['Eine Klinik wurde bezahlt', '{money} wurden der Klinik aus den Spenden des Falls bezahlt.'],
      ru: ['Клинике заплатили', 'Клинике выплачено {money} из собранного для случая.'],
      uk: ['Клініці заплатили', 'Клініці виплачено {money} із зібраного для випадку.'],
    },
  },
  'invoice.rejected': {
    type: 'system',
    texts: {
      en: ['Your invoice was not accepted', 'The invoice over {money} will not be paid. The reason is with it.'],
      bg: ['Фактурата Ви не е приета', 'Фактурата за {money} няма да бъде платена. Причината е при нея.'],
      de: ['Deine Rechnung wurde nicht angenommen', 'Die Rechnung über {money} wird nicht bezahlt. Der Grund steht dabei.'],
      ru: ['Ваш счёт не принят', 'Счёт на {money} не будет оплачен. Причина указана при нём.'],
      uk: ['Ваш рахунок не прийнято', 'Рахунок на {money} не буде оплачено. Причину зазначено при ньому.'],
    },
  },
  'claim.approved': {
    type: 'system',
    texts: {
      en: ['“{target}” is yours to run', 'Your claim was approved. You can edit the listing now.'],
      bg: ['„{target}“ вече се управлява от Вас', 'Заявката Ви е одобрена. Можете да редактирате обявата.'],
      de: ['„{target}“ gehört jetzt zu dir', 'Dein Anspruch wurde bestätigt. Du kannst den Eintrag jetzt bearbeiten.'],
      ru: ['«{target}» теперь ведёте вы', 'Ваша заявка одобрена. Теперь вы можете править запись.'],
      uk: ['«{target}» тепер ведете ви', 'Вашу заявку схвалено. Тепер ви можете редагувати запис.'],
    },
  },
  'claim.rejected': {
    type: 'system',
    texts: {
      en: ['Your claim on “{target}” was rejected', 'The reason is with your claims. You can appeal against it with new evidence within 7 days.'],
      bg: ['Заявката Ви за „{target}“ е отхвърлена', 'Причината е при заявките Ви. Можете да обжалвате с нови доказателства до 7 дни.'],
      de: ['Dein Anspruch auf „{target}“ wurde abgelehnt', 'Der Grund steht bei deinen Ansprüchen. Du kannst binnen 7 Tagen mit neuen Belegen widersprechen.'],
      ru: ['Ваша заявка на «{target}» отклонена', 'Причина — среди ваших заявок. В течение 7 дней её можно обжаловать с новыми доказательствами.'],
      uk: ['Вашу заявку на «{target}» відхилено', 'Причина — серед ваших заявок. Протягом 7 днів її можна оскаржити з новими доказами.'],
    },
  },
  'claim.lost': {
    type: 'system',
    texts: {
      en: ['“{target}” is run by somebody else now', 'A claim on it was approved after you were heard.'],
      bg: ['„{target}“ вече се управлява от друг', 'Заявка за нея беше одобрена, след като бяхте изслушани.'],
      de: ['„{target}“ wird jetzt von jemand anderem geführt', 'Ein Anspruch darauf wurde bestätigt, nachdem du gehört wurdest.'],
      ru: ['«{target}» теперь ведёт другой человек', 'Заявка на неё одобрена после того, как вас выслушали.'],
      uk: ['«{target}» тепер веде інша людина', 'Заявку на неї схвалено після того, як вас вислухали.'],
    },
  },
  'claim.contested': {
    type: 'system',
    texts: {
      en: ['Somebody claims “{target}”', 'Somebody says that it is theirs to run. We decide after {date}; write to us before.'],
      bg: ['Някой претендира за „{target}“', 'Друг твърди, че той я управлява. Ще решим след {date}; пишете ни дотогава.'],
      de: ['Jemand beansprucht „{target}“', 'Jemand sagt, dass der Eintrag ihm gehört. Wir entscheiden nach dem {date}; schreib uns vorher.'],
      ru: ['На «{target}» поступила заявка', 'Другой человек утверждает, что ведёт её он. Мы решим после {date}; напишите нам до этого.'],
      uk: ['На «{target}» надійшла заявка', 'Інша людина стверджує, що веде її вона. Ми вирішимо після {date}; напишіть нам до цього.'],
    },
  },
  'claim.question': {
    type: 'system',
    texts: {
      en: ['A question about your claim', 'We need to know something about your claim on “{target}”. The clock stands until you answer.'],
      bg: ['Въпрос за Вашата заявка', 'Трябва да научим нещо за заявката Ви за „{target}“. Срокът е спрян, докато отговорите.'],
      de: ['Eine Frage zu deinem Anspruch', 'Wir müssen etwas zu deinem Anspruch auf „{target}“ wissen. Die Frist ruht, bis du antwortest.'],
      ru: ['Вопрос о вашей заявке', 'Нам нужно уточнить вашу заявку на «{target}». Срок остановлен до вашего ответа.'],
      uk: ['Питання щодо вашої заявки', 'Нам потрібно уточнити вашу заявку на «{target}». Термін зупинено до вашої відповіді.'],
    },
  },
  transport_requested: {
    type: 'system',
    texts: {
      en: ['A ride is needed in {city}', 'An animal has to be driven. Can you help?'],
      bg: ['Нужен е транспорт в {city}', 'Едно животно трябва да бъде превозено. Можете ли да помогнете?'],
      de: ['Eine Fahrt wird gebraucht: {city}', 'Ein Tier muss gefahren werden. Kannst du helfen?'],
      ru: ['Нужна перевозка: {city}', 'Животное нужно отвезти. Вы можете помочь?'],
      uk: ['Потрібне перевезення: {city}', 'Тварину треба відвезти. Чи можете ви допомогти?'],
    },
  },
  adoption_interest: {
    type: 'system',
    texts: {
      en: ['Somebody is interested', 'Somebody would like to give a home to an animal that you list.'],
      bg: ['Някой проявява интерес', 'Някой иска да даде дом на животно от Вашите обяви.'],
      de: ['Jemand interessiert sich', 'Jemand möchte einem Tier aus deinen Anzeigen ein Zuhause geben.'],
      ru: ['Есть интерес', 'Кто-то хочет взять животное из ваших объявлений.'],
      uk: ['Є зацікавлення', 'Хтось хоче взяти тварину з ваших оголошень.'],
    },
  },
} as const satisfies Record<string, NoticeDefinition>;

export type NoticeKey = keyof typeof NOTICES;

export const NOTICE_KEYS = Object.keys(NOTICES) as NoticeKey[];

export const noticeType = (key: NoticeKey): NotificationType => NOTICES[key].type;

/**
 * A text in a language, filled; English where it is not one of ours.
 * @throws when the text asks for a parameter that it was not given
 */
export function noticeText(key: NoticeKey, language: string, params: NoticeParams): { title: string; message: string } {
  const locale = LOCALES.find((known) => known === language) ?? 'en';
  const [title, message] = NOTICES[key].texts[locale];
  return { title: fill(title, locale, params), message: fill(message, locale, params) };
}

function fill(text: string, locale: Locale, params: NoticeParams): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`A notification asks for ${name}, which it was not given`);
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return value.toLocaleString(locale);
    return 'day' in value ? new Date(value.day).toLocaleDateString(locale, { dateStyle: 'long', timeZone: 'UTC' }) : formatMoney(value, locale);
  });
}
