import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { PageQuery } from '../../../platform/http/keyset.js';
import { PlainText } from '../../../platform/http/plain-text.js';
import { DONATION_KINDS, DONATION_STATUSES, type DonationKind, type DonationStatus } from './donation.entity.js';

/** A gift to exactly one case or campaign. */
export class CreateCheckoutSession {
  /** The case; give this or `campaignId`. */
  @IsOptional()
  @IsUUID()
  caseId?: string;

  /** The campaign; give this or `caseId`. */
  @IsOptional()
  @IsUUID()
  campaignId?: string;

  /**
   * Minor units of `currency`: at least one unit of it (100 for EUR) or what the payment provider asks for.
   * @example 2550
   */
  @IsInt()
  @Min(1)
  @Max(99_999_999)
  amount: number;

  /**
   * ISO 4217; that of the case or campaign.
   * @example "EUR"
   */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toUpperCase() : value))
  @IsString()
  @MaxLength(3)
  @ApiProperty({ required: false })
  currency: string = 'EUR';

  /**
   * For staff and yourself only, at most 500 characters.
   * @example "Get well soon, Rex"
   */
  @IsOptional()
  @PlainText({ min: 0, max: 500, multiline: true })
  message?: string;

  /**
   * Hides who gave from everybody but staff.
   * @example false
   */
  @IsOptional()
  @IsBoolean()
  @ApiProperty({ required: false })
  anonymous: boolean = false;

  /**
   * Where the provider sends the donor after paying; an http(s) address of this application.
   * @example "http://localhost:3000/case/0198c1de-6a51-7c3e-8f1b-2f9a4be0f0a1?donation=success"
   */
  @IsString()
  @MaxLength(2_000)
  successUrl: string;

  /**
   * Where the provider sends the donor who turns back; an http(s) address of this application.
   * @example "http://localhost:3000/case/0198c1de-6a51-7c3e-8f1b-2f9a4be0f0a1"
   */
  @IsString()
  @MaxLength(2_000)
  cancelUrl: string;
}

/** Where to pay. */
export class CheckoutSessionView {
  /** The pending donation. */
  donationId: string;

  /**
   * The provider's hosted page; send the donor there.
   * @example "https://checkout.stripe.com/c/pay/cs_test_a1"
   */
  checkoutUrl: string;

  /** Until when it can be paid. */
  expiresAt: string;
}

/** Which page. */
export class DonationListQuery extends PageQuery {}

/** What a donation is for, as far as it is shown. */
export class DonationSubject {
  /** Title of the case or campaign. @example "Rex was hit by a car" */
  title: string;

  /** Address of its picture; null when there is none. */
  imageUrl: string | null;
}

/** The case that a donation is for. */
export class DonationCase extends DonationSubject {
  /** Address of the thumbnail of its picture. */
  thumbnailUrl: string | null;
}

/** A donation as its donor and staff see it; money in minor units of `currency`. */
export class DonationView {
  id: string;

  /** Who gives. */
  userId: string;

  /** The case it is for; null for a campaign or a person. */
  caseId: string | null;

  /** The campaign it is for; null for a case or a person. */
  campaignId: string | null;

  /** The person whom recurring support is for; null for a case or campaign. */
  targetUserId: string | null;

  /** The subscription that this is a payment of; null for a gift made once. */
  subscriptionId: string | null;

  /** Null when there is none or it is hidden. */
  case: DonationCase | null;

  /** The campaign; null when there is none. */
  campaign: DonationSubject | null;

  /** Once, or a payment of a subscription. */
  @ApiProperty({ enum: DONATION_KINDS })
  donationKind: DonationKind;

  /**
   * What was asked for while pending; what was received from then on.
   * @example 2550
   */
  amount: number;

  /** @example "EUR" */
  currency: string;

  /** Only `completed` ones have reached the case. */
  @ApiProperty({ enum: DONATION_STATUSES })
  status: DonationStatus;

  /**
   * As the provider names it.
   * @example "card"
   */
  paymentMethod: string | null;

  /** Where a pending donation can be paid. */
  checkoutUrl: string | null;

  /** Number of the receipt; null until the payment is confirmed. @example "PT-7K2M9QXA" */
  receiptId: string | null;

  /** The provider's own receipt. */
  receiptUrl: string | null;

  /** What the donor wrote; for staff and the donor only. */
  message: string | null;

  /** Whether everybody but staff is kept from seeing who gave. */
  anonymous: boolean;

  /**
   * The platform's share.
   * @example 128
   */
  platformFeeAmount: number | null;

  /**
   * What the payment provider kept; null until it says.
   * @example 63
   */
  processorFeeAmount: number | null;

  /**
   * What is left for the case.
   * @example 2359
   */
  netAmount: number | null;

  /** Given back so far, in minor units. */
  refundedAmount: number;

  /** When something was last given back. */
  refundedAt: string | null;

  /** When the payment was confirmed. */
  completedAt: string | null;

  /** When the payment failed or its time ran out. */
  failedAt: string | null;

  createdAt: string;
}

/** A page of donations, newest first. */
export class DonationPage {
  items: DonationView[];

  nextCursor: string | null;
}

/** A sum in one currency. */
export class CurrencyTotal {
  /**
   * Minor units.
   * @example 12050
   */
  amount: number;

  /** @example "EUR" */
  currency: string;
}

/** What a person has given; completed donations only, less refunds. */
export class DonationStats {
  /** How many completed donations. */
  totalDonations: number;

  /** One sum for each currency given in. */
  totals: CurrencyTotal[];

  /**
   * Minor units of `currency`.
   * @example 12050
   */
  totalAmount: number;

  /**
   * The platform's main currency.
   * @example "EUR"
   */
  currency: string;

  /** Different cases donated to. */
  animalsHelped: number;
}
