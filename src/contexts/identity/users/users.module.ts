import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Accounts } from '../../../platform/auth/accounts.js';
import { UserAccounts } from './accounts.service.js';
import { ErasedIdentity } from './erased-identity.entity.js';
import { MeController } from './me.controller.js';
import { UserErasure } from './user-erasure.service.js';
import { User } from './user.entity.js';
import { UsersAdminController } from './users.admin.controller.js';
import { UsersController } from './users.controller.js';
import { UsersFacade } from './users.facade.js';
import { UsersQueries } from './users.queries.js';
import { UsersService } from './users.service.js';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { usersResources } from './users.admin.js';

/** Accounts and profiles (behaviour 2.1). */
@Module({
  imports: [TypeOrmModule.forFeature([User, ErasedIdentity]), BackofficeResourcesModule.forFeature(usersResources)],
  controllers: [MeController, UsersController, UsersAdminController],
  providers: [UserAccounts, { provide: Accounts, useExisting: UserAccounts }, UserErasure, UsersService, UsersQueries, UsersFacade],
  exports: [UserAccounts, Accounts, UserErasure, UsersFacade],
})
export class UsersModule {}
