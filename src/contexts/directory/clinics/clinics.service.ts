import { Injectable } from '@nestjs/common';
import { type Actor, isAdmin, type UserActor } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { cityKey } from '../../../platform/geo/city-key.js';
import { assertVersion } from '../../../platform/http/if-match.js';
import { Forbidden } from '../../../platform/http/problem.js';
import { newId } from '../../../platform/ids.js';
import { UsersFacade } from '../../identity/users/index.js';
import { csv, foldedNames, type ImportReport, importReport, phoneKey, readImport, withoutRepeats } from '../listings/index.js';
import { Clinic } from './clinic.entity.js';
import { clinicCreated, clinicOwnerAssigned, clinicOwnerRevoked, clinicsImported, clinicUpdated } from './clinics.audit.js';
import { CreateClinic, type EditClinic, type UpdateClinic } from './clinics.dto.js';
import { ClinicNotFound } from './clinics.errors.js';
import { clinicOwnershipRevoked } from './clinics.events.js';
import { ClinicsQueries } from './clinics.queries.js';

/** Columns that a file of clinics may have. */
const IMPORT_COLUMNS = {
  name: csv.text,
  city: csv.text,
  address: csv.text,
  phone: csv.text,
  is24h: csv.flag,
  specializations: csv.list,
  verified: csv.flag,
  featured: csv.flag,
  image: csv.text,
  rating: csv.number,
  reviewCount: csv.number,
};

/** What staff do to the clinic directory (behaviour 2.12, decision 18). */
@Injectable()
export class ClinicsService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersFacade,
    private readonly queries: ClinicsQueries,
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
      const clinic = await this.lock(tx, id);
      assertVersion(clinic.version, version, ifMatch);
      const changed = await this.change(tx, actor, clinic, columnsOf(input));
      if (ownerId === undefined || ownerId === clinic.ownerId) return changed;
      return ownerId === null ? this.releaseOwner(tx, actor, changed, reason) : this.assignOwner(tx, actor, changed, ownerId, reason);
    });
  }

  /**
   * Changes a clinic by who runs it, or by an admin (behaviour 2.12).
   * @throws ClinicNotFound, Forbidden, VersionConflict
   */
  edit(actor: UserActor, id: string, { version, ...input }: EditClinic, ifMatch?: number): Promise<Clinic> {
    return this.database.transaction(async (tx) => {
      const clinic = await this.lock(tx, id);
      if (!isAdmin(actor) && clinic.ownerId !== actor.userId) throw new Forbidden('Only who runs this clinic or an admin may do this');
      assertVersion(clinic.version, version, ifMatch);
      return this.change(tx, actor, clinic, columnsOf(input));
    });
  }

  /**
   * Takes a clinic from who runs it (behaviour 2.12). One that nobody runs stays as it is.
   * @throws ClinicNotFound
   */
  revokeOwner(actor: Actor, id: string, reason: string): Promise<Clinic> {
    return this.database.transaction(async (tx) => {
      const clinic = await this.lock(tx, id);
      return clinic.ownerId === null ? clinic : this.releaseOwner(tx, actor, clinic, reason);
    });
  }

  /**
   * Enters clinics from a CSV file, all in one transaction. Lines that are not valid, that repeat an earlier one, or
   * that are listed already by name, city and phone are skipped and reported.
   * @param dryRun tells what would be done, and does nothing
   * @throws ValidationFailed when the file as a whole cannot be read
   */
  async import(actor: Actor, text: string, dryRun: boolean): Promise<ImportReport> {
    const read = await readImport(text, IMPORT_COLUMNS, CreateClinic);
    return this.database.transaction(async (tx) => {
      const names = await foldedNames(tx, read.lines);
      const keys = read.lines.map(({ body }, place) => [names[place], cityKey(body.city), phoneKey(body.phone)].join('\n'));
      const { fresh, skipped } = withoutRepeats(read.lines, keys, 'name, city and phone');
      // One import at a time: two of the same file would not see each other's rows.
      await tx.query(`SELECT pg_advisory_xact_lock(hashtext('import of clinics'))`);
      const listed = await this.queries.alreadyListed(tx, fresh.map(({ body }) => body));
      const now = this.clock.now();
      const added = fresh.flatMap(({ line, body }, place) => {
        const existing = listed.get(place);
        if (existing) skipped.push({ line, name: body.name, reason: 'already_listed', detail: `clinic ${existing} has the same name, city and phone` });
        return existing ? [] : [{ line, row: { id: newId(), ...columnsOf(body), createdAt: now, updatedAt: now } }];
      });
      if (!dryRun && added.length > 0) {
        await tx.manager.insert(Clinic, added.map(({ row }) => row));
        tx.audit(actor, clinicsImported, newId(), { created: added.map(({ row }) => row.id), skipped: read.skipped.length + skipped.length });
      }
      const created = added.map(({ line, row }) => ({ line, id: dryRun ? null : row.id, name: row.name!, city: row.city! }));
      return importReport(dryRun, created, [...read.skipped, ...skipped]);
    });
  }

  /**
   * Gives a clinic to somebody whose claim was approved (behaviour 2.13): verified from then on, and so is who runs it. Who ran
   * it before loses it as by a revocation.
   * @throws ClinicNotFound; UserNotFound when the person is gone
   */
  async giveTo(tx: Tx, actor: Actor, id: string, ownerId: string, reason: string): Promise<void> {
    const clinic = await this.lock(tx, id);
    const free = clinic.ownerId === null || clinic.ownerId === ownerId ? clinic : await this.releaseOwner(tx, actor, clinic, reason);
    await this.change(tx, actor, await this.assignOwner(tx, actor, free, ownerId, reason), { verified: true });
    await this.users.verifyForClinic(tx, actor, ownerId);
  }

  /** @throws ClinicNotFound */
  async lock(tx: Tx, id: string): Promise<Clinic> {
    const clinic = await tx.lock(Clinic, { id });
    if (!clinic) throw new ClinicNotFound();
    return clinic;
  }

  /** Frees every clinic of a person, who may be erased by now. */
  async releaseAll(tx: Tx, actor: Actor, ownerId: string, reason: string): Promise<void> {
    const clinics = await tx.manager.find(Clinic, { where: { ownerId }, order: { id: 'ASC' }, lock: { mode: 'pessimistic_write' } });
    for (const clinic of clinics) await this.takeFrom(tx, actor, clinic, ownerId, reason);
  }

  private change(tx: Tx, actor: Actor, clinic: Clinic, change: Partial<Clinic>): Promise<Clinic> {
    const fields = (Object.keys(change) as (keyof Clinic)[]).filter((field) => JSON.stringify(change[field]) !== JSON.stringify(clinic[field]));
    if (fields.length > 0) {
      const pick = (from: Partial<Clinic>): object => Object.fromEntries(fields.map((field) => [field, from[field]]));
      tx.audit(actor, clinicUpdated, clinic.id, { before: pick(clinic), after: pick(change) });
    }
    return this.save(tx, clinic, change);
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
    const free = await this.takeFrom(tx, actor, clinic, before, reason);
    await this.withdrawRoleOf(tx, actor, before);
    return free;
  }

  private takeFrom(tx: Tx, actor: Actor, clinic: Clinic, ownerId: string, reason?: string): Promise<Clinic> {
    tx.audit(actor, clinicOwnerRevoked, clinic.id, { before: { ownerId }, after: { ownerId: null }, ...(reason ? { reason } : {}) });
    tx.publish(clinicOwnershipRevoked({ clinicId: clinic.id, ownerId, revokedAt: this.clock.now().toISOString() }));
    return this.save(tx, clinic, { ownerId: null, claimedAt: null });
  }

  /** Whoever owns no clinic any more is an ordinary user again. */
  private withdrawRoleOf(tx: Tx, actor: Actor, userId: string): Promise<void> {
    return this.users.withdrawClinicRole(tx, actor, userId, () => tx.manager.existsBy(Clinic, { ownerId: userId }));
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
