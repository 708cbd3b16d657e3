import { defineResource } from '../../../platform/backoffice/index.js';
import { StoredFile } from '../../../platform/files/file.entity.js';
import { PET_SERVICE_TYPES, PetService } from './pet-service.entity.js';
import { PetServicesService } from './pet-services.service.js';

/** How staff see the directory of pet services. */
export const petServicesResource = defineResource({
  entity: PetService,
  context: 'directory',
  label: 'Pet services',
  title: 'name',
  listColumns: ['name', 'type', 'city', 'phone', 'verified', 'ownerId', 'createdAt'],
  sort: { by: 'name', direction: 'asc' },
  enums: { type: PET_SERVICE_TYPES },
  references: { photos: StoredFile },
  actions: [
    {
      name: 'revokeOwner',
      label: 'Revoke ownership',
      icon: 'UserX',
      danger: true,
      roles: ['moderator'],
      needsReason: true,
      confirm: 'Who runs this listing can no longer change it.',
      appliesTo: (row) => Boolean(row['ownerId']),
      handler: ({ get, actor, recordId, reason }) => get(PetServicesService).revokeOwner(actor, recordId, reason ?? ''),
    },
  ],
});
