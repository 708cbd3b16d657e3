import { KeyObject } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { createRemoteJWKSet, decodeProtectedHeader, type JWSHeaderParameters } from 'jose';
import { ExtractJwt, type SecretOrKeyProvider, Strategy } from 'passport-jwt';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import type { TokenClaims } from './accounts.js';
import { LocalIssuer } from './local-issuer.js';

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
  const keys = createRemoteJWKSet(new URL(jwksUri), { cacheMaxAge: 10 * 60_000, cooldownDuration: 10_000, timeoutDuration: 5_000 });
  return (_request, token: string, done) => {
    void Promise.resolve()
      .then(() => keys(decodeProtectedHeader(token) as JWSHeaderParameters))
      .then(
        (key) => done(null, KeyObject.from(key) as never),
        (error: unknown) => {
          logger.warn(`no signing key: ${error instanceof Error ? error.message : String(error)}`);
          done(null);
        },
      );
  };
}

const localKeys =
  (issuer: LocalIssuer): SecretOrKeyProvider =>
  (_request, token: string, done) => {
    issuer.publicKeyFor(token).then(
      (key) => done(null, key ?? undefined),
      (error: unknown) => done(error instanceof Error && error.name === 'TypeError' ? null : error),
    );
  };
