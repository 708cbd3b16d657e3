import { defineResource } from '../../../platform/backoffice/index.js';
import { StoredFile } from '../../../platform/files/file.entity.js';
import { AdoptionInterest } from './adoption-interest.entity.js';
import { Adoption, ADOPTION_STATUSES, ANIMAL_TYPES } from './adoption.entity.js';
import { AdoptionsService } from './adoptions.service.js';

/** Animals that look for a home, as staff see them. */
export const adoptionsResources = [
  defineResource({
    entity: Adoption,
    context: 'rescue',
    label: 'Adoptions',
    title: 'name',
    listColumns: ['name', 'animalType', 'status', 'locationCity', 'userId', 'createdAt', 'deletedAt'],
    sort: { by: 'createdAt', direction: 'desc' },
    enums: { animalType: ANIMAL_TYPES, status: ADOPTION_STATUSES },
    references: { images: StoredFile },
    actions: [
      {
        name: 'remove',
        label: 'Remove',
        icon: 'Trash2',
        danger: true,
        roles: ['moderator'],
        needsReason: true,
        confirm: 'Visitors and the lister will no longer see this listing.',
        appliesTo: (row) => !row['deletedAt'],
        handler: ({ get, actor, recordId, reason }) => get(AdoptionsService).remove(actor, recordId, reason),
      },
    ],
  }),
  defineResource({
    entity: AdoptionInterest,
    context: 'rescue',
    label: 'Adoption interests',
    listColumns: ['adoptionId', 'userId', 'createdAt'],
    sort: { by: 'createdAt', direction: 'desc' },
  }),
];
