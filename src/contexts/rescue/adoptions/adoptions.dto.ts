import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsInt, IsObject, IsOptional, IsUUID, Min, ValidateIf, ValidateNested } from 'class-validator';
import { PageQuery } from '../../../platform/http/keyset.js';
import { PlainText } from '../../../platform/http/plain-text.js';
import { ADOPTION_STATUSES, type AdoptionStatus, ANIMAL_TYPES, type AnimalType } from './adoption.entity.js';

const present = (_: object, value: unknown): boolean => value !== undefined;

/** Filters of the animals that look for a home; all of them must match. */
export class AdoptionQuery extends PageQuery {
  /** Only animals of this kind. */
  @IsOptional() @IsIn(ANIMAL_TYPES)
  animalType?: AnimalType;

  /** City in Cyrillic or Latin. @example София */
  @IsOptional() @PlainText({ min: 0, max: 80 })
  city?: string;

  /** How far the adoption is; `available` unless told. */
  @IsOptional() @IsIn(ADOPTION_STATUSES)
  status: AdoptionStatus = 'available';
}

/** Where an animal is: never more exact than that. */
export class AdoptionLocation {
  /** 1 to 80 characters, in any script. @example Sofia */
  @PlainText({ max: 80 })
  city: string;

  /** 1 to 80 characters. @example Lozenets */
  @PlainText({ max: 80 })
  neighborhood: string;
}

/** An animal that looks for a home. */
export class ListAnimal {
  /** What it is. */
  @IsIn(ANIMAL_TYPES)
  animalType: AnimalType;

  /** 1 to 100 characters. @example Sharo */
  @PlainText({ max: 100 })
  name: string;

  /** Age in words, 1 to 50 characters. @example "about 2 years" */
  @PlainText({ max: 50 })
  age: string;

  /** 1 to 2000 characters. @example "Calm, good with children, knows the leash." */
  @PlainText({ max: 2_000, multiline: true })
  description: string;

  /** Ids of 1 to 10 pictures that the caller uploaded, in the order to show them. */
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(10) @ArrayUnique() @IsUUID('all', { each: true })
  images: string[];

  /** Where the animal is. */
  @IsObject() @ValidateNested() @Type(() => AdoptionLocation)
  location: AdoptionLocation;

  /** Whether it is vaccinated; not unless told. @example true */
  @ValidateIf(present) @IsBoolean()
  vaccinated: boolean = false;

  /** Whether it is neutered; not unless told. @example true */
  @ValidateIf(present) @IsBoolean()
  neutered: boolean = false;

  /** The caller's own case that the animal comes from, while it seeks a home or has ended well. */
  @IsOptional() @IsUUID('all')
  caseId?: string;
}

/** Changes of a listing; what is left out stays. */
export class EditAnimal {
  /** 1 to 100 characters. @example Sharo */
  @ValidateIf(present) @PlainText({ max: 100 })
  name?: string;

  /** Age in words, 1 to 50 characters. @example "about 2 years" */
  @ValidateIf(present) @PlainText({ max: 50 })
  age?: string;

  /** 1 to 2000 characters. @example "Calm, good with children, knows the leash." */
  @ValidateIf(present) @PlainText({ max: 2_000, multiline: true })
  description?: string;

  /** Where the animal is. */
  @ValidateIf(present) @IsObject() @ValidateNested() @Type(() => AdoptionLocation)
  location?: AdoptionLocation;

  /** Whether it is vaccinated. @example true */
  @ValidateIf(present) @IsBoolean()
  vaccinated?: boolean;

  /** Whether it is neutered. @example true */
  @ValidateIf(present) @IsBoolean()
  neutered?: boolean;

  /** The `version` this change was made on; a stale one is refused. `If-Match` does the same. */
  @IsOptional() @IsInt() @Min(1)
  version?: number;
}

/** How far an adoption is now. */
export class MoveAdoption {
  /** `available` to `pending`, `pending` to `available` or `adopted`, `adopted` back to `available`. */
  @IsIn(ADOPTION_STATUSES)
  status: AdoptionStatus;
}

/** Why a listing is removed. */
export class RemoveAnimal {
  /** Up to 1000 characters, kept in the audit log. @example "Sold for money." */
  @IsOptional() @PlainText({ min: 0, max: 1_000, multiline: true })
  reason?: string;
}

/** Who lists an animal. */
export class ListerView {
  /** Id of the person. */
  id: string;
  /** Display name. @example Mila */
  name: string;
  /** Picture URL. */
  avatar: string | null;
}

/** An animal that looks for a home, or found one, as anybody sees it: without a way to reach the lister elsewhere. */
export class AdoptionView {
  /** Id of the listing, a UUIDv7. */
  id: string;
  /** Who lists it. */
  userId: string;
  /** Name and picture of who lists it. */
  lister: ListerView;
  /** What it is. */
  @ApiProperty({ enum: ANIMAL_TYPES })
  animalType: AnimalType;
  /** Name. @example Sharo */
  name: string;
  /** Age in words. @example "about 2 years" */
  age: string;
  /** What the lister says of it. */
  description: string;
  /** Ids of its pictures. */
  images: string[];
  /** Paths of its pictures. @example ["/v1/files/0197f7a2-3f6b-7cc2-9a53-0c1d2e3f4a5b"] */
  imageUrls: string[];
  /** Where it is. */
  location: AdoptionLocation;
  /** Whether it is vaccinated. @example true */
  vaccinated: boolean;
  /** Whether it is neutered. @example true */
  neutered: boolean;
  /** How far the adoption is. */
  @ApiProperty({ enum: ADOPTION_STATUSES })
  status: AdoptionStatus;
  /** The case that the animal comes from. */
  caseId: string | null;
  /** How many people would take it in. @example 2 */
  interestCount: number;
  /** Since when it is adopted. */
  adoptedAt: Date | null;
  /** When it was listed. */
  createdAt: Date;
  /** When it was changed last. */
  updatedAt: Date;
  /** When it was removed; such a listing is shown to admins only. */
  deletedAt: Date | null;
  /** Counts changes; send it back with an edit. @example 3 */
  version: number;
}

/** A page of listings, newest first. */
export class AdoptionPage {
  /** The listings of this page. */
  items: AdoptionView[];
  /** Send it back as `cursor`; null on the last page. */
  nextCursor: string | null;
}

/** The caller's interest in an animal. */
export class InterestView {
  /** The listing. */
  adoptionId: string;
  /** Always true. @example true */
  interested: boolean;
  /** How many people would take it in. @example 2 */
  interestCount: number;
}
