import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { Eta } from 'eta';
import { LOCALES, type Config, type Locale } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { preferredLanguage } from '../../../platform/http/accept-language.js';
import { formatMoney } from '../../../platform/money/money.js';
import { viewsFolder } from '../../../platform/views.js';
import { SHARE_TEXTS } from './share-texts.js';
import type { SharedCase, SitemapEntry } from './share.queries.js';

const FOLDER = viewsFolder('share');
const CSS = readFileSync(join(FOLDER, 'share.css'), 'utf8');

/** How locales are called in Open Graph. */
const TERRITORIES: Record<Locale, string> = { en: 'en_US', bg: 'bg_BG', uk: 'uk_UA', ru: 'ru_RU', de: 'de_DE' };

/** Each language by its own name, for the picker. */
const NATIVE_NAMES: Record<Locale, string> = { en: 'English', bg: 'Български', uk: 'Українська', ru: 'Русский', de: 'Deutsch' };

/** What previews show of a description, in characters. */
const SUMMARY_LENGTH = 180;

export const SHARE_HEADERS = {
  /** No script at all, the page's own style, pictures from here, and the icon. */
  policy: [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(CSS).digest('base64')}'`,
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  vary: 'Accept-Language, Accept',
};

/** Behaviour 3.5: what the link asks for, else what the browser prefers, else English. */
export function chooseLocale(asked: unknown, acceptLanguage: string | undefined): Locale {
  return LOCALES.find((locale) => locale === asked) ?? preferredLanguage(acceptLanguage, LOCALES) ?? 'en';
}

/** Renders the views of `views/share`. */
@Injectable()
export class SharePages {
  private readonly eta = new Eta({ views: FOLDER, cache: true });
  private readonly origin: string;

  constructor(@Inject(CONFIG) config: Config) {
    this.origin = config.appOrigin;
  }

  /** @param asked whether the address names the locale; a preview then stays in it */
  case(shared: SharedCase, locale: Locale, asked: boolean): string {
    const texts = SHARE_TEXTS[locale];
    const address = `${this.origin}/share/case/${shared.id}`;
    const current = formatMoney({ amount: shared.current, currency: shared.currency }, locale);
    const goal = formatMoney({ amount: shared.goal, currency: shared.currency }, locale);
    const percent = new Intl.NumberFormat(locale, { style: 'percent' }).format(Math.floor((shared.current * 100) / shared.goal) / 100);
    const raised = texts.raised(current, goal);
    return this.page('case', locale, {
      shared,
      raised,
      percent,
      summary: `${shared.city} · ${raised} (${percent}). ${shorten(shared.description)}`,
      title: `${shared.title} · Pawtreon`,
      status: texts.status[shared.status === 'closed' ? shared.lifecycleStage : shared.status] ?? texts.status.closed_other,
      badge: texts.verification[shared.verificationStatus],
      foreign: !shared.translated && shared.language !== locale,
      textLanguage: shared.translated ? locale : shared.language,
      picture: `/v1/files/${shared.image}`,
      pictureAddress: `${this.origin}/v1/files/${shared.image}`,
      appAddress: `${this.origin}/case/${shared.id}`,
      canonical: asked ? `${address}?locale=${locale}` : address,
      address,
      territory: TERRITORIES[locale],
      otherTerritories: LOCALES.filter((other) => other !== locale).map((other) => TERRITORIES[other]),
      day: (moment: string | Date) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(moment)),
    });
  }

  /** The page of a case that is not there for the public. */
  missing(locale: Locale): string {
    return this.page('missing', locale, { title: `${SHARE_TEXTS[locale].missing.title} · Pawtreon` });
  }

  /** A sitemap of cases, or the index of its parts. */
  sitemap(content: { cases: SitemapEntry[] } | { parts: SitemapEntry[] }): string {
    return this.eta.render('cases' in content ? './sitemap' : './sitemap-index', { ...content, origin: this.origin });
  }

  private page(view: 'case' | 'missing', locale: Locale, data: object): string {
    return this.eta.render(`./${view}`, { ...data, locale, texts: SHARE_TEXTS[locale], locales: LOCALES, names: NATIVE_NAMES, origin: this.origin, css: CSS });
  }
}

/** One line, cut after a word. */
function shorten(text: string): string {
  const characters = [...text.replace(/\s+/g, ' ').trim()];
  if (characters.length <= SUMMARY_LENGTH) return characters.join('');
  return `${characters.slice(0, SUMMARY_LENGTH).join('').replace(/\s+\S*$/, '')} …`;
}
