import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { cityKey } from '../../../platform/geo/city-key.js';
import { assertVersion } from '../../../platform/http/if-match.js';
import { newId } from '../../../platform/ids.js';
import { UsersFacade } from '../../identity/users/index.js';
import { Clinic } from './clinic.entity.js';
import { clinicCreated, clinicOwnerAssigned, clinicOwnerRevoked, clinicUpdated } from './clinics.audit.js';
import type { CreateClinic, UpdateClinic } from './clinics.dto.js';
import { ClinicNotFound } from './clinics.errors.js';

/** What staff do to the clinic directory (behaviour 2.12, decision 18). */
@Injectable()
export class ClinicsService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersFacade,
    private readonly clock: Clock,
  ) {}

  /** @throws UserNotFound for an owner who is not there */
  create(actor: Actor, { ownerId, ...input }: CreateClinic): Promise<Clinic> {
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const id = newId();
      await tx.manager.insert(Clinic, { id, ...columnsOf(input), createdAt: now, updatedAt: now });
      tx.audit(actor, clinicCreated, id, { after: input });
      const clinic = await tx.manager.findOneByOrFail(Clinic, { id });
      return ownerId ? this.assignOwner(tx, actor, clinic, ownerId) : clinic;
    });
  }

  /**
   * Changes a clinic, its owner included.
   * @param ifMatch version that the client read, beside the one in the body
   * @throws ClinicNotFound
   * @throws VersionConflict
   * @throws UserNotFound for an owner who is not there
   */
  update(actor: Actor, id: string, { version, reason, ownerId, ...input }: UpdateClinic, ifMatch?: number): Promise<Clinic> {
    return this.database.transaction(async (tx) => {
      const clinic = await tx.lock(Clinic, { id });
      if (!clinic) throw new ClinicNotFound();
      assertVersion(clinic.version, version, ifMatch);
      const change = columnsOf(input);
      const fields = (Object.keys(change) as (keyof Clinic)[]).filter((field) => JSON.stringify(change[field]) !== JSON.stringify(clinic[field]));
      if (fields.length > 0) {
        const pick = (from: Partial<Clinic>): object => Object.fromEntries(fields.map((field) => [field, from[field]]));
        tx.audit(actor, clinicUpdated, id, { before: pick(clinic), after: pick(change) });
      }
      const changed = await this.save(tx, clinic, change);
      if (ownerId === undefined || ownerId === clinic.ownerId) return changed;
      return ownerId === null ? this.releaseOwner(tx, actor, changed, reason) : this.assignOwner(tx, actor, changed, ownerId, reason);
    });
  }

  /** Frees every clinic of a person, who may be erased by now. */
  async releaseAll(tx: Tx, actor: Actor, ownerId: string, reason: string): Promise<void> {
    const clinics = await tx.manager.find(Clinic, { where: { ownerId }, order: { id: 'ASC' }, lock: { mode: 'pessimistic_write' } });
    for (const clinic of clinics) {
      tx.audit(actor, clinicOwnerRevoked, clinic.id, { before: { ownerId }, after: { ownerId: null }, reason });
      await this.save(tx, clinic, { ownerId: null, claimedAt: null });
    }
  }

  private async assignOwner(tx: Tx, actor: Actor, clinic: Clinic, ownerId: string, reason?: string): Promise<Clinic> {
    await this.users.grantClinicRole(tx, actor, ownerId);
    const before = clinic.ownerId;
    const owned = await this.save(tx, clinic, { ownerId, claimedAt: this.clock.now() });
    tx.audit(actor, clinicOwnerAssigned, clinic.id, { before: { ownerId: before }, after: { ownerId }, ...(reason ? { reason } : {}) });
    if (before) await this.withdrawRoleOf(tx, actor, before);
    return owned;
  }

  private async releaseOwner(tx: Tx, actor: Actor, clinic: Clinic, reason?: string): Promise<Clinic> {
    const before = clinic.ownerId!;
    const free = await this.save(tx, clinic, { ownerId: null, claimedAt: null });
    tx.audit(actor, clinicOwnerRevoked, clinic.id, { before: { ownerId: before }, after: { ownerId: null }, ...(reason ? { reason } : {}) });
    await this.withdrawRoleOf(tx, actor, before);
    return free;
  }

  /** Whoever owns no clinic any more is an ordinary user again. */
  private async withdrawRoleOf(tx: Tx, actor: Actor, userId: string): Promise<void> {
    if (!(await tx.manager.existsBy(Clinic, { ownerId: userId }))) await this.users.withdrawClinicRole(tx, actor, userId);
  }

  private save(tx: Tx, clinic: Clinic, change: Partial<Clinic>): Promise<Clinic> {
    return tx.manager.save(Clinic, { ...clinic, ...change, updatedAt: this.clock.now(), version: clinic.version + 1 });
  }
}

/** The columns that an input sets; what it leaves out is not there. */
function columnsOf({ coordinates, ...input }: Omit<UpdateClinic, 'ownerId' | 'version' | 'reason'>): Partial<Clinic> {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Partial<Clinic>;
  return {
    ...given,
    ...(given.city === undefined ? {} : { cityKey: cityKey(given.city) }),
    ...(coordinates === undefined ? {} : { locationLat: coordinates?.lat ?? null, locationLng: coordinates?.lng ?? null }),
  };
}
