import { Injectable } from '@nestjs/common';
import type { Actor, UserActor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/tx.js';
import { User, type VolunteerAvailability, type VolunteerCapability } from './user.entity.js';
import { userWarned } from './users.events.js';
import { lockUser, UsersService } from './users.service.js';

/** Commands on people that another context may call inside its own transaction. */
@Injectable()
export class UsersFacade {
  constructor(private readonly users: UsersService) {}

  /**
   * The person owns a clinic now: role `clinic`, unless an admin (behaviour 2.13).
   * @throws UserNotFound
   */
  async grantClinicRole(tx: Tx, actor: Actor, userId: string): Promise<void> {
    const user = await lockUser(tx, userId);
    if (user.role !== 'admin') await this.users.changeRole(tx, actor, user, 'clinic', 'owns a clinic');
  }

  /**
   * Staff have checked that the person stands for a clinic: level `clinic`, unless they stand as high or higher (behaviour 1.3).
   * @throws UserNotFound
   */
  async verifyForClinic(tx: Tx, actor: Actor, userId: string): Promise<void> {
    await this.users.raiseVerification(tx, actor, await lockUser(tx, userId), 'clinic', 'claim of a clinic approved');
  }

  /**
   * The person lost a clinic: back to role `user`, unless there is another one (behaviour 2.12). An erased person has no role.
   * @param ownsAnother asked while the person is locked, so that a clinic that they get at the same moment counts
   */
  async withdrawClinicRole(tx: Tx, actor: Actor, userId: string, ownsAnother: () => Promise<boolean>): Promise<void> {
    const user = await tx.lock(User, { id: userId });
    if (user?.role === 'clinic' && !(await ownsAnother())) await this.users.changeRole(tx, actor, user, 'user', 'owns no clinic any more');
  }

  /**
   * The person runs a pet service (behaviour 2.14); their role stays as it is.
   * @throws UserNotFound
   */
  async linkPetService(tx: Tx, userId: string, petServiceId: string): Promise<void> {
    await this.users.linkPetService(tx, await lockUser(tx, userId), petServiceId);
  }

  /**
   * Warns a person (behaviour 2.21): counted, audited, told by event; nothing is taken from them.
   * @throws UserNotFound also when erased
   */
  async warn(tx: Tx, actor: Actor, userId: string, reason: string): Promise<void> {
    const { warningCount } = await this.users.changeWarnings(tx, actor, await lockUser(tx, userId), 1, reason);
    tx.publish(userWarned({ userId, warningCount }));
  }

  /**
   * Takes a warning back.
   * @throws UserNotFound also when erased
   */
  async withdrawWarning(tx: Tx, actor: Actor, userId: string, reason: string | null): Promise<void> {
    await this.users.changeWarnings(tx, actor, await lockUser(tx, userId), -1, reason);
  }

  /** The person lost a pet service and is linked to another one that they run, if any. An erased person has no link. */
  async unlinkPetService(tx: Tx, userId: string, other: () => Promise<string | null>): Promise<void> {
    const user = await tx.lock(User, { id: userId });
    if (user && !user.deletedAt) await this.users.linkPetService(tx, user, await other());
  }

  /**
   * The signed-in person enters the volunteer directory: offline, and with the role `volunteer` unless theirs is higher (behaviour 2.20).
   * @returns the city that they help in, as told before where it is not told now
   */
  async becomeVolunteer(tx: Tx, actor: UserActor, told: { city?: string; capabilities?: VolunteerCapability[] }): Promise<{ city: string | null }> {
    const user = await this.users.becomeVolunteer(tx, actor, await lockUser(tx, actor.userId), told);
    return { city: user.volunteerCity };
  }

  /** What a volunteer says of themselves; what is left out stays. */
  async changeVolunteer(
    tx: Tx,
    userId: string,
    change: { volunteerCity?: string; volunteerCapabilities?: VolunteerCapability[]; volunteerAvailability?: VolunteerAvailability },
  ): Promise<void> {
    await this.users.changeVolunteer(tx, await lockUser(tx, userId), change);
  }
}
