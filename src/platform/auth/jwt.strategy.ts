import { KeyObject } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { createRemoteJWKSet, decodeProtectedHeader, errors, type JWSHeaderParameters } from 'jose';
import { ExtractJwt, type SecretOrKeyProvider, Strategy } from 'passport-jwt';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { type Problem, Unavailable } from '../http/problem.js';
import type { TokenClaims } from './accounts.js';
import { LocalIssuer } from './local-issuer.js';

/** An unknown key id makes the provider be asked again, but not more often than this. */
const KEY_COOLDOWN_MS = 10_000;

/** Verifies a bearer token against the issuer's JWKS: signature, issuer, audience, times. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(@Inject(CONFIG) config: Config, issuer: LocalIssuer) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      issuer: config.auth.issuer,
      audience: config.auth.audience,
      algorithms: ['RS256', 'ES256'],
      jsonWebTokenOptions: { clockTolerance: 5 },
      secretOrKeyProvider: config.auth.jwksUrl ? remoteKeys(config.auth.jwksUrl) : localKeys(issuer),
    });
  }

  validate(payload: Record<string, unknown>): TokenClaims | false {
    const text = (name: string): string | undefined => (typeof payload[name] === 'string' && payload[name] !== '' ? (payload[name]) : undefined);
    const externalId = text('sub');
    if (!externalId || externalId.length > 255 || typeof payload['iat'] !== 'number' || typeof payload['exp'] !== 'number') return false;
    return { externalId, issuedAt: payload['iat'], email: text('email'), name: text('name'), picture: text('picture') };
  }
}

const logger = new Logger(JwtStrategy.name);

/** Keys of the configured provider, cached and fetched again when a token names an unknown one. */
function remoteKeys(jwksUri: string): SecretOrKeyProvider {
  const keys = createRemoteJWKSet(new URL(jwksUri), { cacheMaxAge: 10 * 60_000, cooldownDuration: KEY_COOLDOWN_MS, timeoutDuration: 5_000 });
  return (_request, token: string, done) => {
    const header = headerOf(token);
    if (!header) return done(null);
    keys(header).then(
      (key) => done(null, KeyObject.from(key) as never),
      (error: unknown) => done(isOfTheToken(error) ? null : unavailable(error)),
    );
  };
}

const localKeys =
  (issuer: LocalIssuer): SecretOrKeyProvider =>
  (_request, token: string, done) => {
    const header = headerOf(token);
    if (!header) return done(null);
    issuer.publicKeyFor(header).then(
      (key) => done(null, key ?? undefined),
      (error: unknown) => done(unavailable(error)),
    );
  };

/** The protected header of a token, or null when it has none that can be read. */
function headerOf(token: string): JWSHeaderParameters | null {
  try {
    return decodeProtectedHeader(token);
  } catch {
    return null;
  }
}

/** The keys are there, and none of them can have signed this token. */
const isOfTheToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys || error instanceof errors.JOSENotSupported;

/** Without keys a good token cannot be told from a bad one: the client keeps it and tries again. */
function unavailable(error: unknown): Problem {
  logger.warn(`no keys to check tokens with: ${error instanceof Error ? error.message : String(error)}`);
  return new Unavailable({ cause: error });
}
