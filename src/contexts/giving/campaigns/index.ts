export { CampaignsModule } from './campaigns.module.js';
export { CampaignsFacade } from './campaigns.facade.js';
export type { CampaignTarget } from './campaigns.queries.js';
export { CampaignClosed, CampaignNotFound } from './campaigns.errors.js';
export type { CampaignStatus, CampaignType } from './campaign.entity.js';
export { campaignCasesClosed, campaignEnded } from './campaigns.events.js';
