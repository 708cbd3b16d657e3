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
  /** @example Mila */
  name: string;
  /** Picture URL. */
  avatar: string | null;
  /** @example community */
  verificationLevel: string;
}

/** The treating clinic. */
export class CaseClinicView {
  id: string;
  /** @example "Dobro Hrumvane" */
  name: string;
  verified: boolean;
}

/** Where an animal is, in degrees. Shown to the owner, the linked clinic's owner and admins only. */
export class Coordinates {
  /** Latitude, -90 to 90. @example 42.6706 */
  @IsNumber({ allowNaN: false, allowInfinity: false }) @Min(-90) @Max(90)
  lat: number;

  /** Longitude, -180 to 180. @example 23.3219 */
  @IsNumber({ allowNaN: false, allowInfinity: false }) @Min(-180) @Max(180)
  lng: number;
}

export class CaseLocationView {
  /** @example Sofia */
  city: string;
  /** @example Lozenets */
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
  liked: boolean;
  saved: boolean;
  endorsed: boolean;
}

/** Where else the case was told. */
export class ExternalSourceView {
  /** @example https://www.facebook.com/rescue.sofia/posts/1 */
  url: string;
  /** @example facebook */
  platform: string;
  /** @example facebook.com/rescue.sofia/posts/1 */
  title: string;
  thumbnailUrl: string | null;
}

/** The text of a case in one locale. */
export class CaseTranslationView {
  title: string | null;
  description: string | null;
  story: string | null;
  translatedAt: Date;
  /** @example deepl */
  provider: string;
  /** Fingerprint of the text it was made from. */
  sourceHash: string;
}

/** How far the translation into one locale is. */
export class CaseTranslationStatusView {
  status: TranslationStatus;
  updatedAt: Date;
  error: string | null;
}

/** One entry of a case's evidence trail. */
export class CaseUpdateView {
  id: string;
  caseId: string;
  date: Date;
  type: UpdateType;
  /** Up to 3000 characters; a fixed sentence when the entry was retracted. @example "The operation went well." */
  text: string;
  /** File ids, at most 5; empty when the entry was retracted. */
  images: string[];
  /** `images` as addresses. */
  imageUrls: string[];
  /** What the pictures show. */
  evidenceType: EvidenceType | null;
  clinicId: string | null;
  /** The clinic's name at the time. */
  clinicName: string | null;
  /** In which relation to the case the author wrote. */
  authorRole: AuthorRole;
  /** True when staff took the entry back. */
  retracted: boolean;
}

/** What a case in a list and a case alone have in common. */
class CaseSummary {
  id: string;
  userId: string;
  type: CaseType;
  category: CaseCategory;
  /** Language of the original text. @example en */
  language: string;
  /** @example "Rex was hit by a car" */
  title: string;
  description: string;
  story: string | null;
  /** `title` in the locale asked for, else the original; the next two likewise. */
  displayTitle: string;
  displayDescription: string;
  displayStory: string | null;
  /** True when the display fields are a translation made from the present text. */
  translationAvailable: boolean;
  /** File ids in the order to show them. */
  images: string[];
  clinicId: string | null;
  verificationStatus: VerificationStatus;
  fundraising: FundraisingView;
  /** Funding: `active` and `funded` take donations, `closed` does not. */
  status: CaseStatus;
  lifecycleStage: LifecycleStage;
  riskLevel: RiskLevel;
  isDonationAllowed: boolean;
  /** Why donations are refused. */
  donationBlockReason: DonationBlockReason | null;
  likesCount: number;
  commentsCount: number;
  endorsementsCount: number;
  updatesCount: number;
  creator: CaseCreatorView;
  foundAt: Date;
  createdAt: Date;
  /** Set while a moderator keeps the case from the public; owner and admins still see it. */
  hiddenAt: Date | null;
}

/** A case as lists show it. */
export class CaseCard extends CaseSummary {
  location: CaseLocationView;
  /** Address of the first picture. @example /v1/files/019a2b3c-0000-7000-8000-000000000001 */
  firstImageUrl: string;
  /** Address of its thumbnail. */
  firstThumbnailUrl: string;
  /** How far the translation into the locale asked for is; null when nobody asked for one. */
  translationStatus: TranslationStatus | null;
}

export class CasePage {
  items: CaseCard[];
  nextCursor: string | null;
}

/** A case that the viewer keeps. */
export class SavedCaseCard extends CaseCard {
  savedAt: Date;
}

export class SavedCasePage {
  items: SavedCaseCard[];
  nextCursor: string | null;
}

/** A case whole. */
@ApiExtraModels(CaseTranslationView, CaseTranslationStatusView)
export class CaseView extends CaseSummary {
  location: CaseLocationView;
  /** Addresses of the pictures, in order. */
  imageUrls: string[];
  /** Addresses of their thumbnails, in order. */
  thumbnailUrls: string[];
  broughtToClinicAt: Date | null;
  lifecycleUpdatedAt: Date | null;
  closedAt: Date | null;
  closedReason: ClosedReason | null;
  closedNotes: string | null;
  /** What raised the risk. @example ["new_account","high_goal"] */
  riskFlags: string[];
  clinic: CaseClinicView | null;
  externalSource: ExternalSourceView | null;
  savesCount: number;
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
  viewer: CaseViewerView;
  updatedAt: Date;
  /** Counts edits; send it back with `PATCH`. */
  version: number;
}
