import type { VerificationStatus } from '../cases/index.js';

/** Whether the caller vouches for a case now, and how far the community does. */
export class EndorsementView {
  /** Whether the caller vouches for it. */
  endorsed: boolean;
  /** How many people vouch for it. @example 5 */
  count: number;
  /** How many of them count: people whom the community knows, with an account of some age. @example 2 */
  qualified: number;
  /** How many have to count before an unverified case becomes `community`. @example 3 */
  required: number;
  /** Who vouches for the case after this: nobody yet, the community, or a clinic. @example unverified */
  verificationStatus: VerificationStatus;
}
