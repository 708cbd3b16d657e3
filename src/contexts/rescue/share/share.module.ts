import { Module } from '@nestjs/common';
import { SharePages } from './share-pages.js';
import { ShareController } from './share.controller.js';
import { ShareQueries } from './share.queries.js';

/** Public cases as pages for links and crawlers. */
@Module({ controllers: [ShareController], providers: [SharePages, ShareQueries] })
export class ShareModule {}
