import type { UserActor } from './actor.js';

/** The verified claims of a bearer token that an account is made of or found by. */
export interface TokenClaims {
  /** `sub`: the identity provider's id of the person. */
  externalId: string;
  /** `iat` in seconds: tokens from before an erasure are refused (decision 20). */
  issuedAt: number;
  email?: string;
  name?: string;
  picture?: string;
}

/** Finds the person behind a token; the identity context provides it. */
export abstract class Accounts {
  /** Finds the row, or makes it: the webhook may be late (decision 22). */
  abstract resolve(claims: TokenClaims): Promise<UserActor>;
}
