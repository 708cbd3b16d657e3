import { defineResource } from '../../../platform/backoffice/index.js';
import { Campaign, CAMPAIGN_STATUSES, CAMPAIGN_TYPES, INITIATIVE_CATEGORIES } from './campaign.entity.js';
import { CampaignCase } from './campaign-case.entity.js';

/** Campaigns and the cases that they are for. */
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
  }),
  defineResource({ entity: CampaignCase, context: 'giving', label: 'Cases of campaigns', sort: { by: 'addedAt', direction: 'desc' } }),
];
