import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { PageQuery } from '../../../platform/http/keyset.js';
import {
  SUBSCRIPTION_INTERVALS,
  SUBSCRIPTION_STATUSES,
  SUBSCRIPTION_TARGETS,
  type SubscriptionInterval,
  type SubscriptionStatus,
  type SubscriptionTarget,
} from './subscription.entity.js';

/** Support of a case or a person that repeats. */
export class CreateSubscription {
  /** What is supported. */
  @IsIn(SUBSCRIPTION_TARGETS)
  @ApiProperty({ enum: SUBSCRIPTION_TARGETS })
  targetType: SubscriptionTarget;

  /** The case or the person. */
  @IsUUID()
  targetId: string;

  /**
   * Minor units of `currency` each interval: at least one unit of it (100 for EUR) or what the payment provider asks for.
   * @example 1000
   */
  @IsInt()
  @Min(1)
  @Max(99_999_999)
  amount: number;

  /**
   * ISO 4217; that of the case, any that the provider takes for a person.
   * @example "EUR"
   */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toUpperCase() : value))
  @IsString()
  @MaxLength(3)
  @ApiProperty({ required: false })
  currency: string = 'EUR';

  /**
   * How often.
   * @example "month"
   */
  @IsOptional()
  @IsIn(SUBSCRIPTION_INTERVALS)
  @ApiProperty({ enum: SUBSCRIPTION_INTERVALS, required: false })
  interval: SubscriptionInterval = 'month';

  /**
   * Where the provider sends the donor after paying; an http(s) address of this application.
   * @example "http://localhost:3000/case/0198c1de-6a51-7c3e-8f1b-2f9a4be0f0a1?support=success"
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

/** Where to pay for the first time. */
export class SubscriptionCheckoutView {
  /** The subscription. */
  id: string;

  /** `pending` until the first payment. */
  @ApiProperty({ enum: SUBSCRIPTION_STATUSES })
  status: SubscriptionStatus;

  /**
   * The provider's hosted page; send the donor there.
   * @example "https://checkout.stripe.com/c/pay/cs_test_a1"
   */
  checkoutUrl: string;

  /** Until when it can be paid. */
  expiresAt: string;
}

/** Which page. */
export class SubscriptionListQuery extends PageQuery {}

/** What is supported, as anybody may see it. */
export class SubscriptionSubject {
  /** Title of the case, or name of the person. @example "Rex was hit by a car" */
  title: string;

  /** Address of the case's picture or the person's avatar; null when there is none. */
  imageUrl: string | null;
}

/** Support that repeats, as its donor sees it; money in minor units of `currency`. */
export class SubscriptionView {
  id: string;

  /** What is supported. */
  @ApiProperty({ enum: SUBSCRIPTION_TARGETS })
  targetType: SubscriptionTarget;

  /** The case or the person. */
  targetId: string;

  /** Null when it is hidden or gone. */
  target: SubscriptionSubject | null;

  /** `past_due` while a payment is tried again, `unpaid` when that was given up; `canceled` is for good. */
  @ApiProperty({ enum: SUBSCRIPTION_STATUSES })
  status: SubscriptionStatus;

  /** Each interval. @example 1000 */
  amount: number;

  /** ISO 4217. @example "EUR" */
  currency: string;

  /** How often. */
  @ApiProperty({ enum: SUBSCRIPTION_INTERVALS })
  interval: SubscriptionInterval;

  /** Where a pending one can be paid. */
  checkoutUrl: string | null;

  createdAt: string;

  /** Time of the last change. */
  updatedAt: string;

  /** When it ended. */
  canceledAt: string | null;
}

/** A page of subscriptions, newest first. */
export class SubscriptionPage {
  items: SubscriptionView[];

  nextCursor: string | null;
}
