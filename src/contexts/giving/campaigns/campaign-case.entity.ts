import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { TimeColumn } from '../../../platform/database/columns.js';

/** Child. A case that a campaign is for; its money stays in its own books (behaviour 2.10). */
@Entity({ schema: 'giving', name: 'campaign_cases' })
@Index('ix_campaign_cases_case', ['caseId'])
export class CampaignCase {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey('Campaign') campaignId: string;

  @PrimaryColumn({ type: 'uuid' }) @ForeignKey('Case') caseId: string;

  @TimeColumn() addedAt: Date;
}
