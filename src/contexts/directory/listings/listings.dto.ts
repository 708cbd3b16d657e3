import { Type } from 'class-transformer';
import { IsLatitude, IsLongitude, IsNumber, IsOptional, Max, Min, ValidateIf } from 'class-validator';
import { PageQuery } from '../../../platform/http/keyset.js';
import { PlainText } from '../../../platform/http/plain-text.js';
import { QueryFlag } from '../../../platform/http/query-flag.js';

/** Kilometres around a place unless the client says otherwise. */
const RADIUS_DEFAULT = 10;
const RADIUS_MAX = 200;

const hasPlace = ({ lat, lng, radiusKm }: ListingQuery): boolean => [lat, lng, radiusKm].some((value) => value !== undefined);

/** Filters of a list of businesses; all of them must match. Nobody keeps or logs the place that is asked for. */
export class ListingQuery extends PageQuery {
  /** City in Cyrillic or Latin. @example София */
  @IsOptional()
  @PlainText({ min: 0, max: 100 })
  city?: string;

  /** `true`: open around the clock only; `false`: the others only. */
  @IsOptional()
  @QueryFlag()
  is24h?: boolean;

  /** Part of the name, city or address, in Cyrillic or Latin, in any case, with small typos; best matches come first. @example vet */
  @IsOptional()
  @PlainText({ min: 0, max: 100 })
  q?: string;

  /** Degrees north of a place to look around, together with `lng`; the nearest come first. @example 42.6977 */
  @ValidateIf(hasPlace)
  @Type(() => Number)
  @IsNumber({}, { message: 'lat must be a number, beside lng' })
  @IsLatitude()
  lat?: number;

  /** Degrees east of it. @example 23.3219 */
  @ValidateIf(hasPlace)
  @Type(() => Number)
  @IsNumber({}, { message: 'lng must be a number, beside lat' })
  @IsLongitude()
  lng?: number;

  /** Kilometres around it, more than 0 and at most 200; 10 when left out. @example 5 */
  @IsOptional()
  @Type(() => Number)
  @IsNumber()
  @Min(0.1)
  @Max(RADIUS_MAX)
  radiusKm?: number;
}

/** What to look for among businesses that somebody may run. */
export class ClaimableQuery {
  /** At least 2 characters of the name, city or address. @example good hands */
  @PlainText({ min: 2, max: 100 })
  q: string;
}

export const radiusOf = ({ radiusKm }: ListingQuery): number => radiusKm ?? RADIUS_DEFAULT;

/** Why a listing is taken from who runs it. */
export class RevokeOwner {
  /** 1 to 500 characters, kept in the audit log. @example "The practice was sold" */
  @PlainText({ max: 500 })
  reason: string;
}
