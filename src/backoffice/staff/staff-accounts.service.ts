import { hash, verify } from '@node-rs/argon2';
import { randomBytes } from 'node:crypto';
import { type DataSource, IsNull, type Repository } from 'typeorm';
import type { StaffMember, StaffRole } from '../../platform/backoffice/index.js';
import { StaffAccount } from './staff-account.entity.js';

/** Wrong passwords in a row, from anywhere, that lock an account. */
const LOCK_AFTER = 10;
/** Minutes that a lock lasts. */
const LOCK_MINUTES = 15;

/** Shortest password of a staff account, in characters. */
export const MIN_PASSWORD_LENGTH = 12;

/** The accounts of staff: making them, and telling whether somebody is one. */
export class StaffAccountsService {
  private readonly accounts: Repository<StaffAccount>;
  /** Checked when nobody has the email given, so that the answer takes as long as for a real account. */
  private readonly decoyHash = hash(randomBytes(16).toString('hex'));

  constructor(dataSource: DataSource) {
    this.accounts = dataSource.getRepository(StaffAccount);
  }

  /** Creates an account. Throws when the email is taken or the password is too short. */
  async create(account: {
    id: string;
    email: string;
    name: string;
    password: string;
    role: StaffRole;
    userId?: string | null;
  }): Promise<void> {
    if (account.password.length < MIN_PASSWORD_LENGTH) {
      throw new Error(`A staff password has at least ${MIN_PASSWORD_LENGTH} characters`);
    }
    await this.accounts.insert({
      id: account.id,
      email: account.email.trim().toLowerCase(),
      name: account.name,
      passwordHash: await hash(account.password),
      role: account.role,
      userId: account.userId ?? null,
    });
  }

  /**
   * Answers the actor, or null for a wrong email, a wrong password, a locked and a disabled account
   * alike: a stranger learns nothing about which accounts exist.
   */
  async authenticate(email: string, password: string): Promise<StaffMember | null> {
    const account = await this.accounts.findOneBy({ email: email.trim().toLowerCase() });
    const matches = await verify(account?.passwordHash ?? (await this.decoyHash), password);
    if (!account || account.disabledAt || isLocked(account)) return null;
    if (!matches) {
      await this.countFailure(account.id);
      return null;
    }
    await this.accounts.update(account.id, { failedAttempts: 0, lockedUntil: null, lastLoginAt: new Date() });
    return actorOf(account);
  }

  /** The actor behind a session, with today's role; null once the account is disabled or gone. */
  async findActive(id: string): Promise<StaffMember | null> {
    const account = await this.accounts.findOneBy({ id, disabledAt: IsNull() });
    return account && actorOf(account);
  }

  /** In one statement, so that parallel guesses are all counted. */
  private async countFailure(id: string): Promise<void> {
    await this.accounts
      .createQueryBuilder()
      .update()
      .set({
        failedAttempts: () => `CASE WHEN failed_attempts + 1 >= ${LOCK_AFTER} THEN 0 ELSE failed_attempts + 1 END`,
        lockedUntil: () =>
          `CASE WHEN failed_attempts + 1 >= ${LOCK_AFTER} THEN now() + interval '${LOCK_MINUTES} minutes' ELSE locked_until END`,
      })
      .where({ id })
      .execute();
  }
}

const isLocked = ({ lockedUntil }: StaffAccount): boolean => lockedUntil !== null && lockedUntil > new Date();

const actorOf = ({ id, email, name, role, userId }: StaffAccount): StaffMember => ({ id, email, name, role, userId });
