import { defineResource, STAFF_ROLES } from '../../platform/backoffice/index.js';
import { StaffAccount } from './staff-account.entity.js';

/** Staff accounts, for superadmins to look at. */
export const staffAccountResource = defineResource({
  entity: StaffAccount,
  context: 'backoffice',
  title: 'email',
  hidden: ['passwordHash'],
  listColumns: ['email', 'name', 'role', 'lastLoginAt', 'lockedUntil', 'disabledAt'],
  sort: { by: 'email', direction: 'asc' },
  enums: { role: STAFF_ROLES },
  roles: [],
});
