import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsEmail, IsIn, IsInt, IsLatitude, IsLongitude, IsNumber, IsOptional, IsUrl, IsUUID, MaxLength, Min, ValidateIf, ValidateNested } from 'class-validator';
import { PlainText } from '../../../platform/http/plain-text.js';
import { ClaimableQuery, ListingQuery } from '../listings/index.js';
import { PET_SERVICE_TYPES, type PetServiceType } from './pet-service.entity.js';

const present = (_: object, value: unknown): boolean => value !== undefined;
const WEB = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

/** Filters of the list of pet services; all of them must match. */
export class PetServiceQuery extends ListingQuery {
  /** Only businesses of this kind. */
  @IsOptional() @IsIn(PET_SERVICE_TYPES)
  type?: PetServiceType;
}

/** What to look for among pet services that somebody may run. */
export class ClaimablePetServiceQuery extends ClaimableQuery {
  /** Only businesses of this kind. */
  @IsOptional() @IsIn(PET_SERVICE_TYPES)
  type?: PetServiceType;
}

/** A place on the map. */
export class PetServiceCoordinates {
  /** Degrees north. @example 42.6977 */
  @IsNumber() @IsLatitude()
  lat: number;

  /** Degrees east. @example 23.3219 */
  @IsNumber() @IsLongitude()
  lng: number;
}

/** A pet service, as whoever runs it registers it. */
export class RegisterPetService {
  /** Name of the business. @example "Happy Tails" */
  @PlainText({ max: 200 })
  name: string;

  /** What it is. `clinic` is refused: clinics have a directory of their own. */
  @IsIn(PET_SERVICE_TYPES)
  type: PetServiceType;

  /** City, in Cyrillic or Latin. @example Sofia */
  @PlainText({ max: 100 })
  city: string;

  /** Street and number. @example "12 Vitosha Blvd" */
  @PlainText({ max: 300 })
  address: string;

  /** Business phone, public. @example "+359 2 123 4567" */
  @PlainText({ min: 3, max: 40 })
  phone: string;

  /** Business e-mail, public. @example hello@happytails.example */
  @IsOptional() @IsEmail() @MaxLength(254)
  email?: string | null;

  /** Address of its site. @example https://happytails.example */
  @IsOptional() @IsUrl(WEB) @MaxLength(2_000)
  website?: string | null;

  /** Up to 2000 characters. @example "Grooming for dogs of every size." */
  @IsOptional() @PlainText({ min: 0, max: 2_000, multiline: true })
  description?: string | null;

  /** What it offers; at most 30. @example ["bath", "haircut"] */
  @ValidateIf(present) @IsArray() @ArrayMaxSize(30) @PlainText({ max: 100, each: true })
  services?: string[];

  /** What it is good at; at most 30. @example ["long hair"] */
  @ValidateIf(present) @IsArray() @ArrayMaxSize(30) @PlainText({ max: 100, each: true })
  specializations?: string[];

  /** Open around the clock; not unless told. @example false */
  @ValidateIf(present) @IsBoolean()
  is24h?: boolean;

  /** Opening hours. @example "Mon to Fri 9 to 18" */
  @IsOptional() @PlainText({ min: 0, max: 300 })
  hours?: string | null;

  /** Place on the map, public. */
  @IsOptional() @ValidateNested() @Type(() => PetServiceCoordinates)
  coordinates?: PetServiceCoordinates | null;

  /** Address of the logo. @example https://happytails.example/logo.png */
  @IsOptional() @IsUrl(WEB) @MaxLength(2_000)
  logo?: string | null;

  /** Ids of at most 10 pictures that the caller uploaded. */
  @ValidateIf(present) @IsArray() @ArrayMaxSize(10) @ArrayUnique() @IsUUID('all', { each: true })
  photos?: string[];
}

/** A pet service in a file that staff import. */
export class ImportPetService extends OmitType(RegisterPetService, ['photos', 'coordinates'] as const) {
  /** Only once its source was checked; not unless told. @example true */
  @ValidateIf(present) @IsBoolean()
  verified?: boolean;
}

/** Changes of a pet service; what is left out stays. `name`, `type`, `city` and `verified` are for admins alone. */
export class EditPetService extends PartialType(RegisterPetService, { skipNullProperties: false }) {
  /** Its source was checked. @example true */
  @ValidateIf(present) @IsBoolean()
  verified?: boolean;

  /** The `version` this change was made on; a stale one is refused. `If-Match` does the same. */
  @IsOptional() @IsInt() @Min(1)
  version?: number;
}

/** A pet service as anybody sees it. */
export class PetServiceView {
  /** Id of the listing, a UUIDv7. */
  id: string;
  /** Name of the business. @example "Happy Tails" */
  name: string;
  /** What it is. */
  type: PetServiceType;
  /** City as it was entered. @example Sofia */
  city: string;
  /** Street and number. @example "12 Vitosha Blvd" */
  address: string;
  /** Place on the map. */
  coordinates: PetServiceCoordinates | null;
  /** Business phone. @example "+359 2 123 4567" */
  phone: string;
  /** Business e-mail. @example hello@happytails.example */
  email: string | null;
  /** Address of its site. @example https://happytails.example */
  website: string | null;
  /** What it says of itself. @example "Grooming for dogs of every size." */
  description: string | null;
  /** What it offers. @example ["bath", "haircut"] */
  services: string[];
  /** What it is good at. @example ["long hair"] */
  specializations: string[];
  /** Open around the clock. @example false */
  is24h: boolean;
  /** Opening hours. @example "Mon to Fri 9 to 18" */
  hours: string | null;
  /** Its source was checked, or a claim was approved. @example false */
  verified: boolean;
  /** Whether somebody runs this listing; who it is stays private. @example true */
  isClaimed: boolean;
  /** Address of the logo. @example https://happytails.example/logo.png */
  logo: string | null;
  /** Ids of its pictures. */
  photos: string[];
  /** Paths of its pictures. @example ["/v1/files/0197f7a2-3f6b-7cc2-9a53-0c1d2e3f4a5b"] */
  photoUrls: string[];
  /** Average from outside, 0 to 5. @example 4.6 */
  @ApiProperty({ format: 'double' })
  rating: number | null;
  /** Reviews behind the rating. @example 120 */
  reviewCount: number | null;
  /** When the listing was made. */
  createdAt: Date;
  /** When it was changed last. */
  updatedAt: Date;
  /** Counts changes; send it back with an edit. @example 3 */
  version: number;
}

/** A pet service in a list. */
export class ListedPetService extends PetServiceView {
  /** Kilometres from the place asked for, to a tenth; null where none was. @example 1.4 */
  @ApiProperty({ format: 'double' })
  distanceKm: number | null;
}

/** A page of pet services: by name; best matches first in a search; nearest first around a place. */
export class PetServicePage {
  /** The pet services of this page. */
  items: ListedPetService[];
  /** Send it back as `cursor`; null on the last page. */
  nextCursor: string | null;
}

/** Pet services that somebody may want to run. */
export class ClaimablePetServices {
  /** At most 15, best matches first. */
  items: ListedPetService[];
}
