import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { StaffAct } from '../../src/backoffice/audit.js';
import { BackofficeModule, mountBackoffice } from '../../src/backoffice/backoffice.module.js';
import { StaffAccount } from '../../src/backoffice/staff/staff-account.entity.js';
import { StaffAccountsService } from '../../src/backoffice/staff/staff-accounts.service.js';
import { User } from '../../src/contexts/identity/users/user.entity.js';
import { BackofficeResourcesModule, type StaffRole } from '../../src/platform/backoffice/index.js';
import { FilesService } from '../../src/platform/files/files.service.js';
import { idOf, scratchEntities, scratchFiles, scratchResources, Shelter, Specimen, specimen, SpecimenEvent, SpecimenVote } from './backoffice-scratch.js';
import { createScratchDatabase, type ScratchDatabase } from './scratch-database.js';
import { PASSWORD } from './staff-client.js';

/** A Nest application on Fastify with nothing but the back office over the scratch tables. */
export interface BackofficeApp {
  url: string;
  database: ScratchDatabase;
  staff: StaffAccountsService;
  /** Everything reported to the audit log so far. */
  audit: StaffAct[];
  close(): Promise<void>;
}

/** Starts it, with one account for each role: superadmin@example.org and so on, all with {@link PASSWORD}. */
export async function startBackofficeApp(port = 0): Promise<BackofficeApp> {
  const database = await createScratchDatabase([...scratchEntities, StaffAccount, User]);
  const { dataSource, pool } = database;
  await dataSource.synchronize();
  await fill(database);

  @Global()
  @Module({ providers: [{ provide: getDataSourceToken(), useValue: dataSource }], exports: [getDataSourceToken()] })
  class ScratchDatabaseModule {}
  @Module({
    imports: [ScratchDatabaseModule, BackofficeModule.register(), BackofficeResourcesModule.forFeature(scratchResources)],
    providers: [{ provide: FilesService, useValue: scratchFiles }],
  })
  class ScratchModule {}

  const app = await NestFactory.create<NestFastifyApplication>(ScratchModule, new FastifyAdapter({ trustProxy: (_address, hop) => hop < 1 }), { logger: ['error', 'warn'] });
  const audit: StaffAct[] = [];
  const backoffice = mountBackoffice(app, {
    pool,
    sessionSecret: 'a secret of more than thirty-two characters',
    secureCookies: false,
    trustProxy: 1,
    onAct: async (act) => {
      audit.push(act);
    },
  });
  await app.listen(port, '127.0.0.1');
  const staff = app.get(StaffAccountsService, { strict: false });
  const roles: StaffRole[] = ['superadmin', 'moderator', 'finance', 'support'];
  for (const [index, role] of roles.entries()) {
    await staff.create({ id: idOf(7000 + index), email: `${role}@example.org`, name: `The ${role}`, password: PASSWORD, role });
  }
  return {
    url: `${(await app.getUrl()).replace('[::1]', '127.0.0.1')}/admin`,
    database,
    staff,
    audit,
    close: async () => {
      await backoffice.close();
      await app.close();
      await database.drop();
    },
  };
}

async function fill({ dataSource }: ScratchDatabase): Promise<void> {
  await dataSource.getRepository(Shelter).insert({ id: idOf(900), name: 'Sofia shelter' });
  await dataSource.getRepository(SpecimenEvent).insert(
    Array.from({ length: 1_200 }, (_, index) => ({ seq: String(index + 1), kind: `kind ${index % 7}` })),
  );
  const numbers = Array.from({ length: 60 }, (_, index) => index + 1);
  await dataSource.getRepository(Specimen).insert(
    numbers.map((number) =>
      specimen(number, {
        stage: number % 3 === 0 ? 'funded' : 'active',
        shelterId: number % 2 === 0 ? idOf(900) : null,
        tame: number % 5 === 0 ? null : number % 2 === 0,
        currency: number % 7 === 0 ? 'JPY' : 'EUR',
        eventSeq: number === 60 ? '5' : null,
      }),
    ),
  );
  await dataSource.getRepository(SpecimenVote).insert({ specimenId: idOf(1), voter: 'ana, "a/b"', points: 5 });
}
