import type { Config } from '../../../platform/config/config.js';
import type { RiskFinding } from './case-risk.service.js';

const DAY_MS = 86_400_000;

/**
 * New account, high goal, no history (behaviour 2.6): each alone is normal, all three together are a pattern.
 * The threshold counts in minor units of any currency, so that choosing another one is no way around it.
 * @returns null when the rule does not apply
 */
export function assessNewCase(
  facts: { accountCreatedAt: Date; goal: number; currency: string; earlierCases: number; now: Date },
  { newAccountDays, highGoalMinor }: Config['risk'],
): RiskFinding | null {
  const accountAgeDays = (facts.now.getTime() - facts.accountCreatedAt.getTime()) / DAY_MS;
  if (accountAgeDays >= newAccountDays || facts.goal <= highGoalMinor || facts.earlierCases > 0) return null;
  return {
    rule: 'new_account_high_goal',
    level: 'medium',
    flags: ['new_account', 'high_goal'],
    evidence: { accountAgeDays: Math.max(0, Math.floor(accountAgeDays)), goal: facts.goal, currency: facts.currency, earlierCases: 0, newAccountDays, highGoalMinor },
    reportReason: null,
  };
}
