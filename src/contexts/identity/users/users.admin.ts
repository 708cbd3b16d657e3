import { USER_ROLES, type UserRole } from '../../../platform/auth/actor.js';
import { defineResource } from '../../../platform/backoffice/index.js';
import { ErasedIdentity } from './erased-identity.entity.js';
import { PROFESSIONAL_TYPES, User, USER_TYPES, VERIFICATION_LEVELS, type VerificationLevel, VOLUNTEER_AVAILABILITIES } from './user.entity.js';
import { UsersService } from './users.service.js';

/** How staff see people. Roles and levels change through the service, which audits them. */
export const usersResources = [
  defineResource({
    entity: User,
    context: 'identity',
    label: 'Users',
    title: 'name',
    listColumns: ['name', 'email', 'role', 'verificationLevel', 'city', 'createdAt', 'deletedAt'],
    sort: { by: 'createdAt', direction: 'desc' },
    enums: {
      role: USER_ROLES,
      userType: USER_TYPES,
      verificationLevel: VERIFICATION_LEVELS,
      professionalType: PROFESSIONAL_TYPES,
      volunteerAvailability: VOLUNTEER_AVAILABILITIES,
    },
    actions: [
      {
        name: 'setRole',
        label: 'Change role',
        icon: 'UserCheck',
        roles: ['superadmin'],
        needsReason: true,
        fields: { role: { label: 'Role', type: 'select', options: USER_ROLES, required: true } },
        handler: async ({ get, actor, recordId, values, reason }) => {
          await get(UsersService).setRole(actor, recordId, values['role'] as UserRole, reason ?? undefined);
        },
      },
      {
        name: 'setVerification',
        label: 'Change verification',
        icon: 'Shield',
        roles: ['moderator'],
        needsReason: true,
        fields: { level: { label: 'Level', type: 'select', options: VERIFICATION_LEVELS, required: true } },
        handler: async ({ get, actor, recordId, values, reason }) => {
          await get(UsersService).setVerification(actor, recordId, { level: values['level'] as VerificationLevel, reason: reason ?? undefined });
        },
      },
    ],
  }),
  defineResource({ entity: ErasedIdentity, context: 'identity', label: 'Erased identities', sort: { by: 'erasedAt', direction: 'desc' } }),
];
