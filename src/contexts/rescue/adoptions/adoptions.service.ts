import { Injectable } from '@nestjs/common';
import { MoreThanOrEqual } from 'typeorm';
import { type Actor, type UserActor, userIdOf } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { FileNotFoundError } from '../../../platform/files/files.errors.js';
import { FilesService } from '../../../platform/files/files.service.js';
import { cityKey } from '../../../platform/geo/city-key.js';
import { assertVersion } from '../../../platform/http/if-match.js';
import { Forbidden, IllegalTransition, RateLimited, ValidationFailed } from '../../../platform/http/problem.js';
import { newId } from '../../../platform/ids.js';
import { AdoptionInterest } from './adoption-interest.entity.js';
import { Adoption, type AdoptionStatus } from './adoption.entity.js';
import { adoptionCreated, adoptionRemoved, adoptionRestored, adoptionStatusChanged, adoptionUpdated } from './adoptions.audit.js';
import type { AdoptionLocation, EditAnimal, InterestView, ListAnimal } from './adoptions.dto.js';
import { AdoptionNotFound, AlreadyAdopted, SelfInterest } from './adoptions.errors.js';
import { adoptionAdopted, adoptionInterestExpressed } from './adoptions.events.js';
import { mayManage, mayMove } from './adoptions.policy.js';
import { AdoptionsQueries } from './adoptions.queries.js';

/** Behaviour 2.15: animals that one person may ask for on a UTC day. */
const INTERESTS_A_DAY = 5;
const DAY_MS = 86_400_000;

/** What is left of the name on a listing whose lister was erased. */
const EMPTIED = 'Removed listing';

/** Finding homes for animals (behaviour 2.15). */
@Injectable()
export class AdoptionsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly files: FilesService,
    private readonly queries: AdoptionsQueries,
  ) {}

  /**
   * Lists an animal.
   * @returns its id
   * @throws ValidationFailed for pictures or a case that are not the actor's
   */
  list(actor: UserActor, { location, caseId, ...body }: ListAnimal): Promise<string> {
    return this.database.transaction(async (tx) => {
      await this.attach(tx, actor.userId, body.images);
      if (caseId) await this.assertOwnCase(tx, caseId, actor.userId);
      const id = newId();
      const now = this.clock.now();
      await tx.manager.insert(Adoption, { ...body, ...placeOf(location), id, userId: actor.userId, caseId: caseId ?? null, createdAt: now, updatedAt: now });
      tx.audit(actor, adoptionCreated, id, { animalType: body.animalType, caseId: caseId ?? null });
      return id;
    });
  }

  /**
   * Changes a listing by its lister, or by an admin.
   * @throws AdoptionNotFound, Forbidden, VersionConflict
   */
  edit(actor: UserActor, id: string, { version, location, ...body }: EditAnimal, ifMatch?: number): Promise<void> {
    return this.database.transaction(async (tx) => {
      const row = await this.managed(tx, actor, id);
      assertVersion(row.version, version, ifMatch);
      const wanted: Partial<Adoption> = { ...body, ...(location ? placeOf(location) : {}) };
      const changed = (Object.keys(wanted) as (keyof Adoption)[]).filter((field) => wanted[field] !== undefined && wanted[field] !== row[field]);
      if (changed.length === 0) return;
      const pick = (from: Partial<Adoption>): Partial<Adoption> => Object.fromEntries(changed.map((field) => [field, from[field]]));
      tx.audit(actor, adoptionUpdated, id, { before: pick(row), after: pick(wanted) });
      await this.save(tx, row, pick(wanted));
    });
  }

  /**
   * Moves an adoption on, or back.
   * @throws AdoptionNotFound, Forbidden, IllegalTransition
   */
  moveTo(actor: UserActor, id: string, status: AdoptionStatus): Promise<void> {
    return this.database.transaction(async (tx) => {
      const row = await this.managed(tx, actor, id);
      if (!mayMove(row.status, status)) throw new IllegalTransition(`An adoption cannot go from ${row.status} to ${status}`);
      tx.audit(actor, adoptionStatusChanged, id, { before: { status: row.status }, after: { status } });
      await this.save(tx, row, { status, adoptedAt: status === 'adopted' ? this.clock.now() : null });
      if (status === 'adopted') tx.publish(adoptionAdopted({ adoptionId: id, listerId: row.userId }));
    });
  }

  /**
   * Removes a listing from everybody but admins.
   * @throws AdoptionNotFound, also when it was removed before; Forbidden
   */
  remove(actor: Actor, id: string, reason: string | null): Promise<void> {
    return this.database.transaction(async (tx) => this.hide(tx, actor, await this.managed(tx, actor, id), reason));
  }

  /**
   * Says that somebody would take an animal in: 5 animals a UTC day. Saying it again changes and costs nothing.
   * @returns whether it is new
   * @throws AdoptionNotFound, SelfInterest, AlreadyAdopted, RateLimited
   */
  expressInterest(actor: UserActor, id: string): Promise<{ created: boolean; view: InterestView }> {
    return this.database.transaction(async (tx) => {
      // Somebody's interests take turns, so that the sixth of six at once is refused.
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`adoption-interests-of:${actor.userId}`]);
      const row = await this.lock(tx, id);
      if (row.userId === actor.userId) throw new SelfInterest();
      const before = await this.queries.interest(tx, id, actor.userId);
      if (before.interested) return { created: false, view: before };
      if (row.status === 'adopted') throw new AlreadyAdopted();
      await this.assertInterestsLeft(tx, actor.userId);
      await tx.manager.insert(AdoptionInterest, { adoptionId: id, userId: actor.userId, createdAt: this.clock.now() });
      tx.publish(adoptionInterestExpressed({ adoptionId: id, listerId: row.userId, interestedId: actor.userId }));
      return { created: true, view: await this.queries.interest(tx, id, actor.userId) };
    });
  }

  /** A listing as moderation sees it, removed or not; null when there is none. */
  async find(tx: Tx, id: string): Promise<{ id: string; listerId: string; caseId: string | null; text: string; deletedAt: Date | null } | null> {
    const row = await tx.manager.findOneBy(Adoption, { id });
    return row && { id, listerId: row.userId, caseId: row.caseId, text: `${row.name}: ${row.description}`, deletedAt: row.deletedAt };
  }

  /**
   * Takes a listing from the public in the caller's transaction; answers whether it was shown until now.
   * @throws AdoptionNotFound
   */
  async takeDown(tx: Tx, actor: Actor, id: string, reason: string | null): Promise<boolean> {
    const row = await tx.lock(Adoption, { id });
    if (!row) throw new AdoptionNotFound();
    if (row.deletedAt) return false;
    await this.hide(tx, actor, row, reason);
    return true;
  }

  /**
   * Shows a removed listing again, unless its lister is gone and it was emptied.
   * @throws AdoptionNotFound
   */
  async restore(tx: Tx, actor: Actor, id: string, reason: string | null): Promise<void> {
    const row = await tx.lock(Adoption, { id });
    if (!row) throw new AdoptionNotFound();
    if (!row.deletedAt || row.images.length === 0) return;
    tx.audit(actor, adoptionRestored, id, reason ? { reason } : {});
    await this.save(tx, row, { deletedAt: null });
  }

  /** The listings of an erased person go, with what they said. */
  forget(tx: Tx, userId: string): Promise<void> {
    return this.queries.forget(tx, userId, this.clock.now(), EMPTIED);
  }

  private async hide(tx: Tx, actor: Actor, row: Adoption, reason: string | null): Promise<void> {
    tx.audit(actor, adoptionRemoved, row.id, { by: userIdOf(actor) === row.userId ? 'lister' : 'moderator', ...(reason ? { reason } : {}) });
    await this.save(tx, row, { deletedAt: this.clock.now() });
  }

  /** @throws AdoptionNotFound, Forbidden */
  private async managed(tx: Tx, actor: Actor, id: string): Promise<Adoption> {
    const row = await this.lock(tx, id);
    if (!mayManage(actor, row)) throw new Forbidden('Only who lists this animal or an admin may do this');
    return row;
  }

  /** @throws AdoptionNotFound */
  private async lock(tx: Tx, id: string): Promise<Adoption> {
    const row = await tx.lock(Adoption, { id });
    if (!row || row.deletedAt) throw new AdoptionNotFound();
    return row;
  }

  private async save(tx: Tx, { id, version }: Adoption, change: Partial<Adoption>): Promise<void> {
    await tx.manager.update(Adoption, id, { ...change, updatedAt: this.clock.now(), version: version + 1 });
  }

  private async assertInterestsLeft(tx: Tx, userId: string): Promise<void> {
    const now = this.clock.now().getTime();
    const today = Math.floor(now / DAY_MS) * DAY_MS;
    if ((await tx.manager.countBy(AdoptionInterest, { userId, createdAt: MoreThanOrEqual(new Date(today)) })) < INTERESTS_A_DAY) return;
    throw new RateLimited({ detail: `At most ${INTERESTS_A_DAY} animals per UTC day; try again tomorrow`, retryAfterSeconds: (today + DAY_MS - now) / 1_000, extra: { scope: 'adoption.interest' } });
  }

  private async assertOwnCase(tx: Tx, caseId: string, userId: string): Promise<void> {
    const stage = await this.queries.ownCaseStage(tx, caseId, userId);
    if (stage !== 'seeking_adoption' && stage !== 'closed_success') throw invalid('caseId', 'must be a case of yours that seeks a home or has ended well');
  }

  private async attach(tx: Tx, userId: string, images: string[]): Promise<void> {
    try {
      await this.files.attach(tx.manager, images, userId);
    } catch (error) {
      if (error instanceof FileNotFoundError) throw invalid('images', 'must be pictures that you uploaded');
      throw error;
    }
  }
}

const placeOf = ({ city, neighborhood }: AdoptionLocation): Pick<Adoption, 'locationCity' | 'locationNeighborhood' | 'cityKey'> => ({
  locationCity: city,
  locationNeighborhood: neighborhood,
  cityKey: cityKey(city),
});

const invalid = (path: string, message: string): InstanceType<typeof ValidationFailed> => new ValidationFailed({ errors: [{ path, message }] });
