import { Injectable } from '@nestjs/common';
import { type Actor, isAdmin, type UserActor } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { FileNotFoundError } from '../../../platform/files/files.errors.js';
import { FilesService } from '../../../platform/files/files.service.js';
import { cityKey } from '../../../platform/geo/city-key.js';
import { assertVersion } from '../../../platform/http/if-match.js';
import { Forbidden, RateLimited, ValidationFailed } from '../../../platform/http/problem.js';
import { newId } from '../../../platform/ids.js';
import { UsersFacade } from '../../identity/users/index.js';
import { csv, foldedNames, type ImportReport, importReport, readImport, withoutRepeats } from '../listings/index.js';
import { PetService } from './pet-service.entity.js';
import { petServiceOwnerAssigned, petServiceOwnerRevoked, petServiceRegistered, petServicesImported, petServiceUpdated } from './pet-services.audit.js';
import { type EditPetService, ImportPetService, type RegisterPetService } from './pet-services.dto.js';
import { PetServiceExists, PetServiceNotFound } from './pet-services.errors.js';
import { PetServicesQueries } from './pet-services.queries.js';

/** Listings that one person may register (behaviour 2.14). */
const REGISTRATIONS_MAX = 3;

/** What staff vouch for: nobody else changes it on a listing that others trust. */
const STAFF_FIELDS = ['name', 'type', 'city', 'verified'] as const;

const IMPORT_COLUMNS = {
  name: csv.text,
  type: csv.text,
  city: csv.text,
  address: csv.text,
  phone: csv.text,
  email: csv.text,
  website: csv.text,
  description: csv.text,
  services: csv.list,
  specializations: csv.list,
  is24h: csv.flag,
  hours: csv.text,
  logo: csv.text,
  verified: csv.flag,
};

/** Registering, editing and importing pet services (behaviour 2.14). */
@Injectable()
export class PetServicesService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly files: FilesService,
    private readonly users: UsersFacade,
    private readonly queries: PetServicesQueries,
  ) {}

  /**
   * Lists a business at once, unverified; who registers it runs it.
   * @returns its id
   * @throws ValidationFailed for a clinic; PetServiceExists; RateLimited from the fourth on
   */
  register(actor: UserActor, body: RegisterPetService): Promise<string> {
    if (body.type === 'clinic') throw invalid('type', 'clinics have a directory of their own: claim yours at /v1/clinics, or ask us to add it');
    return this.database.transaction(async (tx) => {
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`pet services of ${actor.userId}`]);
      if ((await this.queries.registeredBy(tx, actor.userId)) >= REGISTRATIONS_MAX) {
        throw new RateLimited({ detail: `At most ${REGISTRATIONS_MAX} pet services per person`, retryAfterSeconds: 86_400, extra: { scope: 'pet_service.register' } });
      }
      const id = newId();
      const now = this.clock.now();
      const row = { id, ...(await this.columnsOf(tx, actor, body)), ownerId: actor.userId, registeredById: actor.userId, claimedAt: now, createdAt: now, updatedAt: now };
      // The unique index decides between two who register the same business at once.
      const { raw } = await tx.manager.createQueryBuilder().insert().into(PetService).values(row).orIgnore().returning('id').execute();
      if ((raw as unknown[]).length === 0) throw new PetServiceExists();
      await this.users.linkPetService(tx, actor.userId, id);
      tx.audit(actor, petServiceRegistered, id, { after: { name: body.name, type: body.type, city: body.city } });
      return id;
    });
  }

  /**
   * Changes a listing by who runs it, or by an admin.
   * @throws PetServiceNotFound, Forbidden, VersionConflict, PetServiceExists
   */
  async edit(actor: UserActor, id: string, { version, ...body }: EditPetService, ifMatch?: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const service = await this.lock(tx, id);
      if (!isAdmin(actor) && service.ownerId !== actor.userId) throw new Forbidden('Only who runs this pet service or an admin may do this');
      if (!isAdmin(actor) && STAFF_FIELDS.some((field) => body[field] !== undefined)) throw new Forbidden(`${STAFF_FIELDS.join(', ')} are changed by staff: write to us`);
      assertVersion(service.version, version, ifMatch);
      const change = await this.columnsOf(tx, actor, body);
      const fields = (Object.keys(change) as (keyof PetService)[]).filter((field) => JSON.stringify(change[field]) !== JSON.stringify(service[field]));
      if (fields.length === 0) return;
      const changed = { ...service, ...change };
      if ((await this.queries.alreadyListed(tx, [changed], id)).size > 0) throw new PetServiceExists();
      const pick = (from: Partial<PetService>): object => Object.fromEntries(fields.map((field) => [field, from[field]]));
      tx.audit(actor, petServiceUpdated, id, { before: pick(service), after: pick(change) });
      await this.save(tx, service, change);
    });
  }

  /**
   * Enters pet services from a CSV file, all in one transaction; what is not valid, repeats an earlier line or is
   * listed already is skipped and reported.
   * @param dryRun tells what would be done, and does nothing
   * @throws ValidationFailed when the file as a whole cannot be read
   */
  async import(actor: Actor, text: string, dryRun: boolean): Promise<ImportReport> {
    const read = await readImport(text, IMPORT_COLUMNS, ImportPetService);
    return this.database.transaction(async (tx) => {
      const names = await foldedNames(tx, read.lines);
      const keys = read.lines.map(({ body }, place) => [names[place], cityKey(body.city), body.type].join('\n'));
      const { fresh, skipped } = withoutRepeats(read.lines, keys, 'name, city and type');
      // One import at a time: two of the same file would not see each other's rows.
      await tx.query(`SELECT pg_advisory_xact_lock(hashtext('import of pet services'))`);
      const listed = await this.queries.alreadyListed(tx, fresh.map(({ body }) => body));
      const now = this.clock.now();
      const added = [];
      for (const [place, { line, body }] of fresh.entries()) {
        const existing = listed.get(place);
        if (existing) skipped.push({ line, name: body.name, reason: 'already_listed', detail: `pet service ${existing} has the same name, city and type` });
        else added.push({ line, row: { id: newId(), ...(await this.columnsOf(tx, null, body)), createdAt: now, updatedAt: now } });
      }
      if (!dryRun && added.length > 0) {
        await tx.manager.insert(PetService, added.map(({ row }) => row));
        tx.audit(actor, petServicesImported, newId(), { created: added.map(({ row }) => row.id), skipped: read.skipped.length + skipped.length });
      }
      const created = added.map(({ line, row }) => ({ line, id: dryRun ? null : row.id, name: row.name!, city: row.city! }));
      return importReport(dryRun, created, [...read.skipped, ...skipped]);
    });
  }

  /**
   * Takes a listing from who runs it. One that nobody runs stays as it is.
   * @throws PetServiceNotFound
   */
  async revokeOwner(actor: Actor, id: string, reason: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const service = await this.lock(tx, id);
      if (service.ownerId === null) return;
      await this.release(tx, actor, service, reason);
      await this.unlink(tx, service.ownerId);
    });
  }

  /** Frees every listing of a person, who may be erased by now, and forgets who registered them. */
  async releaseAll(tx: Tx, actor: Actor, userId: string, reason: string): Promise<void> {
    const owned = await tx.manager.find(PetService, { where: { ownerId: userId }, order: { id: 'ASC' }, lock: { mode: 'pessimistic_write' } });
    for (const service of owned) await this.release(tx, actor, service, reason);
    await tx.manager.update(PetService, { registeredById: userId }, { registeredById: null });
  }

  /**
   * Gives a listing to somebody whose claim was approved: verified from then on. Who ran it before loses it.
   * @throws PetServiceNotFound; UserNotFound when the person is gone
   */
  async giveTo(tx: Tx, actor: Actor, id: string, ownerId: string, reason?: string): Promise<void> {
    const service = await this.lock(tx, id);
    await this.users.linkPetService(tx, ownerId, id);
    tx.audit(actor, petServiceOwnerAssigned, id, { before: { ownerId: service.ownerId, verified: service.verified }, after: { ownerId, verified: true }, ...(reason ? { reason } : {}) });
    await this.save(tx, service, { ownerId, claimedAt: this.clock.now(), verified: true });
    if (service.ownerId && service.ownerId !== ownerId) await this.unlink(tx, service.ownerId);
  }

  /** @throws PetServiceNotFound */
  async lock(tx: Tx, id: string): Promise<PetService> {
    const service = await tx.lock(PetService, { id });
    if (!service) throw new PetServiceNotFound();
    return service;
  }

  /** Whoever lost a listing is linked to the one that they got last of those they run still. */
  private unlink(tx: Tx, ownerId: string): Promise<void> {
    return this.users.unlinkPetService(tx, ownerId, async () => {
      const other = await tx.manager.findOne(PetService, { where: { ownerId }, order: { claimedAt: 'DESC' } });
      return other?.id ?? null;
    });
  }

  private async release(tx: Tx, actor: Actor, service: PetService, reason: string): Promise<void> {
    tx.audit(actor, petServiceOwnerRevoked, service.id, { before: { ownerId: service.ownerId }, after: { ownerId: null }, reason });
    await this.save(tx, service, { ownerId: null, claimedAt: null });
  }

  private async save(tx: Tx, { id, version }: PetService, change: Partial<PetService>): Promise<void> {
    await tx.manager.update(PetService, id, { ...change, updatedAt: this.clock.now(), version: version + 1 });
  }

  /** The columns that a body sets; what it leaves out is not there. Pictures have to be the actor's own. */
  private async columnsOf(tx: Tx, actor: UserActor | null, { coordinates, ...body }: Omit<EditPetService, 'version'>): Promise<Partial<PetService>> {
    if (body.photos && actor) await this.attach(tx, actor.userId, body.photos);
    const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as Partial<PetService>;
    return {
      ...given,
      ...(given.city === undefined ? {} : { cityKey: cityKey(given.city) }),
      ...(coordinates === undefined ? {} : { coordinatesLat: coordinates?.lat ?? null, coordinatesLng: coordinates?.lng ?? null }),
    };
  }

  private async attach(tx: Tx, userId: string, photos: string[]): Promise<void> {
    try {
      await this.files.attach(tx.manager, photos, userId);
    } catch (error) {
      if (error instanceof FileNotFoundError) throw invalid('photos', 'must be pictures that you uploaded');
      throw error;
    }
  }
}

const invalid = (path: string, message: string): InstanceType<typeof ValidationFailed> => new ValidationFailed({ errors: [{ path, message }] });
