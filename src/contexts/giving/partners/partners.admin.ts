import { type BackofficeField, defineResource } from '../../../platform/backoffice/index.js';
import { checkedInput } from '../../../platform/http/validation.pipe.js';
import { Partner, PARTNER_TYPES } from './partner.entity.js';
import { CreatePartner, UpdatePartner } from './partners.dto.js';
import { PartnersService } from './partners.service.js';

const FIELDS = {
  name: { label: 'Name', type: 'text', required: true, max: 200 },
  logo: { label: 'Logo', type: 'text', required: true, max: 2_000, help: 'An https address, or the id of a picture that you uploaded.' },
  type: { label: 'Kind', type: 'select', options: PARTNER_TYPES, required: true },
  contribution: { label: 'What they give', type: 'text', required: true, max: 500 },
  description: { label: 'Description', type: 'textarea', required: true, max: 2_000 },
  website: { label: 'Website', type: 'text', max: 2_000 },
  since: { label: 'Partner since', type: 'text', required: true, max: 4, help: 'A year.' },
  animalsHelped: { label: 'Animals helped', type: 'number', required: true },
  totalContributed: { label: 'Contributed in all', type: 'number', required: true, help: 'In cents of EUR.' },
  featured: { label: 'Listed first', type: 'boolean' },
} as const satisfies Record<string, BackofficeField>;

const KEEPERS = ['support', 'moderator'] as const;

/** How staff see and keep the partners (decision 18). */
export const partnersResource = defineResource({
  entity: Partner,
  context: 'giving',
  label: 'Partners',
  title: 'name',
  listColumns: ['name', 'type', 'since', 'animalsHelped', 'totalContributed', 'featured', 'active', 'createdAt'],
  sort: { by: 'name', direction: 'asc' },
  money: { totalContributed: 'currency' },
  enums: { type: PARTNER_TYPES },
  create: {
    fields: FIELDS,
    roles: KEEPERS,
    save: async ({ get, actor, values }) => (await get(PartnersService).create(actor, await checkedInput(CreatePartner, values))).id,
  },
  edit: {
    fields: FIELDS,
    roles: KEEPERS,
    save: async ({ get, actor, recordId, values }) => {
      await get(PartnersService).update(actor, recordId, await checkedInput(UpdatePartner, values));
    },
  },
  actions: [
    {
      name: 'setActive',
      label: 'Take from the public, or bring back',
      icon: 'Power',
      roles: KEEPERS,
      needsReason: true,
      fields: { active: { label: 'Shown and counted', type: 'boolean' } },
      handler: async ({ get, actor, recordId, values, reason }) => {
        await get(PartnersService).update(actor, recordId, await checkedInput(UpdatePartner, { ...values, reason }));
      },
    },
  ],
});
