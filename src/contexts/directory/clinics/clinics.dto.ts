import { ApiProperty, PartialType, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsInt, IsLatitude, IsLongitude, IsNumber, IsOptional, IsUrl, IsUUID, Max, MaxLength, Min, ValidateIf, ValidateNested } from 'class-validator';
import { PlainText } from '../../../platform/http/plain-text.js';

const present = (_: object, value: unknown): boolean => value !== undefined;

/** A place on the map. */
export class ClinicCoordinates {
  /** Degrees north. @example 42.6977 */
  @IsNumber()
  @IsLatitude()
  lat: number;

  /** Degrees east. @example 23.3219 */
  @IsNumber()
  @IsLongitude()
  lng: number;
}

/** A new clinic, as staff enter it. */
export class CreateClinic {
  /** Name of the clinic. @example "Good Hands Veterinary Clinic" */
  @PlainText({ max: 200 })
  name: string;

  /** City, in Cyrillic or Latin. @example Sofia */
  @PlainText({ max: 100 })
  city: string;

  /** Street and number. @example "12 Vitosha Blvd" */
  @PlainText({ max: 300 })
  address: string;

  /** Business phone, public. @example "+359 2 123 4567" */
  @PlainText({ min: 3, max: 40 })
  phone: string;

  /** Open around the clock; not unless told. @example true */
  @ValidateIf(present)
  @IsBoolean()
  is24h?: boolean;

  /** What the clinic is good at; at most 30. @example ["surgery", "orthopaedics"] */
  @ValidateIf(present)
  @IsArray()
  @ArrayMaxSize(30)
  @PlainText({ max: 100, each: true })
  specializations?: string[];

  /** Only once its source was checked; not unless told. @example true */
  @ValidateIf(present)
  @IsBoolean()
  verified?: boolean;

  /** Listed first; not unless told. @example false */
  @ValidateIf(present)
  @IsBoolean()
  featured?: boolean;

  /** Address of the cover picture. @example https://example.org/clinic.jpg */
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  @MaxLength(2_000)
  image?: string | null;

  /** Average from outside, 0 to 5. @example 4.6 */
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(5)
  @ApiProperty({ format: 'double' })
  rating?: number | null;

  /** Reviews behind the rating. @example 120 */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  reviewCount?: number | null;

  /** Place on the map, public. */
  @IsOptional()
  @ValidateNested()
  @Type(() => ClinicCoordinates)
  coordinates?: ClinicCoordinates | null;

  /** The person who runs it, who gets the role `clinic`; null takes it from them. */
  @IsOptional()
  @IsUUID()
  ownerId?: string | null;
}

/** Changes of a clinic by staff; what is left out stays. */
export class UpdateClinic extends PartialType(CreateClinic, { skipNullProperties: false }) {
  /** Why the owner is taken away or replaced; kept in the audit log. @example "The practice was sold" */
  @IsOptional()
  @PlainText({ max: 500 })
  reason?: string;

  /** The `version` this change was made on; a stale one is refused. `If-Match` does the same. */
  @IsOptional()
  @IsInt()
  @Min(1)
  version?: number;
}

/** Changes of a clinic by who runs it; what is left out stays. Name, city and marks of trust are the staff's. */
export class EditClinic extends PartialType(PickType(CreateClinic, ['address', 'phone', 'is24h', 'specializations', 'image', 'coordinates'] as const), { skipNullProperties: false }) {
  /** The `version` this change was made on; a stale one is refused. `If-Match` does the same. */
  @IsOptional()
  @IsInt()
  @Min(1)
  version?: number;
}

/** A clinic as anybody sees it. */
export class ClinicView {
  /** Id of the clinic, a UUIDv7. */
  id: string;
  /** Name of the clinic. @example "Good Hands Veterinary Clinic" */
  name: string;
  /** City as it was entered. @example Sofia */
  city: string;
  /** Street and number. @example "12 Vitosha Blvd" */
  address: string;
  /** Business phone. @example "+359 2 123 4567" */
  phone: string;
  /** Open around the clock. @example true */
  is24h: boolean;
  /** What the clinic is good at. @example ["surgery"] */
  specializations: string[];
  /** Its source was checked, or a claim was approved. @example true */
  verified: boolean;
  /** Listed first. @example false */
  featured: boolean;
  /** Whether somebody runs this listing; who it is stays private. @example false */
  isClaimed: boolean;
  /** Address of the cover picture. @example https://example.org/clinic.jpg */
  image: string | null;
  /** Average from outside, 0 to 5. @example 4.6 */
  @ApiProperty({ format: 'double' })
  rating: number | null;
  /** Reviews behind the rating. @example 120 */
  reviewCount: number | null;
  /** Place on the map. */
  coordinates: ClinicCoordinates | null;
  /** When the listing was made. */
  createdAt: Date;
  /** When it was changed last. */
  updatedAt: Date;
  /** Counts changes; send it back with an edit. @example 3 */
  version: number;
}

/** A clinic in a list. */
export class ListedClinic extends ClinicView {
  /** Kilometres from the place asked for, to a tenth; null where none was. @example 1.4 */
  @ApiProperty({ format: 'double' })
  distanceKm: number | null;
}

/** A clinic as staff see it. */
export class AdminClinicView extends ClinicView {
  /** The person who runs the listing. */
  ownerId: string | null;
  /** When that person got it. */
  claimedAt: Date | null;
}

/** A page of clinics: featured ones first, then by name; best matches first in a search; nearest first around a place. */
export class ClinicPage {
  /** The clinics of this page. */
  items: ListedClinic[];
  /** Send it back as `cursor`; null on the last page. */
  nextCursor: string | null;
}

/** Clinics that somebody may want to run. */
export class ClaimableClinics {
  /** At most 15, best matches first. */
  items: ListedClinic[];
}
