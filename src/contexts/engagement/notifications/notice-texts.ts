import { LOCALES, type Locale } from '../../../platform/config/config.js';
import { formatMoney, type Money } from '../../../platform/money/money.js';

/** What a text is filled with; kept with the notification. */
export type NoticeParams = Record<string, string | number | Money>;

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
    return typeof value === 'number' ? value.toLocaleString(locale) : formatMoney(value, locale);
  });
}
