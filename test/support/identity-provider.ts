import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

type Key = Awaited<ReturnType<typeof generateKeyPair>> & { kid: string; alg: string };

/** An identity provider outside of the application: signs tokens and shows its keys over HTTP. */
export class IdentityProvider {
  readonly issuer = 'https://id.example.org';
  readonly audience = 'pawtreon-test';
  /** How often the keys were asked for. */
  asked = 0;
  /** What it answers when asked for the keys. */
  status = 200;
  private shown: JWK[] = [];
  private readonly server: Server = createServer((_, response) => {
    this.asked += 1;
    response.writeHead(this.status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ keys: this.shown }));
  });

  static async start(): Promise<IdentityProvider> {
    const provider = new IdentityProvider();
    await new Promise<void>((resolve) => provider.server.listen(0, '127.0.0.1', resolve));
    return provider;
  }

  get jwksUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/jwks.json`;
  }

  /** What an application that trusts this provider is started with. */
  get env(): Record<string, string> {
    return { AUTH_JWKS_URL: this.jwksUrl, AUTH_ISSUER: this.issuer, AUTH_AUDIENCE: this.audience };
  }

  /** Makes a key pair without showing it. */
  async makeKey(alg: 'RS256' | 'ES256', kid: string): Promise<Key> {
    return { ...(await generateKeyPair(alg, { extractable: true })), kid, alg };
  }

  /** Shows these public keys and no others. */
  async show(...keys: Key[]): Promise<void> {
    this.shown = await Promise.all(keys.map(async ({ publicKey, kid, alg }) => ({ ...(await exportJWK(publicKey)), kid, alg, use: 'sig' })));
  }

  /** A token for a person, good for an hour; `claims` go over the usual ones. */
  sign(key: Key, subject: string, claims: Record<string, unknown> = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    return new SignJWT({ iss: this.issuer, aud: this.audience, sub: subject, iat: now, exp: now + 3_600, email: `${subject}@example.org`, name: subject, ...claims })
      .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'JWT' })
      .sign(key.privateKey);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
