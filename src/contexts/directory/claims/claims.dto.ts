import { IsBoolean, IsEmail, IsIn, IsOptional, IsUUID, MaxLength } from 'class-validator';
import type { UserRole } from '../../../platform/auth/actor.js';
import { PageQuery } from '../../../platform/http/keyset.js';
import { PlainText } from '../../../platform/http/plain-text.js';
import { CLAIM_STATUSES, CLAIMER_ROLES, type ClaimerRole, type ClaimStatus } from './claim.entity.js';
import type { ClaimKindName } from './claim-kinds.js';

/** A claim on a listing: who says that it is theirs to run, and how to reach them. */
export class SubmitClaim {
  /** What the caller is at the business. @example Owner */
  @IsIn(CLAIMER_ROLES)
  claimerRole: ClaimerRole;

  /** Where staff reach the caller; nobody else sees it. @example mila@goodhands.example */
  @IsEmail() @MaxLength(254)
  claimerEmail: string;

  /** Where staff reach the caller; nobody else sees it. @example "+359 888 123 456" */
  @IsOptional() @PlainText({ min: 3, max: 40 })
  claimerPhone?: string | null;

  /** What shows that the business is the caller's to run, up to 2000 characters; needed for an appeal. @example "The licence hangs at the door; our site names me." */
  @IsOptional() @PlainText({ min: 0, max: 2_000, multiline: true })
  additionalInfo?: string | null;

  /** UUID of an own claim on this listing that was rejected within the last 7 days: this one appeals against that. */
  @IsOptional() @IsUUID()
  appealOfClaimId?: string;

  /** `true`: claims a listing although somebody runs it. They are told and have 7 days to be heard before staff decide. @example false */
  @IsOptional() @IsBoolean()
  contested?: boolean;
}

/** What a claimant answers to staff. */
export class AnswerQuestion {
  /** 1 to 2000 characters; staff read it. @example "I sent the licence to your support address." */
  @PlainText({ max: 2_000, multiline: true })
  text: string;
}

/** What staff want to know from a claimant. */
export class PauseClaim {
  /** 1 to 2000 characters; the claimant reads it. @example "Which of the two owners in the register are you?" */
  @PlainText({ max: 2_000, multiline: true })
  note: string;
}

/** What staff decide about a claim. */
export class ReviewClaim {
  /** `approved`: the claimant runs the listing, and other claims on it are rejected. @example approved */
  @IsIn(['approved', 'rejected'])
  decision: 'approved' | 'rejected';

  /** What the claimant reads of a rejection, up to 1000 characters; a general text when left out. @example "The register names other owners." */
  @IsOptional() @PlainText({ min: 0, max: 1_000, multiline: true })
  rejectionReason?: string;
}

/** Which claims to show. */
export class ClaimsQuery extends PageQuery {
  /** Only those in this state; `pending` unless told. */
  @IsOptional() @IsIn(CLAIM_STATUSES)
  status: ClaimStatus = 'pending';
}

/** What staff asked a claimant. */
export class ClaimQuestionView {
  /** What they asked. */
  text: string;
  /** When they asked. */
  askedAt: Date;
  /** What the claimant answered; null while staff wait. */
  answer: string | null;
  /** When the claimant answered. */
  answeredAt: Date | null;
}

/** What is claimed. */
export class ClaimedListingView {
  /** UUID of the clinic or pet service. */
  id: string;
  /** Its name. @example "Good Hands Veterinary Clinic" */
  name: string;
  /** Its city as it was entered. @example Sofia */
  city: string;
}

/** What a claim tells its claimant and staff alike. */
export class ClaimFacts {
  /** UUID of the claim. */
  id: string;
  /** What kind of listing is claimed. */
  kind: ClaimKindName;
  /** Whether it waits or how it ended. */
  status: ClaimStatus;
  /** What the claimant is at the business. */
  claimerRole: ClaimerRole;
  /** Where the claimant is reached; null once their account is erased. @example mila@goodhands.example */
  claimerEmail: string | null;
  /** Where the claimant is reached. */
  claimerPhone: string | null;
  /** What shows that the business is theirs to run. */
  additionalInfo: string | null;
  /** Whether somebody ran the listing when it was claimed. */
  contested: boolean;
  /** Nothing is decided about a contested claim before. */
  decideAfter: Date | null;
  /** UUID of the rejected claim that this one appeals against. */
  appealOfClaimId: string | null;
  /** What staff asked, oldest first. */
  questions: ClaimQuestionView[];
  /** Why it was rejected. */
  rejectionReason: string | null;
  /** When it was decided. */
  reviewedAt: Date | null;
  /** When it was made. */
  createdAt: Date;
  /** When staff look at it at the latest: 24 hours, 12 for a clinic that never closes. */
  slaFirstResponseDueAt: Date;
  /** When staff decide at the latest: 72 hours, after the 7 days of a contested one; moves on while staff wait for an answer. */
  slaResolutionDueAt: Date;
}

/** A claim as the claimant sees it. */
export class OwnClaimView extends ClaimFacts {
  /** What is claimed. */
  listing: ClaimedListingView;
  /** Until when the rejection may be appealed against; null where there is nothing to appeal against, or an appeal already. */
  appealUntil: Date | null;
}

export class OwnClaimPage {
  items: OwnClaimView[];
  nextCursor: string | null;
}

/** A person beside a claim, as staff see them. */
export class ClaimPersonView {
  /** UUID of the person. */
  id: string;
  /** Name they are shown by. @example Mila */
  name: string;
}

/** Who claims, as staff see them. */
export class ClaimantView extends ClaimPersonView {
  /** E-mail of the account; null once it is erased. @example mila@example.org */
  email: string | null;
  /** Role of the account. */
  role: UserRole;
}

/** What is claimed, as staff see it. */
export class AdminClaimedListingView extends ClaimedListingView {
  /** Street and number. @example "12 Vitosha Blvd" */
  address: string;
  /** Business phone. @example "+359 2 123 4567" */
  phone: string;
  /** Whether its source was checked, or a claim was approved. */
  verified: boolean;
  /** Whether it never closes. */
  is24h: boolean;
  /** Who runs it now. */
  owner: ClaimPersonView | null;
}

/** A claim as staff see it. */
export class AdminClaimView extends ClaimFacts {
  /** What is claimed. */
  listing: AdminClaimedListingView;
  /** Who claims. */
  claimant: ClaimantView;
  /** Who decided; null too for staff without an account of their own in the system. */
  reviewer: ClaimPersonView | null;
  /** When somebody looked at it. */
  firstRespondedAt: Date | null;
  /** Whether one of the two clocks was or is late. */
  breached: boolean;
  /** Since when the clock stands because the claimant is waited for. */
  pausedAt: Date | null;
  /** Who is at it: `user:<id>` or `staff:<id>`; null when nobody is. @example "user:01890a5d-ac96-774b-bcce-b302099a8057" */
  claimedBy: string | null;
  /** When that claim of theirs expires. */
  claimedUntil: Date | null;
}

export class AdminClaimPage {
  items: AdminClaimView[];
  nextCursor: string | null;
}
