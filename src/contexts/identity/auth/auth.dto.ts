import { Transform } from 'class-transformer';
import { IsEmail, IsIn, IsOptional, MaxLength, ValidateIf } from 'class-validator';
import { USER_ROLES, type UserRole } from '../../../platform/auth/actor.js';
import { PlainText } from '../../../platform/http/plain-text.js';
import { MeView } from '../users/index.js';

/** Who wants a token of the local issuer. */
export class DevTokenRequest {
  /** Finds the account, or makes it. @example maria@example.com */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim().toLowerCase() : value))
  @IsEmail({ require_tld: false })
  @MaxLength(254)
  email: string;

  /** Name of a new account; the part before the @ when left out. @example "Maria Ivanova" */
  @IsOptional()
  @PlainText({ max: 100 })
  name?: string;

  /** Role to give the account; its present one when left out. @example user */
  @ValidateIf((_, role) => role !== undefined)
  @IsIn(USER_ROLES)
  role?: UserRole;
}

/** A token and whose it is. */
export class DevTokenView {
  /** Bearer token, good for twelve hours. */
  accessToken: string;
  /** The account, as `/v1/me` shows it. */
  user: MeView;
}

/** A public key, RFC 7517. */
export class JsonWebKeyView {
  /** Kind of key. @example RSA */
  kty: string;
  /** Id that tokens name in their header. */
  kid: string;
  /** Algorithm it signs with. @example RS256 */
  alg: string;
  /** What it is for. @example sig */
  use: string;
  /** Modulus, base64url. */
  n: string;
  /** Exponent, base64url. @example AQAB */
  e: string;
}

/** A key set, RFC 7517. */
export class JsonWebKeySetView {
  /** The keys that are in use. */
  keys: JsonWebKeyView[];
}

/** The event was taken. */
export class ClerkWebhookReceipt {
  /** Always true. @example true */
  received: boolean;
}
