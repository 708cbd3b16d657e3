import type { Pool } from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';

const WINDOW_SECONDS = 15 * 60;
/** Attempts in a window on one account from one address. */
const PER_ACCOUNT = 5;
/** Failed attempts in a window from one address. */
const PER_ADDRESS = 20;

/** Counts sign-in attempts in Postgres, so that the limits hold across processes. */
export class LoginLimits {
  private readonly perAccount: RateLimiterPostgres;
  private readonly perAddress: RateLimiterPostgres;

  constructor(pool: Pool) {
    const table = {
      storeClient: pool,
      storeType: 'pool',
      schemaName: 'backoffice',
      tableName: 'login_attempts',
      tableCreated: true,
      duration: WINDOW_SECONDS,
      clearExpiredByTimeout: true,
    };
    this.perAccount = new RateLimiterPostgres({ ...table, keyPrefix: 'account', points: PER_ACCOUNT });
    this.perAddress = new RateLimiterPostgres({ ...table, keyPrefix: 'address', points: PER_ADDRESS });
  }

  /** Counts one attempt; answers the seconds to wait when there were too many, else 0. */
  async consume(email: string, address: string): Promise<number> {
    try {
      await this.perAddress.consume(address);
      await this.perAccount.consume(accountKey(email, address));
      return 0;
    } catch (error) {
      if (error instanceof RateLimiterRes) return Math.max(1, Math.ceil(error.msBeforeNext / 1000));
      throw error;
    }
  }

  /** Forgets the attempts on this account: they ended with the right password. */
  async forgive(email: string, address: string): Promise<void> {
    await this.perAddress.reward(address);
    await this.perAccount.delete(accountKey(email, address));
  }
}

const accountKey = (email: string, address: string): string => `${email.trim().toLowerCase()} ${address}`.slice(0, 200);
