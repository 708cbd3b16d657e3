import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { calculateJwkThumbprint, exportJWK, exportPKCS8, generateKeyPair, importPKCS8, type JWK, type JWSHeaderParameters, SignJWT } from 'jose';
import { createPublicKey, type KeyObject } from 'node:crypto';
import { Clock } from '../clock.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { InstallationSecrets } from '../secrets/installation-secrets.js';

const TOKEN_SECONDS = 12 * 3_600;

interface SigningKey {
  kid: string;
  pkcs8: string;
  publicPem: string;
  publicJwk: JWK;
}

/** The identity provider of development: signs tokens and shows its keys, as a real one would. */
@Injectable()
export class LocalIssuer implements OnModuleInit {
  private key: Promise<SigningKey> | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly secrets: InstallationSecrets,
    private readonly clock: Clock,
  ) {}

  /** The key is there before the first token comes; a provider of one's own needs none. */
  async onModuleInit(): Promise<void> {
    if (this.config.auth.local) await this.signingKey();
  }

  /** A bearer token for a person, good for twelve hours. */
  async issue(claims: { externalId: string; email: string; name: string }): Promise<string> {
    const { kid, pkcs8 } = await this.signingKey();
    const now = Math.floor(this.clock.now().getTime() / 1_000);
    return new SignJWT({ email: claims.email, name: claims.name })
      .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
      .setSubject(claims.externalId)
      .setIssuer(this.config.auth.issuer)
      .setAudience(this.config.auth.audience)
      .setIssuedAt(now)
      .setExpirationTime(now + TOKEN_SECONDS)
      .sign(await importPKCS8(pkcs8, 'RS256'));
  }

  /** The public keys, as `/.well-known/jwks.json` shows them. */
  async jwks(): Promise<{ keys: JWK[] }> {
    return { keys: [(await this.signingKey()).publicJwk] };
  }

  /** The PEM key that a token's header names, or null when it is not ours. */
  async publicKeyFor(header: JWSHeaderParameters): Promise<string | null> {
    const key = await this.signingKey();
    return header.kid === key.kid && header.alg === 'RS256' ? key.publicPem : null;
  }

  private signingKey(): Promise<SigningKey> {
    this.key ??= this.loadKey().catch((error: unknown) => {
      this.key = null;
      throw error;
    });
    return this.key;
  }

  private async loadKey(): Promise<SigningKey> {
    const pkcs8 = await this.secrets.get('local-issuer-key', async () => {
      const { privateKey } = await generateKeyPair('RS256', { extractable: true });
      return exportPKCS8(privateKey);
    });
    const publicKey: KeyObject = createPublicKey(pkcs8);
    const jwk = await exportJWK(publicKey);
    const kid = await calculateJwkThumbprint(jwk);
    return { kid, pkcs8, publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(), publicJwk: { ...jwk, kid, alg: 'RS256', use: 'sig' } };
  }
}
