import { Inject, Injectable } from '@nestjs/common';
import { LessThanOrEqual, Not } from 'typeorm';
import type { UserActor } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import type { StoredFile } from '../../../platform/files/file.entity.js';
import { FileNotFoundError } from '../../../platform/files/files.errors.js';
import { FilesService } from '../../../platform/files/files.service.js';
import { cityKey } from '../../../platform/geo/city-key.js';
import { externalLink } from '../../../platform/http/external-link.js';
import { assertVersion } from '../../../platform/http/if-match.js';
import { ValidationFailed } from '../../../platform/http/problem.js';
import { newId } from '../../../platform/ids.js';
import { Case } from './case.entity.js';
import { CaseLock } from './case-lock.js';
import { CaseRiskService } from './case-risk.service.js';
import { caseEdited, duplicateFlagged, riskChanged } from './cases.audit.js';
import type { CreateCaseBody, EditCaseBody } from './cases.dto.js';
import { CaseClosed, CaseHasDonations, CaseVerifiedByClinic } from './cases.errors.js';
import { casePublished } from './cases.events.js';
import { DuplicateImagesService } from './duplicate-images.service.js';
import { ExternalSource } from './external-source.entity.js';
import { assessNewCase } from './new-case-risk.js';
import { sourceHash } from './source-hash.js';

/** How far the clock of a phone may be ahead, in milliseconds. */
const CLOCK_TOLERANCE = 5 * 60_000;

/** What may change until the case closes; the rest only until somebody has given. */
const ALWAYS_EDITABLE = new Set<keyof Case>(['description', 'story']);

const GOAL = new Set<keyof Case>(['fundraisingGoal', 'fundraisingCurrency']);

/** Publishing and editing by the owner. */
@Injectable()
export class CasesService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly files: FilesService,
    private readonly lock: CaseLock,
    private readonly risk: CaseRiskService,
    private readonly duplicates: DuplicateImagesService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Publishes a case (behaviour 2.3) and looks at its risk.
   * @returns its id
   */
  publishCase(actor: UserActor, body: CreateCaseBody): Promise<string> {
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const files = await this.attach(tx, actor.userId, body.images);
      const columns = await this.columnsOf(tx, body, now);
      const row = tx.manager.create(Case, {
        language: body.language ?? (await this.languageOf(tx, actor.userId)),
        story: null,
        ...columns,
        id: newId(),
        userId: actor.userId,
        riskLevel: 'low',
        riskFlags: [],
        createdAt: now,
        updatedAt: now,
      });
      row.sourceHash = sourceHash(row);
      await tx.manager.insert(Case, row);
      await this.addExternalSource(tx, row.id, body.externalSourceUrl, now);
      await this.assessGoal(tx, actor, row, now);
      await this.assessImages(tx, row, files);
      tx.publish(casePublished({ caseId: row.id, ownerId: row.userId, type: row.type, category: row.category, cityKey: row.cityKey }));
      return row.id;
    });
  }

  /**
   * Edits a case by its owner (behaviour 2.3); the old values go into the audit log.
   * @param ifMatch version that the client read, where it said so in the header
   * @throws CaseNotFound, Forbidden, VersionConflict, CaseClosed
   * @throws CaseHasDonations for anything but description and story once somebody has given
   * @throws CaseVerifiedByClinic for another clinic than the one that vouched
   */
  async editCase(actor: UserActor, id: string, body: EditCaseBody, ifMatch: number | undefined): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await this.lock.owned(tx, actor, id);
      assertVersion(row.version, body.version, ifMatch);
      if (row.closed) throw new CaseClosed();
      const now = this.clock.now();
      const files = await this.attach(tx, actor.userId, body.images ?? []);
      const changes = differences(row, await this.columnsOf(tx, body, now));
      const changed = Object.keys(changes) as (keyof Case)[];
      if (changed.length === 0) return;
      const donated = row.firstDonationAt !== null || row.fundraisingCurrent !== 0;
      if (donated && changed.some((column) => !ALWAYS_EDITABLE.has(column))) throw new CaseHasDonations();
      if (row.verificationStatus === 'clinic' && changed.includes('clinicId')) throw new CaseVerifiedByClinic();
      const before = Object.fromEntries(changed.map((column) => [column, row[column]]));
      Object.assign(row, changes);
      await tx.manager.update(Case, id, { ...changes, sourceHash: sourceHash(row), version: row.version + 1, updatedAt: now });
      tx.audit(actor, caseEdited, id, { before, after: changes });
      // A goal that rises later, or pictures that come later, are no way around the rules.
      if (changed.some((column) => GOAL.has(column))) await this.assessGoal(tx, actor, row, now);
      if (changed.includes('images')) await this.assessImages(tx, row, files);
    });
  }

  private async assessGoal(tx: Tx, actor: UserActor, row: Case, now: Date): Promise<void> {
    const earlierCases = await tx.manager.countBy(Case, { userId: row.userId, id: Not(row.id), createdAt: LessThanOrEqual(row.createdAt) });
    const finding = assessNewCase({ accountCreatedAt: actor.createdAt, goal: row.fundraisingGoal, currency: row.fundraisingCurrency, earlierCases, now }, this.config.risk);
    if (finding) await this.risk.raise(tx, row, finding, riskChanged);
  }

  private async assessImages(tx: Tx, row: Case, files: readonly StoredFile[]): Promise<void> {
    const finding = await this.duplicates.look(tx, row.id, files);
    if (finding) await this.risk.raise(tx, row, finding, duplicateFlagged);
  }

  /** The columns that a body sets; what it points at must be there. */
  private async columnsOf(tx: Tx, body: Partial<CreateCaseBody>, now: Date): Promise<Partial<Case>> {
    if (body.clinicId && !(await this.lock.clinic(tx, body.clinicId))) throw invalid('clinicId', 'is not a clinic that we know');
    if (body.foundAt && body.foundAt.getTime() > now.getTime() + CLOCK_TOLERANCE) throw invalid('foundAt', 'must not be in the future');
    const columns: Partial<Case> = {
      type: body.type,
      category: body.category,
      language: body.language ?? undefined,
      title: body.title,
      description: body.description,
      story: body.story === undefined ? undefined : body.story || null,
      images: body.images,
      clinicId: body.clinicId,
      foundAt: body.foundAt,
      broughtToClinicAt: body.broughtToClinicAt,
    };
    if (body.location) {
      const { city, neighborhood, coordinates } = body.location;
      Object.assign(columns, {
        locationCity: city,
        locationNeighborhood: neighborhood,
        locationLat: coordinates?.lat ?? null,
        locationLng: coordinates?.lng ?? null,
        cityKey: cityKey(city),
      } satisfies Partial<Case>);
    }
    if (body.fundraising) Object.assign(columns, { fundraisingGoal: body.fundraising.goal, fundraisingCurrency: body.fundraising.currency } satisfies Partial<Case>);
    return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
  }

  private async languageOf(tx: Tx, userId: string): Promise<string> {
    const [row] = await tx.query<{ language: string }>(`SELECT language FROM identity.user_languages WHERE user_id = $1`, [userId]);
    return row?.language ?? 'en';
  }

  private async attach(tx: Tx, userId: string, images: string[]): Promise<StoredFile[]> {
    try {
      return await this.files.attach(tx.manager, images, userId);
    } catch (error) {
      if (error instanceof FileNotFoundError) throw invalid('images', 'must be pictures that you uploaded');
      throw error;
    }
  }

  private async addExternalSource(tx: Tx, caseId: string, url: string | undefined, now: Date): Promise<void> {
    const link = url ? externalLink(url) : null;
    if (link) await tx.manager.insert(ExternalSource, { id: newId(), caseId, ...link, thumbnailUrl: null, createdAt: now });
  }
}

const invalid = (path: string, message: string): InstanceType<typeof ValidationFailed> => new ValidationFailed({ errors: [{ path, message }] });

/** The columns whose value would be another one. */
function differences(row: Case, columns: Partial<Case>): Partial<Case> {
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  return Object.fromEntries(Object.entries(columns).filter(([column, value]) => !same(row[column as keyof Case], value)));
}
