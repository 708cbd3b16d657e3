import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Follow } from './follow.entity.js';
import { FollowsController } from './follows.controller.js';
import { FollowsQueries } from './follows.queries.js';
import { FollowsService } from './follows.service.js';
import { ForgetFollows } from './on-user-erased.consumer.js';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { followsResource } from './follows.admin.js';

/** Who follows whom (behaviour 2.16). */
@Module({ imports: [TypeOrmModule.forFeature([Follow]), BackofficeResourcesModule.forFeature([followsResource])], controllers: [FollowsController], providers: [FollowsService, FollowsQueries, ForgetFollows] })
export class FollowsModule {}
