import { Controller, Get, Header, Headers, Inject, Param, Query, UseFilters } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Public } from '../../../platform/auth/access.js';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { Throws } from '../../../platform/http/throws.js';
import { IdPipe } from '../../../platform/http/validation.pipe.js';
import { CaseNotFound } from '../cases/index.js';
import { SharePageFilter } from './share-page.filter.js';
import { chooseLocale, SHARE_HEADERS, SharePages } from './share-pages.js';
import { SharePageQuery, SitemapQuery } from './share.dto.js';
import { ShareQueries } from './share.queries.js';

/** Progress moves while a link goes round, so caches keep a page for a minute only. */
const A_MINUTE = 'public, max-age=60';
const FIVE_MINUTES = 'public, max-age=300';

@ApiTags('Share')
@Controller()
@Public()
export class ShareController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly queries: ShareQueries,
    private readonly pages: SharePages,
  ) {}

  /** A case as a page of its own, for links in messages and posts: Open Graph and Twitter tags, picture, progress, last updates. */
  @Get('share/case/:id')
  @UseFilters(SharePageFilter)
  @Throws(CaseNotFound)
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Cache-Control', A_MINUTE)
  @Header('Vary', SHARE_HEADERS.vary)
  @Header('Content-Security-Policy', SHARE_HEADERS.policy)
  @ApiHeader({ name: 'accept-language', required: false, description: 'What the browser prefers, where the address does not name a locale', schema: { type: 'string' } })
  @ApiProduces('text/html')
  @ApiOkResponse({ description: 'The page', schema: { type: 'string' } })
  async showCase(@Param('id', IdPipe) id: string, @Query() query: SharePageQuery, @Headers('accept-language') accepted?: string): Promise<string> {
    const locale = chooseLocale(query.locale, accepted);
    return this.pages.case(await this.queries.sharedCase(id, locale), locale, query.locale !== undefined);
  }

  /** The share pages of all public cases with the time of their last change; beyond 50,000 an index of parts. */
  @Get('sitemap.xml')
  @Header('Content-Type', 'application/xml; charset=utf-8')
  @Header('Cache-Control', FIVE_MINUTES)
  @ApiProduces('application/xml')
  @ApiOkResponse({ description: 'Sitemap or sitemap index', schema: { type: 'string' } })
  async sitemap(@Query() { from }: SitemapQuery): Promise<string> {
    return this.pages.sitemap(from ? { cases: await this.queries.sitemapPart(from) } : await this.queries.sitemap());
  }

  /** What crawlers may read: share pages and pictures, neither the API nor the back office. */
  @Get('robots.txt')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @Header('Cache-Control', FIVE_MINUTES)
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: 'Rules for crawlers', schema: { type: 'string' } })
  robots(): string {
    const rules = ['User-agent: *', 'Allow: /share/', 'Allow: /v1/files/', 'Disallow: /admin', 'Disallow: /v1', '', `Sitemap: ${this.config.appOrigin}/sitemap.xml`];
    return `${rules.join('\n')}\n`;
  }
}
