import { defineResource } from '../../../platform/backoffice/index.js';
import { NOTIFICATION_TYPES } from './notice-texts.js';
import { Notification } from './notification.entity.js';

/** What people were told. Read-only; it may say who gave, so that it is for superadmins. */
export const notificationsResource = defineResource({
  entity: Notification,
  context: 'engagement',
  label: 'Notifications',
  title: 'title',
  listColumns: ['title', 'type', 'userId', 'caseId', 'read', 'createdAt'],
  sort: { by: 'createdAt', direction: 'desc' },
  enums: { type: NOTIFICATION_TYPES },
  roles: [],
});
