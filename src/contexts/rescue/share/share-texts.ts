import type { Locale } from '../../../platform/config/config.js';
import type { CaseStatus, LifecycleStage, VerificationStatus } from '../cases/index.js';

/** What a share page says in its own words. */
export interface ShareTexts {
  raised: (current: string, goal: string) => string;
  progress: string;
  /** By funding status; a closed case by the stage that it ended in. */
  status: Partial<Record<CaseStatus | LifecycleStage, string>> & { closed_other: string };
  verification: Record<VerificationStatus, { label: string; meaning: string }>;
  clinic: string;
  story: string;
  updates: string;
  noUpdates: string;
  donate: string;
  open: string;
  foreign: string;
  languages: string;
  footer: string;
  missing: { title: string; text: string; home: string };
}

/** Behaviour 3.5: the five locales. */
export const SHARE_TEXTS: Record<Locale, ShareTexts> = {
  en: {
    raised: (current, goal) => `${current} raised of ${goal}`,
    progress: 'Raised so far',
    status: {
      active: 'Raising funds',
      funded: 'Goal reached',
      closed_success: 'Closed: recovered and safe',
      closed_transferred: 'Closed: handed over',
      closed_other: 'Closed',
    },
    verification: {
      unverified: { label: 'Unverified', meaning: 'Nobody has confirmed this case yet.' },
      community: { label: 'Confirmed by the community', meaning: 'Trusted members of the community vouch for this case.' },
      clinic: { label: 'Confirmed by a clinic', meaning: 'A verified clinic confirms the treatment.' },
    },
    clinic: 'Clinic',
    story: 'The story',
    updates: 'Latest updates',
    noUpdates: 'No updates yet.',
    donate: 'Help now',
    open: 'Open in Pawtreon',
    foreign: 'The text is shown in its original language.',
    languages: 'Language',
    footer: 'Rescue cases, evidence and donations that anyone can follow.',
    missing: { title: 'This case is not here', text: 'It may have been removed, or the link is not complete.', home: 'To Pawtreon' },
  },
  bg: {
    raised: (current, goal) => `Събрани ${current} от ${goal}`,
    progress: 'Събрано досега',
    status: {
      active: 'Набира средства',
      funded: 'Целта е постигната',
      closed_success: 'Приключен: животното е спасено',
      closed_transferred: 'Приключен: предаден на други грижи',
      closed_other: 'Приключен',
    },
    verification: {
      unverified: { label: 'Непотвърден', meaning: 'Още никой не е потвърдил този случай.' },
      community: { label: 'Потвърден от общността', meaning: 'Доверени членове на общността гарантират за този случай.' },
      clinic: { label: 'Потвърден от клиника', meaning: 'Проверена клиника потвърждава лечението.' },
    },
    clinic: 'Клиника',
    story: 'Историята',
    updates: 'Последни новини',
    noUpdates: 'Още няма новини.',
    donate: 'Помогнете сега',
    open: 'Отворете в Pawtreon',
    foreign: 'Текстът е на езика на оригинала.',
    languages: 'Език',
    footer: 'Спасяване, доказателства и дарения, които всеки може да проследи.',
    missing: { title: 'Този случай не е тук', text: 'Може да е премахнат или връзката да не е пълна.', home: 'Към Pawtreon' },
  },
  uk: {
    raised: (current, goal) => `Зібрано ${current} з ${goal}`,
    progress: 'Зібрано на цей час',
    status: {
      active: 'Триває збір коштів',
      funded: 'Мету досягнуто',
      closed_success: 'Закрито: тварину врятовано',
      closed_transferred: 'Закрито: передано під іншу опіку',
      closed_other: 'Закрито',
    },
    verification: {
      unverified: { label: 'Не підтверджено', meaning: 'Цей випадок ще ніхто не підтвердив.' },
      community: { label: 'Підтверджено спільнотою', meaning: 'За цей випадок ручаються надійні учасники спільноти.' },
      clinic: { label: 'Підтверджено клінікою', meaning: 'Перевірена клініка підтверджує лікування.' },
    },
    clinic: 'Клініка',
    story: 'Історія',
    updates: 'Останні новини',
    noUpdates: 'Новин ще немає.',
    donate: 'Допомогти зараз',
    open: 'Відкрити в Pawtreon',
    foreign: 'Текст показано мовою оригіналу.',
    languages: 'Мова',
    footer: 'Порятунок, докази й пожертви, за якими може стежити кожен.',
    missing: { title: 'Цього випадку тут немає', text: 'Можливо, його вилучено або посилання неповне.', home: 'До Pawtreon' },
  },
  ru: {
    raised: (current, goal) => `Собрано ${current} из ${goal}`,
    progress: 'Собрано на данный момент',
    status: {
      active: 'Идёт сбор средств',
      funded: 'Цель достигнута',
      closed_success: 'Закрыт: животное спасено',
      closed_transferred: 'Закрыт: передано под другую опеку',
      closed_other: 'Закрыт',
    },
    verification: {
      unverified: { label: 'Не подтверждён', meaning: 'Этот случай ещё никто не подтвердил.' },
      community: { label: 'Подтверждён сообществом', meaning: 'За этот случай ручаются надёжные участники сообщества.' },
      clinic: { label: 'Подтверждён клиникой', meaning: 'Проверенная клиника подтверждает лечение.' },
    },
    clinic: 'Клиника',
    story: 'История',
    updates: 'Последние новости',
    noUpdates: 'Новостей пока нет.',
    donate: 'Помочь сейчас',
    open: 'Открыть в Pawtreon',
    foreign: 'Текст показан на языке оригинала.',
    languages: 'Язык',
    footer: 'Спасение, доказательства и пожертвования, за которыми может следить каждый.',
    missing: { title: 'Этого случая здесь нет', text: 'Возможно, он удалён или ссылка неполная.', home: 'К Pawtreon' },
  },
  de: {
    raised: (current, goal) => `${current} von ${goal} gesammelt`,
    progress: 'Bisher gesammelt',
    status: {
      active: 'Sammelt Spenden',
      funded: 'Ziel erreicht',
      closed_success: 'Abgeschlossen: gerettet und in Sicherheit',
      closed_transferred: 'Abgeschlossen: in andere Hände übergeben',
      closed_other: 'Abgeschlossen',
    },
    verification: {
      unverified: { label: 'Nicht bestätigt', meaning: 'Diesen Fall hat noch niemand bestätigt.' },
      community: { label: 'Von der Gemeinschaft bestätigt', meaning: 'Vertrauenswürdige Mitglieder stehen für diesen Fall ein.' },
      clinic: { label: 'Von einer Klinik bestätigt', meaning: 'Eine geprüfte Klinik bestätigt die Behandlung.' },
    },
    clinic: 'Klinik',
    story: 'Die Geschichte',
    updates: 'Neueste Meldungen',
    noUpdates: 'Noch keine Meldungen.',
    donate: 'Jetzt helfen',
    open: 'In Pawtreon öffnen',
    foreign: 'Der Text steht in seiner Originalsprache.',
    languages: 'Sprache',
    footer: 'Rettungsfälle, Belege und Spenden, die jeder verfolgen kann.',
    missing: { title: 'Diesen Fall gibt es hier nicht', text: 'Vielleicht wurde er entfernt, oder der Link ist unvollständig.', home: 'Zu Pawtreon' },
  },
};
