import { type Actor, personOf } from '../../../platform/auth/actor.js';
import { ValidationFailed } from '../../../platform/http/problem.js';
import type { Claim } from './claim.entity.js';
import { ClaimAppealExists, ClaimAppealWindowClosed, ClaimPending, ClaimTooSoon } from './claims.errors.js';

const DAY_MS = 86_400_000;
/** Behaviour 2.13 and decision 24, in days. */
const [APPEAL_WITHIN, WAIT_AFTER_APPEAL, OWNER_IS_HEARD] = [7, 30, 7];
/** Targets of behaviour 2.13, in hours; the fast track is for clinics that never close (docs/decisions/0041). */
const [FIRST_RESPONSE, FAST_FIRST_RESPONSE, RESOLUTION] = [24, 12, 72];

const daysAfter = (date: Date, days: number): Date => new Date(date.getTime() + days * DAY_MS);

/** What a claim has to know of a clinic or a pet service. */
export interface Listing {
  id: string;
  name: string;
  ownerId: string | null;
  is24h: boolean;
}

/** Until when an appeal against this claim is possible, as long as there is none; null where it never is. */
export const appealUntil = ({ status, appealOfClaimId, reviewedAt }: Pick<Claim, 'status' | 'appealOfClaimId' | 'reviewedAt'>): Date | null =>
  status === 'rejected' && appealOfClaimId === null && reviewedAt ? daysAfter(reviewedAt, APPEAL_WITHIN) : null;

/**
 * Whether somebody may claim a listing, given all that they claimed of it before. After a plain rejection they may
 * claim again with better papers (docs/decisions/0042).
 * @throws ClaimPending, ClaimTooSoon, ClaimAppealExists, ClaimAppealWindowClosed; ValidationFailed for an appeal against anything else
 */
export function assertMayClaim(before: readonly Claim[], appealOfClaimId: string | undefined, now: Date): void {
  if (before.some(({ status }) => status === 'pending')) throw new ClaimPending();
  for (const { status, appealOfClaimId: appealed, reviewedAt } of before) {
    const claimableFrom = status === 'rejected' && appealed !== null ? daysAfter(reviewedAt!, WAIT_AFTER_APPEAL) : now;
    if (now < claimableFrom) throw new ClaimTooSoon({ detail: `Your appeal was rejected; the next claim on this listing is possible from ${claimableFrom.toISOString()}`, extra: { claimableFrom } });
  }
  if (appealOfClaimId === undefined) return;
  if (before.some((claim) => claim.appealOfClaimId === appealOfClaimId)) throw new ClaimAppealExists();
  const rejected = before.find(({ id, status }) => id === appealOfClaimId && status === 'rejected');
  if (!rejected) throw new ValidationFailed({ errors: [{ path: 'appealOfClaimId', message: 'must be a rejected claim of your own on this listing' }] });
  const until = appealUntil(rejected);
  if (!until || now > until) throw new ClaimAppealWindowClosed();
}

/** Since the listing is somebody's, they are told and heard first (decision 24). */
export const contestOf = ({ ownerId }: Listing, now: Date): Pick<Claim, 'contestedOwnerId' | 'decideAfter'> => ({
  contestedOwnerId: ownerId,
  decideAfter: ownerId === null ? null : daysAfter(now, OWNER_IS_HEARD),
});

/** How soon staff look at a claim and decide; the days that its owner has to be heard are not theirs. */
export const clocksOf = (fastTrack: boolean, { decideAfter }: Pick<Claim, 'decideAfter'>): { firstResponseHours: number; resolutionHours: number } => ({
  firstResponseHours: fastTrack ? FAST_FIRST_RESPONSE : FIRST_RESPONSE,
  resolutionHours: RESOLUTION + (decideAfter ? OWNER_IS_HEARD * 24 : 0),
});

/** Whether the owner who was told of the claim, and still runs the listing, has time left to be heard. */
export const ownerIsHeard = ({ contestedOwnerId, decideAfter }: Claim, { ownerId }: Listing, now: Date): boolean =>
  decideAfter !== null && contestedOwnerId === ownerId && now < decideAfter;

/** Whether somebody runs the listing whom an approval may not take it from: they were never told of this claim. */
export const isTaken = ({ userId, contestedOwnerId }: Claim, { ownerId }: Listing): boolean => ownerId !== null && ownerId !== userId && ownerId !== contestedOwnerId;

/** Nobody decides about a listing that they run or claim. */
export const hasPart = (actor: Actor, { ownerId }: Listing, claimants: readonly string[]): boolean =>
  [ownerId, ...claimants].some((userId) => userId !== null && personOf(actor) === `user:${userId}`);
