import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { IsNumber, Max, Min } from 'class-validator';
import type { CaseCategory, CaseStatus, CaseType, ClosedReason, LifecycleStage, RiskLevel, VerificationStatus } from './case.entity.js';
import type { TranslationStatus } from './case-translation.entity.js';
import type { AuthorRole } from './cases.policy.js';

export const UPDATE_TYPES = ['medical', 'milestone', 'update', 'success'] as const;
export type UpdateType = (typeof UPDATE_TYPES)[number];

export const EVIDENCE_TYPES = ['bill', 'lab_result', 'clinic_photo', 'receipt', 'prescription', 'other'] as const;
export type EvidenceType = (typeof EVIDENCE_TYPES)[number];

/** Which rule of the donation gate (behaviour 2.6) refuses. */
export type DonationBlockReason = 'CASE_CLOSED' | 'CASE_HIGH_RISK';

/** Who published a case, as anybody may see it. */
export class CaseCreatorView {
  id: string;
  /** Display name. @example Mila */
  name: string;
  /** Picture URL. */
  avatar: string | null;
  /** How far the person is verified. @example community */
  verificationLevel: string;
}

/** The treating clinic. */
export class CaseClinicView {
  id: string;
  /** Name of the clinic. @example "Dobro Hrumvane" */
  name: string;
  /** Whether staff have checked the clinic. */
  verified: boolean;
}

/** Where an animal is, in degrees. Shown to the owner, the linked clinic's owner and admins only. */
export class Coordinates {
  /** Latitude, -90 to 90. @example 42.6706 */
  @IsNumber({ allowNaN: false, allowInfinity: false }) @Min(-90) @Max(90)
  @ApiProperty({ format: 'double' })
  lat: number;

  /** Longitude, -180 to 180. @example 23.3219 */
  @IsNumber({ allowNaN: false, allowInfinity: false }) @Min(-180) @Max(180)
  @ApiProperty({ format: 'double' })
  lng: number;
}

/** Where an animal is, as far as the viewer may know. */
export class CaseLocationView {
  /** As the author wrote it. @example Sofia */
  city: string;
  /** Part of the city. @example Lozenets */
  neighborhood: string;
  /** Only for the owner, the linked clinic's owner and admins; left out for everybody else. */
  coordinates?: Coordinates;
}

/** Where the fundraising stands. */
export class FundraisingView {
  /** Minor units. @example 250000 */
  goal: number;
  /** Minor units; confirmed payments only, and it may pass the goal. @example 61500 */
  current: number;
  /** ISO 4217. @example EUR */
  currency: string;
}

/** What the viewer has done with a case; all false for guests. */
export class CaseViewerView {
  /** Likes it. */
  liked: boolean;
  /** Keeps it. */
  saved: boolean;
  /** Vouches for it. */
  endorsed: boolean;
}

/** How far the community vouches for a case. */
export class EndorsementProgressView {
  /** How many people vouch for it. @example 5 */
  count: number;
  /** How many of them count: people whom the community knows, with an account of some age. @example 2 */
  qualified: number;
  /** How many have to count before an unverified case becomes `community`. @example 3 */
  required: number;
}

/** Where else the case was told. */
export class ExternalSourceView {
  /** The public link that the author gave. @example https://www.facebook.com/rescue.sofia/posts/1 */
  url: string;
  /** Which site it is on. @example facebook */
  platform: string;
  /** The link as a text to show. @example facebook.com/rescue.sofia/posts/1 */
  title: string;
  /** Picture to show with the link; null when there is none. */
  thumbnailUrl: string | null;
}

/** The text of a case in one locale. */
export class CaseTranslationView {
  /** Translated title. */
  title: string | null;
  /** Translated description. */
  description: string | null;
  /** Translated story; null when the case has none. */
  story: string | null;
  /** When it was made. */
  translatedAt: Date;
  /** Who made it. @example deepl */
  provider: string;
  /** Fingerprint of the text it was made from. */
  sourceHash: string;
}

/** How far the translation into one locale is. */
export class CaseTranslationStatusView {
  /** How far it is. */
  status: TranslationStatus;
  /** Since when. */
  updatedAt: Date;
  /** Why it failed; null otherwise. */
  error: string | null;
}

/** A file that a clinic attests. */
export class AttestedFileView {
  /** One of the entry's `images`. */
  fileId: string;
  /** SHA-256 of the file as `/v1/files/:id` serves it, 64 hex digits; never changed afterwards. @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
  sha256: string;
}

/** A verified clinic's word for an entry of the evidence trail and its files. */
export class AttestationView {
  /** The clinic that gave its word. */
  clinicId: string;
  /** The clinic's name at the time. @example "Dobro Hrumvane" */
  clinicName: string;
  /** Every file of the entry at the time; empty when it had none. */
  files: AttestedFileView[];
  /** When the clinic's owner wrote the entry. */
  attestedAt: Date;
  /** True when the clinic was since taken from the owner who attested. */
  revoked: boolean;
  /** When; null while the owner still stands for it. */
  revokedAt: Date | null;
}

/** One entry of a case's evidence trail. */
export class CaseUpdateView {
  id: string;
  /** The case it belongs to. */
  caseId: string;
  /** When it was written. */
  date: Date;
  /** What kind of news it is. */
  type: UpdateType;
  /** Up to 3000 characters; a fixed sentence when the entry was retracted. @example "The operation went well." */
  text: string;
  /** File ids, at most 5; empty when the entry was retracted. */
  images: string[];
  /** `images` as addresses. */
  imageUrls: string[];
  /** What the pictures show. */
  evidenceType: EvidenceType | null;
  /** The clinic that it speaks of. */
  clinicId: string | null;
  /** The clinic's name at the time. */
  clinicName: string | null;
  /** In which relation to the case the author wrote. */
  authorRole: AuthorRole;
  /** True when staff took the entry back. */
  retracted: boolean;
  /** True when the owner of the verified clinic of the case wrote it; look at `attestation.revoked` as well. */
  attested: boolean;
  /** What the clinic attests; null when it does not, or when the entry was retracted. */
  attestation: AttestationView | null;
}

/** What a case in a list and a case alone have in common. */
class CaseSummary {
  id: string;
  /** Who published it. */
  userId: string;
  /** Urgency: life-threatening, hours or days, in treatment, or the showcase of an adoption. */
  type: CaseType;
  /** What the money is for. */
  category: CaseCategory;
  /** Language of the original text. @example en */
  language: string;
  /** Up to 140 characters, as the author wrote it. @example "Rex was hit by a car" */
  title: string;
  /** Up to 2000 characters, as the author wrote it. */
  description: string;
  /** Up to 10,000 characters; null when there is none. */
  story: string | null;
  /** `title` in the locale asked for, else the original; the next two likewise. */
  displayTitle: string;
  /** `description` for display; see `displayTitle`. */
  displayDescription: string;
  /** `story` for display; see `displayTitle`. */
  displayStory: string | null;
  /** True when the display fields are a translation made from the present text. */
  translationAvailable: boolean;
  /** File ids in the order to show them. */
  images: string[];
  /** The treating clinic; null when none is named. */
  clinicId: string | null;
  /** Who vouches for the case: nobody yet, the community, or a clinic. */
  verificationStatus: VerificationStatus;
  /** Where the fundraising stands. */
  fundraising: FundraisingView;
  /** Funding: `active` and `funded` take donations, `closed` does not. */
  status: CaseStatus;
  /** Where the animal stands between treatment and a closed case. */
  lifecycleStage: LifecycleStage;
  /** How risky giving is thought to be; donations to a high risk wait for a moderator. */
  riskLevel: RiskLevel;
  /** Whether the case takes donations now. */
  isDonationAllowed: boolean;
  /** Why donations are refused. */
  donationBlockReason: DonationBlockReason | null;
  /** How many people like it. */
  likesCount: number;
  /** How many comments it has. */
  commentsCount: number;
  /** How many people vouch for it. */
  endorsementsCount: number;
  /** How many entries the evidence trail has. */
  updatesCount: number;
  /** Who published it. */
  creator: CaseCreatorView;
  /** When the animal was found. */
  foundAt: Date;
  createdAt: Date;
  /** Set while a moderator keeps the case from the public; owner and admins still see it. */
  hiddenAt: Date | null;
}

/** A case as lists show it. */
export class CaseCard extends CaseSummary {
  /** Where the animal is. */
  location: CaseLocationView;
  /** Address of the first picture. @example /v1/files/019a2b3c-0000-7000-8000-000000000001 */
  firstImageUrl: string;
  /** Address of its thumbnail. */
  firstThumbnailUrl: string;
  /** How far the translation into the locale asked for is; null when nobody asked for one. */
  translationStatus: TranslationStatus | null;
}

/** A page of cases. */
export class CasePage {
  items: CaseCard[];
  nextCursor: string | null;
}

/** A case that the viewer keeps. */
export class SavedCaseCard extends CaseCard {
  /** Since when the viewer keeps it. */
  savedAt: Date;
}

/** A page of cases that the viewer keeps, last saved first. */
export class SavedCasePage {
  items: SavedCaseCard[];
  nextCursor: string | null;
}

/** A case whole. */
@ApiExtraModels(CaseTranslationView, CaseTranslationStatusView)
export class CaseView extends CaseSummary {
  /** Where the animal is. */
  location: CaseLocationView;
  /** Addresses of the pictures, in order. */
  imageUrls: string[];
  /** Addresses of their thumbnails, in order. */
  thumbnailUrls: string[];
  /** When the animal came to the clinic. */
  broughtToClinicAt: Date | null;
  /** When the lifecycle last moved. */
  lifecycleUpdatedAt: Date | null;
  /** When it was closed; null while it is open. */
  closedAt: Date | null;
  /** How it ended; null while it is open. */
  closedReason: ClosedReason | null;
  /** What was said when it was closed. */
  closedNotes: string | null;
  /** What raised the risk. @example ["new_account","high_goal"] */
  riskFlags: string[];
  /** The treating clinic; null when none is named. */
  clinic: CaseClinicView | null;
  /** Where else it was told; null when nowhere. */
  externalSource: ExternalSourceView | null;
  /** How many people keep it. */
  savesCount: number;
  /** How far the community vouches for it. */
  endorsements: EndorsementProgressView;
  /** Translations by locale. */
  @ApiProperty({ type: 'object', additionalProperties: { $ref: getSchemaPath(CaseTranslationView) } })
  translations: Record<string, CaseTranslationView>;
  /** State of the translations by locale. */
  @ApiProperty({ type: 'object', additionalProperties: { $ref: getSchemaPath(CaseTranslationStatusView) } })
  translationStatus: Record<string, CaseTranslationStatusView>;
  /** The first 20 entries of the evidence trail, oldest first; `GET /v1/cases/:id/updates` has all. */
  updates: CaseUpdateView[];
  /** Whether the viewer may add updates and move the lifecycle: owner, linked clinic's owner, admin. */
  canManageCase: boolean;
  /** What the viewer has done with it. */
  viewer: CaseViewerView;
  updatedAt: Date;
  /** Counts edits; send it back with `PATCH`. */
  version: number;
}
