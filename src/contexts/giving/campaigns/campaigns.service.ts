import { Injectable } from '@nestjs/common';
import { type Actor, isAdmin, SYSTEM, userIdOf } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { FileNotFoundError } from '../../../platform/files/files.errors.js';
import { FilesService } from '../../../platform/files/files.service.js';
import { assertVersion } from '../../../platform/http/if-match.js';
import { AdminRequired, Forbidden, IllegalTransition, ValidationFailed } from '../../../platform/http/problem.js';
import { newId } from '../../../platform/ids.js';
import { CaseClosed, CaseHighRisk, CaseNotFound, CasesFacade } from '../../rescue/cases/index.js';
import { Campaign, type CampaignOutcome } from './campaign.entity.js';
import { campaignClosed, campaignCreated, campaignUpdated } from './campaigns.audit.js';
import type { CampaignView, CloseCampaign, CreateCampaign, UpdateCampaign } from './campaigns.dto.js';
import { ActiveCaseRequired, CampaignClosed, CampaignNotFound, InitiativeKeyTaken } from './campaigns.errors.js';
import { campaignEnded } from './campaigns.events.js';
import { mayManage } from './campaigns.policy.js';
import { CampaignsQueries } from './campaigns.queries.js';

/** Starting, changing and ending campaigns (behaviour 2.10). */
@Injectable()
export class CampaignsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly files: FilesService,
    private readonly cases: CasesFacade,
    private readonly queries: CampaignsQueries,
  ) {}

  /**
   * Starts a campaign.
   * @throws AdminRequired for an initiative or a featured place; ActiveCaseRequired for a rescue campaign of somebody without an open case
   * @throws Forbidden, CaseNotFound, CaseClosed, CaseHighRisk for a case that it cannot be for
   * @throws InitiativeKeyTaken, ValidationFailed
   */
  create(actor: Actor, { caseIds = [], ...input }: CreateCampaign): Promise<CampaignView> {
    return this.database.transaction(async (tx) => {
      const initiative = input.campaignType === 'initiative';
      if (initiative !== (input.initiativeCategory != null)) throw invalid('initiativeCategory', initiative ? 'is needed for an initiative' : 'is for initiatives only');
      if (!initiative && input.initiativeKey != null) throw invalid('initiativeKey', 'is for initiatives only');
      if (initiative && !isAdmin(actor)) throw new AdminRequired('Initiatives are started by admins');
      await this.linkable(tx, actor, caseIds);
      if (!isAdmin(actor) && !(await this.cases.hasCaseTakingDonations(tx, userIdOf(actor)!))) throw new ActiveCaseRequired();

      const now = this.clock.now();
      const columns = await this.columnsOf(tx, actor, input.campaignType, input);
      const campaign = tx.manager.create(Campaign, {
        ...columns,
        id: newId(),
        campaignType: input.campaignType,
        initiativeKey: input.initiativeKey ?? null,
        unit: input.unit,
        creatorId: userIdOf(actor),
        createdAt: now,
        updatedAt: now,
      });
      const { raw } = await tx.manager.createQueryBuilder().insert().into(Campaign).values(campaign).orIgnore().returning('id').execute();
      if ((raw as unknown[]).length === 0) throw new InitiativeKeyTaken();
      await this.queries.linkCases(tx, campaign.id, caseIds, now);
      tx.audit(actor, campaignCreated, campaign.id, { after: { ...input, caseIds } });
      return this.queries.changed(tx, campaign.id);
    });
  }

  /**
   * Changes an active campaign; the old values go into the audit log.
   * @param ifMatch version that the client read, beside the one in the body
   * @throws CampaignNotFound, Forbidden, AdminRequired for what only admins set, CampaignClosed, VersionConflict, ValidationFailed
   * @throws Forbidden, CaseNotFound, CaseClosed, CaseHighRisk for a case that it cannot be for
   */
  update(actor: Actor, id: string, { version, caseIds, ...input }: UpdateCampaign, ifMatch?: number): Promise<CampaignView> {
    return this.database.transaction(async (tx) => {
      const campaign = await this.lockManaged(tx, actor, id);
      assertVersion(campaign.version, version, ifMatch);
      if (campaign.status !== 'active') throw new CampaignClosed();
      if (campaign.campaignType === 'rescue' && input.initiativeCategory != null) throw invalid('initiativeCategory', 'is for initiatives only');
      if (input.current !== undefined && !isAdmin(actor)) throw new AdminRequired('What was counted is entered by admins');
      if (input.current !== undefined && campaign.currency) throw invalid('current', 'money counts itself, by donations');

      const change = await this.columnsOf(tx, actor, campaign.campaignType, input);
      const fields = (Object.keys(change) as (keyof Campaign)[]).filter((field) => change[field] !== campaign[field]);
      const pick = (from: Partial<Campaign>): object => Object.fromEntries(fields.map((field) => [field, from[field]]));
      const linked = caseIds && (await this.relink(tx, actor, id, caseIds));
      if (fields.length > 0 || linked) {
        await tx.manager.update(Campaign, id, { ...change, version: campaign.version + 1, updatedAt: this.clock.now() });
        tx.audit(actor, campaignUpdated, id, { before: { ...pick(campaign), ...(linked && { caseIds: linked.before }) }, after: { ...pick(change), ...(linked && { caseIds: linked.after }) } });
      }
      return this.queries.changed(tx, id);
    });
  }

  /**
   * Ends an active campaign.
   * @throws CampaignNotFound, Forbidden, IllegalTransition when it is over already
   */
  close(actor: Actor, id: string, { outcome, reason }: CloseCampaign): Promise<CampaignView> {
    return this.database.transaction(async (tx) => {
      const campaign = await this.lockManaged(tx, actor, id);
      if (campaign.status !== 'active') throw new IllegalTransition(`This campaign is ${campaign.status} and stays so`);
      await this.end(tx, actor, campaign, outcome, 'closed', reason ?? null);
      return this.queries.changed(tx, id);
    });
  }

  /** Completes every active campaign whose last day has passed; answers how many. */
  async completeEnded(): Promise<number> {
    const today = this.today();
    let completed = 0;
    for (const id of await this.queries.ended(today)) {
      completed += await this.database.transaction(async (tx) => {
        const campaign = await tx.lock(Campaign, { id });
        if (campaign?.status !== 'active' || !campaign.endDate || campaign.endDate >= today) return 0;
        await this.end(tx, SYSTEM, campaign, 'completed', 'end_date', null);
        return 1;
      });
    }
    return completed;
  }

  private async end(tx: Tx, actor: Actor, { id, title, creatorId, status }: Campaign, outcome: CampaignOutcome, cause: 'closed' | 'end_date', reason: string | null): Promise<void> {
    const now = this.clock.now();
    await tx.manager.update(Campaign, id, { status: outcome, completedAt: outcome === 'completed' ? now : null, updatedAt: now });
    tx.audit(actor, campaignClosed, id, { before: { status }, after: { status: outcome }, cause, reason });
    tx.publish(campaignEnded({ campaignId: id, title, creatorId, outcome, reason: cause }));
  }

  /** The campaign locked for somebody who may change it. Strangers learn of a cancelled one no more than of none. */
  private async lockManaged(tx: Tx, actor: Actor, id: string): Promise<Campaign> {
    const campaign = await tx.lock(Campaign, { id });
    if (!campaign) throw new CampaignNotFound();
    if (mayManage(actor, campaign)) return campaign;
    if (campaign.status === 'cancelled') throw new CampaignNotFound();
    throw campaign.campaignType === 'initiative' ? new AdminRequired('Initiatives are kept by admins') : new Forbidden('Only its creator and admins may change a campaign');
  }

  /** The columns that an input sets. */
  private async columnsOf(tx: Tx, actor: Actor, campaignType: Campaign['campaignType'], input: Omit<UpdateCampaign, 'caseIds' | 'version'>): Promise<Partial<Campaign>> {
    if (input.featuredInitiative && campaignType !== 'initiative') throw invalid('featuredInitiative', 'is for initiatives only');
    const endDate = input.endDate?.slice(0, 10) ?? input.endDate;
    if (endDate && endDate < this.today()) throw invalid('endDate', 'must not be in the past');
    const columns: Partial<Campaign> = {
      title: input.title,
      description: input.description,
      initiativeCategory: input.initiativeCategory ?? undefined,
      featuredInitiative: input.featuredInitiative ?? undefined,
      goal: input.goal,
      current: input.current,
      image: input.image && (await this.attach(tx, actor, input.image)),
      endDate,
    };
    return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
  }

  private async attach(tx: Tx, actor: Actor, image: string): Promise<string> {
    try {
      await this.files.attach(tx.manager, [image.toLowerCase()], userIdOf(actor) ?? '');
    } catch (error) {
      if (error instanceof FileNotFoundError) throw invalid('image', 'must be a picture that you uploaded');
      throw error;
    }
    return `/v1/files/${image.toLowerCase()}`;
  }

  /** Makes the campaign be for these cases; null when it was so before. */
  private async relink(tx: Tx, actor: Actor, campaignId: string, caseIds: string[]): Promise<{ before: string[]; after: string[] } | null> {
    const before = await this.queries.linkedCases(tx, campaignId);
    const added = caseIds.filter((id) => !before.includes(id));
    await this.linkable(tx, actor, added);
    await this.queries.unlinkCases(tx, campaignId, caseIds);
    await this.queries.linkCases(tx, campaignId, added, this.clock.now());
    const after = await this.queries.linkedCases(tx, campaignId);
    return added.length === 0 && after.length === before.length ? null : { before, after };
  }

  /**
   * Holds cases that a campaign is to be for. They must take donations themselves, or a campaign would be the way
   * around the gate; and be the caller's own, unless an admin links them. Locked in the order of their ids.
   */
  private async linkable(tx: Tx, actor: Actor, caseIds: string[]): Promise<void> {
    for (const id of caseIds.toSorted()) {
      const target = await this.cases.lockDonationTarget(tx, id);
      if (!target || target.hidden) throw new CaseNotFound();
      if (!isAdmin(actor) && target.ownerId !== userIdOf(actor)) throw new Forbidden('A campaign is for cases of your own');
      if (target.donationBlockReason === 'CASE_CLOSED') throw new CaseClosed();
      if (target.donationBlockReason === 'CASE_HIGH_RISK') throw new CaseHighRisk();
    }
  }

  private today(): string {
    return this.clock.now().toISOString().slice(0, 10);
  }
}

const invalid = (path: string, message: string): InstanceType<typeof ValidationFailed> => new ValidationFailed({ errors: [{ path, message }] });
