import { Injectable } from '@nestjs/common';
import { type Actor, type UserActor, userIdOf, type UserRole } from '../../../platform/auth/actor.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { assertVersion } from '../../../platform/http/if-match.js';
import { Forbidden, ReasonRequired, ValidationFailed } from '../../../platform/http/problem.js';
import { User, type VerificationLevel, type VolunteerCapability } from './user.entity.js';
import { roleChanged, userWarnedAction, verificationChanged, warningWithdrawn } from './users.audit.js';
import { CAPABILITIES_MAX, type CompleteOnboarding, type SetVerification, type UpdateCapabilities, type UpdateProfile } from './users.dto.js';
import { UserNotFound } from './users.errors.js';
import { onboardingCompleted } from './users.events.js';
import { isDowngrade, mayRaiseOrLower } from './users.policy.js';

type Change = Partial<Omit<User, 'id' | 'version' | 'updatedAt'>>;

/** What people change about themselves, and what admins change about people (behaviour 2.1, 1.3). */
@Injectable()
export class UsersService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @param ifMatch version that the client read, beside the one in the body
   * @throws VersionConflict
   */
  updateProfile(actor: UserActor, { version, ...profile }: UpdateProfile, ifMatch?: number): Promise<User> {
    return this.database.transaction(async (tx) => {
      const user = await lockUser(tx, actor.userId);
      assertVersion(user.version, version, ifMatch);
      return this.change(tx, user, withoutUndefined(profile));
    });
  }

  /** Stores the wizard's answers; repeating it overwrites them. A volunteer's role never replaces a higher one. */
  completeOnboarding(actor: UserActor, answers: CompleteOnboarding): Promise<User> {
    return this.database.transaction(async (tx) => {
      const user = await lockUser(tx, actor.userId);
      const role = answers.userType === 'volunteer' && user.role === 'user' ? 'volunteer' : user.role;
      if (role !== user.role) tx.audit(actor, roleChanged, user.id, { before: { role: user.role }, after: { role }, reason: 'onboarding' });
      tx.publish(onboardingCompleted({ userId: user.id, userType: answers.userType }));
      return this.change(tx, user, {
        ...withoutUndefined({ ...ofPersona(user, answers), capabilities: distinct('capabilities', answers.capabilities), city: answers.city }),
        userType: answers.userType,
        role,
        onboardingCompleted: true,
        onboardingCompletedAt: this.clock.now(),
      });
    });
  }

  /** Remembers that the tour was taken or dismissed; the first time counts. */
  completeProductTour(actor: UserActor): Promise<User> {
    return this.database.transaction(async (tx) => {
      const user = await lockUser(tx, actor.userId);
      if (user.productTourCompleted) return user;
      return this.change(tx, user, { productTourCompleted: true, productTourCompletedAt: this.clock.now() });
    });
  }

  updateCapabilities(actor: UserActor, { capabilities, volunteerCapabilities }: UpdateCapabilities): Promise<User> {
    return this.database.transaction(async (tx) =>
      this.change(
        tx,
        await lockUser(tx, actor.userId),
        withoutUndefined({ capabilities: distinct('capabilities', capabilities), volunteerCapabilities: distinct('volunteerCapabilities', volunteerCapabilities) }),
      ),
    );
  }

  /**
   * Gives a person a role.
   * @throws Forbidden for oneself
   */
  setRole(actor: Actor, userId: string, role: UserRole, reason?: string): Promise<User> {
    return this.database.transaction(async (tx) => {
      if (!mayRaiseOrLower(actor, userId)) throw new Forbidden('Another admin has to change your role');
      return this.changeRole(tx, actor, await lockUser(tx, userId), role, reason);
    });
  }

  /**
   * Moves a person on the verification ladder.
   * @throws ReasonRequired for a step down without one
   * @throws Forbidden for oneself
   */
  setVerification(actor: Actor, userId: string, { level, reason }: SetVerification): Promise<User> {
    return this.database.transaction(async (tx) => {
      if (!mayRaiseOrLower(actor, userId)) throw new Forbidden('Another admin has to verify you');
      const user = await lockUser(tx, userId);
      if (level === user.verificationLevel) return user;
      if (isDowngrade(user.verificationLevel, level) && !reason) throw new ReasonRequired();
      return this.changeVerification(tx, actor, user, level, reason || null);
    });
  }

  /** Moves a person up the ladder inside the caller's transaction, never down. */
  async raiseVerification(tx: Tx, actor: Actor, user: User, level: VerificationLevel, reason: string): Promise<void> {
    if (isDowngrade(level, user.verificationLevel)) await this.changeVerification(tx, actor, user, level, reason);
  }

  /** Changes a role inside the caller's transaction, audited; a role already held changes nothing. */
  async changeRole(tx: Tx, actor: Actor, user: User, role: UserRole, reason?: string): Promise<User> {
    if (role === user.role) return user;
    tx.audit(actor, roleChanged, user.id, { before: { role: user.role }, after: { role }, ...(reason ? { reason } : {}) });
    return this.change(tx, user, { role });
  }

  /** Says which pet service a person runs, inside the caller's transaction. */
  linkPetService(tx: Tx, user: User, linkedPetServiceId: string | null): Promise<User> {
    return this.change(tx, user, { linkedPetServiceId });
  }

  /** Counts a warning, or takes one back, inside the caller's transaction. */
  changeWarnings(tx: Tx, actor: Actor, user: User, by: 1 | -1, reason: string | null): Promise<User> {
    const warningCount = Math.max(0, user.warningCount + by);
    tx.audit(actor, by > 0 ? userWarnedAction : warningWithdrawn, user.id, { before: { warningCount: user.warningCount }, after: { warningCount }, reason });
    return this.change(tx, user, { warningCount });
  }

  private changeVerification(tx: Tx, actor: Actor, user: User, level: VerificationLevel, reason: string | null): Promise<User> {
    tx.audit(actor, verificationChanged, user.id, { before: { level: user.verificationLevel }, after: { level }, reason });
    const verified = level !== 'unverified';
    return this.change(tx, user, { verificationLevel: level, verifiedAt: verified ? this.clock.now() : null, verifiedBy: verified ? userIdOf(actor) : null });
  }

  /** Makes somebody a volunteer inside the caller's transaction; a higher role stays, and nobody is available before they say so. */
  async becomeVolunteer(tx: Tx, actor: UserActor, user: User, { city, capabilities }: { city?: string; capabilities?: VolunteerCapability[] }): Promise<User> {
    const promoted = user.role === 'user' ? await this.changeRole(tx, actor, user, 'volunteer', 'joined the volunteers') : user;
    return this.change(tx, promoted, {
      volunteerAvailability: 'offline',
      volunteerCity: city ?? user.volunteerCity ?? user.city,
      ...withoutUndefined({ volunteerCapabilities: distinct('volunteerCapabilities', capabilities) }),
    });
  }

  /** Changes what a volunteer says of themselves, inside the caller's transaction. */
  changeVolunteer(tx: Tx, user: User, change: Pick<Change, 'volunteerCity' | 'volunteerCapabilities' | 'volunteerAvailability'>): Promise<User> {
    return this.change(tx, user, change);
  }

  private change(tx: Tx, user: User, change: Change): Promise<User> {
    return tx.manager.save(User, { ...user, ...change, updatedAt: this.clock.now(), version: user.version + 1 });
  }
}

/** @throws UserNotFound when missing or erased */
export async function lockUser(tx: Tx, id: string): Promise<User> {
  const user = await tx.lock(User, { id });
  if (!user || user.deletedAt) throw new UserNotFound();
  return user;
}

/** The answers that belong to the chosen persona (behaviour 2.1, onboarding rules 3 and 4). */
function ofPersona(user: User, answers: CompleteOnboarding): Change {
  switch (answers.userType) {
    case 'volunteer':
      return {
        volunteerCapabilities: distinct('volunteerCapabilities', answers.volunteerCapabilities),
        volunteerCity: answers.volunteerCity,
        volunteerAvailability: user.volunteerAvailability ?? 'offline',
      };
    case 'professional':
      return { professionalType: answers.professionalType, professionalSpecialties: distinct('professionalSpecialties', answers.professionalSpecialties) };
    case 'pet_lover':
      return { hasPets: answers.hasPets, petTypes: distinct('petTypes', answers.petTypes) };
    case 'business':
    case 'exploring':
      return {};
  }
}

/** @throws ValidationFailed when more than {@link CAPABILITIES_MAX} different ones are left */
function distinct<T extends string>(path: string, list: T[] | null | undefined): T[] | undefined {
  if (list === undefined || list === null) return undefined;
  const kept = [...new Set(list)];
  if (path === 'capabilities' && kept.length > CAPABILITIES_MAX) {
    throw new ValidationFailed({ errors: [{ path, message: `must hold at most ${CAPABILITIES_MAX} different values` }] });
  }
  return kept;
}

const withoutUndefined = <T extends object>(change: T): Partial<T> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<T>;
