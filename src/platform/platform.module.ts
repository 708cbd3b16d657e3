import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ClsModule } from 'nestjs-cls';
import { LoggerModule } from 'nestjs-pino';
import type { IncomingMessage } from 'node:http';
import { Alert } from './alerts/alert.entity.js';
import { Alerts } from './alerts/alerts.js';
import { AuditAnchors } from './audit/audit-anchors.js';
import { AuditChain } from './audit/audit-chain.js';
import { AuditController } from './audit/audit.admin.controller.js';
import { AuditQueries } from './audit/audit.queries.js';
import { AuditLog } from './audit/audit-log.entity.js';
import { AuditWorker } from './audit/audit.worker.js';
import { AccessGuard } from './auth/access.guard.js';
import { JwtStrategy } from './auth/jwt.strategy.js';
import { LocalIssuer } from './auth/local-issuer.js';
import { BackofficeResourcesModule } from './backoffice/index.js';
import { Clock } from './clock.js';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { Database } from './database/database.js';
import { DATABASE_URL } from './database/database-url.js';
import { PgListener } from './database/listener.js';
import { SnakeNaming } from './database/naming.js';
import { LiveEvent } from './events/live-event.entity.js';
import { LiveEvents } from './events/live-events.js';
import { FilesModule } from './files/files.module.js';
import { HealthController } from './health/health.controller.js';
import { Readiness } from './health/readiness.js';
import { IdempotencyInterceptor } from './idempotency/idempotency.interceptor.js';
import { IdempotencyKey } from './idempotency/idempotency-key.entity.js';
import { ClientLimiter } from './limits/client-limiter.js';
import { QuotaInterceptor } from './limits/quota.interceptor.js';
import { Quotas } from './limits/quotas.js';
import { logging } from './logging.js';
import { MailModule } from './mail/mail.module.js';
import { Metrics } from './metrics/metrics.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { InboxReceipt } from './outbox/inbox-receipt.entity.js';
import { OutboxEvent } from './outbox/outbox-event.entity.js';
import { OutboxRelay } from './outbox/outbox.relay.js';
import { platformResources } from './platform.admin.js';
import { QueueModule } from './queue/queue.module.js';
import { InstallationSecret } from './secrets/installation-secret.entity.js';
import { InstallationSecrets } from './secrets/installation-secrets.js';

const SERVICES = [
  Alerts, AuditQueries, Clock, Database, PgListener, InstallationSecrets, AuditAnchors, AuditChain, LiveEvents, LocalIssuer, ClientLimiter, Quotas, Metrics, OutboxRelay, Readiness,
];

/** Everything that knows no domain. */
@Global()
@Module({})
export class PlatformModule {
  /** @param databaseUrl the primary Postgres, given or embedded */
  static with(config: Config, databaseUrl: string): DynamicModule {
    return {
      module: PlatformModule,
      imports: [
        ConfigModule.with(config),
        DiscoveryModule,
        LoggerModule.forRoot(logging(config)),
        ClsModule.forRoot({ global: true, middleware: { mount: true, generateId: true, idGenerator: requestId } }),
        TypeOrmModule.forRoot({
          type: 'postgres',
          url: databaseUrl,
          autoLoadEntities: true,
          namingStrategy: new SnakeNaming(),
          applicationName: 'pawtreon',
          logging: false,
          // Migrations do; the application's role may not.
          installExtensions: false,
          retryAttempts: 0,
          extra: { max: config.databasePoolSize, connectionTimeoutMillis: 5_000, statement_timeout: 15_000, keepAlive: true, options: SESSION_OPTIONS },
        }),
        TypeOrmModule.forFeature([Alert, AuditLog, OutboxEvent, InboxReceipt, LiveEvent, IdempotencyKey, InstallationSecret]),
        QueueModule.forRoot(),
        QueueModule.forContext('platform'),
        FilesModule,
        BackofficeResourcesModule.forFeature(platformResources),
        MailModule,
      ],
      controllers: [HealthController, MetricsController, AuditController],
      providers: [
        ...SERVICES,
        AuditWorker,
        JwtStrategy,
        { provide: DATABASE_URL, useValue: databaseUrl },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
        { provide: APP_INTERCEPTOR, useClass: QuotaInterceptor },
      ],
      exports: [...SERVICES, DATABASE_URL],
    };
  }
}

/** How alike two words have to be for a search with typos: one letter wrong in five still counts. */
const SESSION_OPTIONS = '-c pg_trgm.word_similarity_threshold=0.45';

const requestId = (request: IncomingMessage & { id?: string }): string => request.id ?? '';
