import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BackofficeResourcesModule } from '../../../platform/backoffice/index.js';
import { DonationNotices } from './donation-notices.service.js';
import { FACTS_TOLD } from './facts-told.js';
import { Notification } from './notification.entity.js';
import { notificationsResource } from './notifications.admin.js';
import { NotificationsController } from './notifications.controller.js';
import { NotificationsQueries } from './notifications.queries.js';
import { NotificationsService } from './notifications.service.js';
import { TellCaseUpdate } from './on-case-update-added.consumer.js';
import { TellDonation } from './on-donation-completed.consumer.js';
import { ForgetNotifications } from './on-user-erased.consumer.js';

/** What people are told inside the product (behaviour 2.18): a consumer for each fact, one row for each person. */
@Module({
  imports: [TypeOrmModule.forFeature([Notification]), BackofficeResourcesModule.forFeature([notificationsResource])],
  controllers: [NotificationsController],
  providers: [NotificationsService, NotificationsQueries, DonationNotices, TellCaseUpdate, TellDonation, ForgetNotifications, ...FACTS_TOLD],
})
export class NotificationsModule {}
