import { type BackofficeField, defineResource, type FieldValue } from '../../../platform/backoffice/index.js';
import { Clinic } from './clinic.entity.js';
import { ClinicsService } from './clinics.service.js';

const FIELDS = {
  name: { label: 'Name', type: 'text', required: true, max: 200 },
  city: { label: 'City', type: 'text', required: true, max: 100 },
  address: { label: 'Address', type: 'text', required: true, max: 300 },
  phone: { label: 'Phone', type: 'text', required: true, max: 40 },
  is24h: { label: 'Open around the clock', type: 'boolean' },
  verified: { label: 'Verified', type: 'boolean', help: 'Only once its source was checked.' },
  featured: { label: 'Listed first', type: 'boolean' },
} as const satisfies Record<string, BackofficeField>;

type Values = Readonly<Record<string, FieldValue>>;

const inputOf = (values: Values) => ({
  name: String(values['name']),
  city: String(values['city']),
  address: String(values['address']),
  phone: String(values['phone']),
  is24h: values['is24h'] === true,
  verified: values['verified'] === true,
  featured: values['featured'] === true,
});

/** How staff see and keep the clinic directory (decision 18). */
export const clinicsResource = defineResource({
  entity: Clinic,
  context: 'directory',
  label: 'Clinics',
  title: 'name',
  listColumns: ['name', 'city', 'phone', 'is24h', 'verified', 'featured', 'ownerId', 'createdAt'],
  sort: { by: 'name', direction: 'asc' },
  create: {
    fields: FIELDS,
    save: async ({ get, actor, values }) => (await get(ClinicsService).create(actor, inputOf(values))).id,
  },
  edit: {
    fields: FIELDS,
    needsReason: true,
    save: async ({ get, actor, recordId, values, reason }) => {
      await get(ClinicsService).update(actor, recordId, { ...inputOf(values), reason: reason ?? undefined });
    },
  },
  actions: [
    {
      name: 'setOwner',
      label: 'Set or remove owner',
      icon: 'User',
      needsReason: true,
      fields: { ownerId: { label: 'Id of the person', type: 'text', help: 'Empty takes the clinic from its owner.' } },
      handler: async ({ get, actor, recordId, values, reason }) => {
        await get(ClinicsService).update(actor, recordId, { ownerId: (values['ownerId'] as string | null) ?? null, reason: reason ?? undefined });
      },
    },
  ],
});
