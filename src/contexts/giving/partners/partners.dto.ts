import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsUrl, Matches, Max, MaxLength, Min, ValidateBy, ValidateIf, isURL } from 'class-validator';
import { PageQuery } from '../../../platform/http/keyset.js';
import { PlainText } from '../../../platform/http/plain-text.js';
import { PARTNER_TYPES, type PartnerType } from './partner.entity.js';

/** An uploaded picture, by its id or by the address that a partner shows for it. */
export const UPLOADED_LOGO = /^(?:\/v1\/files\/)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

const flag = ({ value }: { value: unknown }): unknown => (value === 'true' ? true : value === 'false' ? false : value);
const present = (_: object, value: unknown): boolean => value !== undefined;
const HTTPS = { protocols: ['https'], require_protocol: true, disallow_auth: true };
const isLogo = (value: unknown): boolean => typeof value === 'string' && (UPLOADED_LOGO.test(value) || (value.length <= 2_000 && isURL(value, HTTPS)));

/** Filters of the partner list; all of them must match. */
export class PartnerListQuery extends PageQuery {
  /** Only those of this kind. */
  @IsOptional()
  @IsIn(PARTNER_TYPES)
  @ApiProperty({ enum: PARTNER_TYPES, required: false })
  type?: PartnerType;

  /** `true`: featured ones only; `false`: the others only. */
  @IsOptional()
  @Transform(flag)
  @IsBoolean()
  featured?: boolean;
}

/** A new partner, as staff enter it. */
export class CreatePartner {
  /** Name of the organisation. @example "Happy Bowl" */
  @PlainText({ max: 200 })
  name: string;

  /** An https address, or the id of a picture that the caller uploaded. @example "https://example.org/logo.png" */
  @ValidateBy({ name: 'isLogo', validator: { validate: isLogo, defaultMessage: () => 'logo must be an https address or the id of a picture that you uploaded' } })
  @ApiProperty({ maxLength: 2_000 })
  logo: string;

  /** What kind of organisation it is. */
  @IsIn(PARTNER_TYPES)
  @ApiProperty({ enum: PARTNER_TYPES })
  type: PartnerType;

  /** What they give, 1 to 500 characters. @example "Two tonnes of food a year" */
  @PlainText({ max: 500 })
  contribution: string;

  /** 1 to 2000 characters. @example "A family shop in Plovdiv that feeds the shelter at Trakia." */
  @PlainText({ max: 2_000, multiline: true })
  description: string;

  /** Address of their site, http or https; null for none. @example "https://example.org" */
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, disallow_auth: true })
  @MaxLength(2_000)
  website?: string | null;

  /** The year that the partnership began in, as text. @example "2024" */
  @Matches(/^(19|20)\d{2}$/, { message: 'since must be a year' })
  since: string;

  /** Animals that they helped; 0 unless told. @example 120 */
  @ValidateIf(present)
  @IsInt()
  @Min(0)
  @Max(100_000_000)
  animalsHelped?: number;

  /** What they have contributed, in cents (minor units of EUR); 0 unless told. @example 1250000 */
  @ValidateIf(present)
  @IsInt()
  @Min(0)
  @Max(1_000_000_000_000)
  totalContributed?: number;

  /** Listed first; not unless told. @example false */
  @ValidateIf(present)
  @IsBoolean()
  featured?: boolean;
}

/** Changes of a partner by staff; what is left out stays. */
export class UpdatePartner extends PartialType(CreatePartner, { skipNullProperties: false }) {
  /** `false` takes the partner from every list and sum; `true` brings it back. @example true */
  @ValidateIf(present)
  @IsBoolean()
  active?: boolean;

  /** Why, at most 1000 characters, kept in the audit log. @example "The agreement ended" */
  @IsOptional()
  @PlainText({ max: 1_000, multiline: true })
  reason?: string;

  /** The `version` this change was made on; a stale one is refused. `If-Match` does the same. */
  @IsOptional()
  @IsInt()
  @Min(1)
  version?: number;
}

/** A partner as anybody sees it. */
export class PartnerView {
  id: string;

  /** Name of the organisation. @example "Happy Bowl" */
  name: string;

  /** Address of the picture. @example "https://example.org/logo.png" */
  logo: string;

  /** What kind of organisation it is. */
  @ApiProperty({ enum: PARTNER_TYPES })
  type: PartnerType;

  /** What they give. @example "Two tonnes of food a year" */
  contribution: string;

  /** Who they are. */
  description: string;

  /** Address of their site. @example "https://example.org" */
  website: string | null;

  /** The year that the partnership began in. @example "2024" */
  since: string;

  /** Animals that they helped. @example 120 */
  animalsHelped: number;

  /** What they have contributed, in minor units of `currency`. @example 1250000 */
  totalContributed: number;

  /** Always EUR. @example "EUR" */
  currency: string;

  /** Listed first. @example false */
  featured: boolean;

  createdAt: Date;

  /** Counts edits; send it back with a change. @example 3 */
  version: number;
}

/** A partner as staff see it. */
export class AdminPartnerView extends PartnerView {
  /** Whether it is shown and counted. @example true */
  active: boolean;
}

/** A page of partners, featured ones first, then by name. */
export class PartnerPage {
  items: PartnerView[];

  nextCursor: string | null;
}

/** What all active partners did together. */
export class PartnerStats {
  /** How many there are. @example 14 */
  partners: number;

  /** Animals that they helped. @example 3120 */
  animalsHelped: number;

  /** What they have contributed, in minor units of `currency`. @example 25400000 */
  totalContributed: number;

  /** Always EUR. @example "EUR" */
  currency: string;
}
