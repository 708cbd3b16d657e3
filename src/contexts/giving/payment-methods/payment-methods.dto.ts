import { ApiProperty } from '@nestjs/swagger';
import { PageQuery } from '../../../platform/http/keyset.js';
import { PAYMENT_METHOD_TYPES, type PaymentMethodType } from './payment-method.entity.js';

/** Which page. */
export class PaymentMethodListQuery extends PageQuery {}

/** A payment method that the provider keeps; there is no more of it here than this. */
export class PaymentMethodView {
  id: string;

  /** What kind it is. */
  @ApiProperty({ enum: PAYMENT_METHOD_TYPES })
  type: PaymentMethodType;

  /** To tell it from the others. @example "Visa ending in 4242" */
  name: string;

  /** Last digits of the card or account; null where there are none. @example "4242" */
  lastFour: string | null;

  /** 1 to 12; null for what does not expire. @example 12 */
  expiryMonth: number | null;

  /** Null for what does not expire. @example 2034 */
  expiryYear: number | null;

  /** At most one of a person's is. */
  isDefault: boolean;

  createdAt: string;
}

/** A page of payment methods, newest first. */
export class PaymentMethodPage {
  items: PaymentMethodView[];

  nextCursor: string | null;
}
