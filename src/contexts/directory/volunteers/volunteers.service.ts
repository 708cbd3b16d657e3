import { Injectable } from '@nestjs/common';
import { type Actor, type UserActor, userIdOf } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { cityKey } from '../../../platform/geo/city-key.js';
import { ValidationFailed } from '../../../platform/http/problem.js';
import { newId } from '../../../platform/ids.js';
import { UsersFacade, type VolunteerAvailability, type VolunteerCapability } from '../../identity/users/index.js';
import { ACTIVITY_HOURS_MAX, type ActivityKind, VolunteerActivity } from './volunteer-activity.entity.js';
import { Volunteer } from './volunteer.entity.js';
import { volunteerActivityLoggedAction, volunteerRated, volunteerTopChanged } from './volunteers.audit.js';
import type { EditVolunteer, JoinVolunteers, LogActivity } from './volunteers.dto.js';
import { VolunteerNotFound } from './volunteers.errors.js';
import { volunteerActivityLogged } from './volunteers.events.js';
import { VolunteersQueries } from './volunteers.queries.js';

const HELPS_AN_ANIMAL: readonly ActivityKind[] = ['transport', 'fostering', 'rescue', 'adoption'];

/** Who helps, with what, and when they can be asked (behaviour 2.20). */
@Injectable()
export class VolunteersService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly users: UsersFacade,
    private readonly queries: VolunteersQueries,
  ) {}

  /**
   * Makes the profile of a person, offline until they say otherwise. Repeating it changes nothing.
   * @returns whether it is new
   */
  join(actor: UserActor, { bio = '', capabilities, city, location }: JoinVolunteers): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const id = newId();
      const now = this.clock.now();
      const row = { id, userId: actor.userId, bio, memberSince: String(now.getUTCFullYear()), createdAt: now, updatedAt: now };
      // The unique index decides between two who join at once as the same person.
      const { raw } = await tx.manager.createQueryBuilder().insert().into(Volunteer).values(row).orIgnore().returning('id').execute();
      if ((raw as unknown[]).length === 0) return false;
      const there = await this.users.becomeVolunteer(tx, actor, { city: city ?? location, capabilities });
      await tx.manager.update(Volunteer, id, placeOf(there.city));
      return true;
    });
  }

  /** @throws VolunteerNotFound for who has no profile */
  edit(actor: UserActor, { bio, city, location }: EditVolunteer): Promise<void> {
    return this.own(actor, async (tx, volunteer) => {
      const place = city ?? location;
      if (place !== undefined) await this.users.changeVolunteer(tx, actor.userId, { volunteerCity: place });
      await this.save(tx, volunteer.id, { ...(bio === undefined ? {} : { bio }), ...(place === undefined ? {} : placeOf(place)) });
    });
  }

  /** @throws VolunteerNotFound for who has no profile */
  setAvailability(actor: UserActor, volunteerAvailability: VolunteerAvailability): Promise<void> {
    return this.own(actor, (tx) => this.users.changeVolunteer(tx, actor.userId, { volunteerAvailability }));
  }

  /** @throws VolunteerNotFound for who has no profile */
  setCapabilities(actor: UserActor, capabilities: VolunteerCapability[]): Promise<void> {
    return this.own(actor, (tx) => this.users.changeVolunteer(tx, actor.userId, { volunteerCapabilities: [...new Set(capabilities)] }));
  }

  /** Marks a top volunteer, or takes the mark away. @throws VolunteerNotFound */
  setTop(actor: Actor, id: string, isTopVolunteer: boolean): Promise<void> {
    return this.database.transaction(async (tx) => {
      const volunteer = await this.lock(tx, { id });
      if (volunteer.isTopVolunteer === isTopVolunteer) return;
      tx.audit(actor, volunteerTopChanged, id, { before: { top: volunteer.isTopVolunteer }, after: { top: isTopVolunteer } });
      await this.save(tx, id, { isTopVolunteer });
    });
  }

  /** @param rating 1 to 5; null takes it away. @throws VolunteerNotFound */
  rate(actor: Actor, id: string, rating: number | null): Promise<void> {
    return this.database.transaction(async (tx) => {
      const volunteer = await this.lock(tx, { id });
      if (volunteer.rating === rating) return;
      tx.audit(actor, volunteerRated, id, { before: { rating: volunteer.rating }, after: { rating } });
      await this.save(tx, id, { rating });
    });
  }

  /**
   * Writes down what a volunteer did and counts it.
   * @throws VolunteerNotFound; ValidationFailed for a case that is not public
   */
  logActivity(actor: Actor, id: string, { kind, hours, caseId, note }: LogActivity): Promise<void> {
    return this.database.transaction(async (tx) => {
      const volunteer = await this.lock(tx, { id });
      if (hours !== undefined && !(hours > 0 && hours <= ACTIVITY_HOURS_MAX)) throw invalid('hours', `must be above 0 and at most ${ACTIVITY_HOURS_MAX}`);
      if (caseId && !(await this.queries.caseExists(tx, caseId))) throw invalid('caseId', 'must be a case that is shown');
      const activityId = newId();
      await tx.manager.insert(VolunteerActivity, {
        id: activityId,
        volunteerId: id,
        kind,
        hours: hours ?? null,
        caseId: caseId ?? null,
        note: note || null,
        loggedBy: userIdOf(actor),
        createdAt: this.clock.now(),
      });
      await this.save(tx, id, {
        statsAnimalsHelped: volunteer.statsAnimalsHelped + Number(HELPS_AN_ANIMAL.includes(kind)),
        statsAdoptions: volunteer.statsAdoptions + Number(kind === 'adoption'),
        statsCampaigns: volunteer.statsCampaigns + Number(kind === 'campaign'),
        statsHoursVolunteered: volunteer.statsHoursVolunteered + (hours ?? 0),
      });
      tx.audit(actor, volunteerActivityLoggedAction, id, { activityId, kind, hours: hours ?? null, caseId: caseId ?? null });
      tx.publish(volunteerActivityLogged({ volunteerId: id, userId: volunteer.userId, kind }));
    });
  }

  /** Takes over the city that the account names now, for who has a profile. */
  async followAccount(tx: Tx, userId: string): Promise<void> {
    const city = await this.queries.cityOf(tx, userId);
    if (city !== null) await tx.manager.update(Volunteer, { userId }, placeOf(city));
  }

  /** Removes the profile of a person and what was logged of them. */
  async forget(tx: Tx, userId: string): Promise<void> {
    const volunteer = await tx.lock(Volunteer, { userId });
    if (!volunteer) return;
    await tx.manager.delete(VolunteerActivity, { volunteerId: volunteer.id });
    await tx.manager.delete(Volunteer, volunteer.id);
  }

  private own(actor: UserActor, change: (tx: Tx, volunteer: Volunteer) => Promise<void>): Promise<void> {
    return this.database.transaction(async (tx) => change(tx, await this.lock(tx, { userId: actor.userId })));
  }

  private async lock(tx: Tx, where: { id: string } | { userId: string }): Promise<Volunteer> {
    const volunteer = await tx.lock(Volunteer, where);
    if (!volunteer) throw new VolunteerNotFound();
    return volunteer;
  }

  private async save(tx: Tx, id: string, change: Partial<Volunteer>): Promise<void> {
    await tx.manager.update(Volunteer, id, { ...change, updatedAt: this.clock.now() });
  }
}

const placeOf = (city: string | null): Pick<Volunteer, 'location' | 'cityKey'> => ({ location: city ?? '', cityKey: cityKey(city ?? '') });

const invalid = (path: string, message: string): InstanceType<typeof ValidationFailed> => new ValidationFailed({ errors: [{ path, message }] });
