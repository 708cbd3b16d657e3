import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { PlainText } from '../../../platform/http/plain-text.js';
import { REFUND_STATUSES, type RefundStatus } from './refund.entity.js';

/** What to give back of a donation. */
export class CreateRefund {
  /**
   * Minor units of the donation's currency; everything that is left when absent.
   * @example 1000
   */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100_000_000)
  amount?: number;

  /**
   * Why, for the audit log; at most 1,000 characters.
   * @example "The donor paid twice"
   */
  @PlainText({ max: 1_000, multiline: true })
  reason: string;
}

/** A refund of a donation. */
export class RefundView {
  id: string;

  /** The donation that it gives back. */
  donationId: string;

  /**
   * Minor units of `currency`.
   * @example 1000
   */
  amount: number;

  /** @example "EUR" */
  currency: string;

  /** `pending` until the payment provider has it done. */
  @ApiProperty({ enum: REFUND_STATUSES })
  status: RefundStatus;

  /**
   * Why it was made.
   * @example "The donor paid twice"
   */
  reason: string;

  createdAt: string;
}
