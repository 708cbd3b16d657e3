import type { Config } from '../../../platform/config/config.js';
import type { Case } from '../cases/index.js';

/** Flag on a case whose endorsements came in a suspicious burst. */
export const BRIGADING_FLAG = 'endorsement_brigading';

/** Endorsements of the last minutes. */
export interface RecentEndorsements {
  total: number;
  /** Of accounts that were new when they endorsed. */
  fromNewAccounts: number;
}

/** Whether enough of the community vouches for a case to verify it (behaviour 1.4); never while brigading is suspected. */
export const earnsCommunity = (row: Pick<Case, 'verificationStatus' | 'closed' | 'riskLevel' | 'riskFlags'>, qualified: number, required: number): boolean =>
  row.verificationStatus === 'unverified' && !row.closed && qualified >= required && !(row.riskLevel === 'high' && row.riskFlags.includes(BRIGADING_FLAG));

/** Whether so many endorsements in so little time look arranged: volume and share of new accounts together (behaviour 1.4). */
export const isBurst = ({ total, fromNewAccounts }: RecentEndorsements, { count, newPercent }: Config['endorsements']['burst']): boolean =>
  total >= count && fromNewAccounts * 100 >= total * newPercent;
