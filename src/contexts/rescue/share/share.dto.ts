import { Transform } from 'class-transformer';
import { IsOptional, IsUUID } from 'class-validator';
import { LOCALES, type Locale } from '../../../platform/config/config.js';

/** `de-AT` asks for `de`; what is not known is as good as nothing, so that no link is ever refused for it. */
const knownLocale = ({ value }: { value: unknown }): Locale | undefined => LOCALES.find((locale) => typeof value === 'string' && value.toLowerCase().split(/[-_]/)[0] === locale);

/** In which language the page is wanted. */
export class SharePageQuery {
  /** Language of the page: `en`, `bg`, `uk`, `ru` or `de`; without it `Accept-Language` decides, and else it is English. @example bg */
  @IsOptional() @Transform(knownLocale)
  locale?: Locale;
}

/** Which part of the sitemap. */
export class SitemapQuery {
  /** First case of the part, as the index of a large sitemap names it. */
  @IsOptional() @IsUUID()
  from?: string;
}
