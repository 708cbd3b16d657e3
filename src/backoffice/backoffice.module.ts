import { type DynamicModule, Logger, Module, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import type { RequestListener } from 'node:http';
import type { DataSource } from 'typeorm';
import { BackofficeRegistry, BackofficeRegistryModule, BackofficeResourcesModule } from '../platform/backoffice/index.js';
import type { Backoffice, BackofficeOptions } from './create-backoffice.js';
import { assertDeclaration } from './resources/assert-declaration.js';
import { StaffAccount } from './staff/staff-account.entity.js';
import { staffAccountResource } from './staff/staff.admin.js';
import { StaffAccountsService } from './staff/staff-accounts.service.js';

const logger = new Logger('Backoffice');

/** The back office: stands above all contexts and knows them only through what they declare. */
@Module({})
export class BackofficeModule {
  static register(): DynamicModule {
    return {
      module: BackofficeModule,
      imports: [TypeOrmModule.forFeature([StaffAccount]), BackofficeRegistryModule, BackofficeResourcesModule.forFeature([staffAccountResource])],
      providers: [
        {
          provide: StaffAccountsService,
          inject: [getDataSourceToken()],
          useFactory: (dataSource: DataSource) => new StaffAccountsService(dataSource),
        },
      ],
      exports: [StaffAccountsService],
    };
  }
}

export type MountOptions = Pick<BackofficeOptions, 'pool' | 'sessionSecret' | 'secureCookies' | 'trustProxy' | 'onAct'>;

/**
 * Mounts the back office at `/admin`; to be called before the application listens. Declarations are
 * checked at once, while AdminJS is loaded by the first request: importing it takes over a second.
 */
export function mountBackoffice(app: NestFastifyApplication, options: MountOptions): { close(): Promise<void> } {
  const rootPath = '/admin';
  const dataSource = app.get<DataSource>(getDataSourceToken());
  const resources = app.get(BackofficeRegistry, { strict: false }).all();
  for (const declaration of resources) assertDeclaration(declaration, dataSource);

  let backoffice: Promise<Backoffice> | null = null;
  const load = async (): Promise<Backoffice> => {
    const { createBackoffice } = await import('./create-backoffice.js');
    return createBackoffice({
      ...options,
      rootPath,
      dataSource,
      resources,
      staff: app.get(StaffAccountsService, { strict: false }),
      get: <T>(provider: Type<T>) => app.get(provider, { strict: false }),
    });
  };
  const handler: RequestListener = (request, response) => {
    backoffice ??= load();
    backoffice.then(
      (loaded) => loaded.handler(request, response),
      (error: unknown) => {
        backoffice = null;
        response.writeHead(503, { 'Content-Type': 'text/plain', 'Retry-After': '5' });
        response.end('The back office could not be started.');
        logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      },
    );
  };
  app.use(rootPath, handler);
  return { close: async () => (await backoffice)?.close() };
}
