import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { viewsFolder } from '../views.js';
import { Mailer } from './mailer.js';
import { MailTemplates } from './mail-templates.js';

/** Mail through SMTP when `SMTP_URL` is set, else captured as .eml files under `DATA_DIR/mail`. */
@Global()
@Module({
  providers: [
    {
      provide: Mailer,
      inject: [CONFIG],
      useFactory: (config: Config) => new Mailer({ smtpUrl: config.smtpUrl, from: config.mailFrom, captureDir: join(config.dataDir, 'mail') }),
    },
    { provide: MailTemplates, useFactory: () => new MailTemplates(viewsFolder('mail')) },
  ],
  exports: [Mailer, MailTemplates],
})
export class MailModule {}
