import { type BackofficeField, defineResource } from '../../../platform/backoffice/index.js';
import { checkedInput } from '../../../platform/http/validation.pipe.js';
import { Campaign, CAMPAIGN_OUTCOMES, CAMPAIGN_STATUSES, CAMPAIGN_TYPES, INITIATIVE_CATEGORIES } from './campaign.entity.js';
import { CampaignCase } from './campaign-case.entity.js';
import { CloseCampaign, CreateCampaign, UpdateCampaign } from './campaigns.dto.js';
import { CampaignsService } from './campaigns.service.js';

const KEEPERS = ['support', 'moderator'] as const;

const TEXTS = {
  title: { label: 'Title', type: 'text', required: true, max: 100 },
  description: { label: 'Description', type: 'textarea', required: true, max: 2_000 },
} as const satisfies Record<string, BackofficeField>;

const REST = {
  goal: { label: 'Goal', type: 'number', required: true, help: 'Cents (minor units) where it collects money, else a count.' },
  endDate: { label: 'Last day', type: 'date' },
  featuredInitiative: { label: 'Shown before other initiatives', type: 'boolean' },
} as const satisfies Record<string, BackofficeField>;

/** Campaigns and the cases that they are for. Staff start initiatives here (decision 18). */
export const campaignsResources = [
  defineResource({
    entity: Campaign,
    context: 'giving',
    label: 'Campaigns',
    title: 'title',
    listColumns: ['title', 'campaignType', 'status', 'current', 'goal', 'featuredInitiative', 'endDate', 'createdAt'],
    sort: { by: 'createdAt', direction: 'desc' },
    money: { goal: 'unit', current: 'unit' },
    enums: { campaignType: CAMPAIGN_TYPES, initiativeCategory: INITIATIVE_CATEGORIES, status: CAMPAIGN_STATUSES },
    create: {
      roles: KEEPERS,
      fields: {
        ...TEXTS,
        campaignType: { label: 'Kind', type: 'select', options: CAMPAIGN_TYPES, required: true },
        initiativeCategory: { label: 'What the initiative is about', type: 'select', options: INITIATIVE_CATEGORIES, help: 'For initiatives only, and needed there.' },
        initiativeKey: { label: 'Key of the initiative', type: 'text', max: 50, help: 'For links: a-z, 0-9, - and _; nobody else may have it.' },
        unit: { label: 'Unit', type: 'text', max: 20, help: 'A currency such as EUR, which is meant when empty; or homes, surgeries, meals.' },
        ...REST,
      },
      save: async ({ get, actor, values }) => {
        const { unit, ...rest } = values;
        return (await get(CampaignsService).create(actor, await checkedInput(CreateCampaign, { ...rest, unit: unit ?? 'EUR' }))).id;
      },
    },
    edit: {
      roles: KEEPERS,
      fields: { ...TEXTS, ...REST },
      save: async ({ get, actor, recordId, values }) => {
        await get(CampaignsService).update(actor, recordId, await checkedInput(UpdateCampaign, values));
      },
    },
    actions: [
      {
        name: 'setCount',
        label: 'Enter the count',
        icon: 'Hash',
        roles: KEEPERS,
        fields: { current: { label: 'Counted so far', type: 'number', required: true, help: 'Of homes, surgeries or meals. Money counts itself.' } },
        appliesTo: (row) => row['status'] === 'active',
        handler: async ({ get, actor, recordId, values }) => {
          await get(CampaignsService).update(actor, recordId, await checkedInput(UpdateCampaign, values));
        },
      },
      {
        name: 'close',
        label: 'Close',
        icon: 'Flag',
        danger: true,
        roles: KEEPERS,
        needsReason: true,
        confirm: 'It takes no donations any more, and there is no way back. A cancelled campaign is shown to staff only.',
        fields: { outcome: { label: 'Outcome', type: 'select', options: CAMPAIGN_OUTCOMES, required: true } },
        appliesTo: (row) => row['status'] === 'active',
        handler: async ({ get, actor, recordId, values, reason }) => {
          await get(CampaignsService).close(actor, recordId, await checkedInput(CloseCampaign, { ...values, reason }));
        },
      },
    ],
  }),
  defineResource({ entity: CampaignCase, context: 'giving', label: 'Cases of campaigns', sort: { by: 'addedAt', direction: 'desc' } }),
];
