import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './schema.js';

export type { components, operations, paths } from './schema.js';

export interface PawtreonClientOptions {
  /** Address of the installation, such as `https://pawtreon.example`. */
  baseUrl: string;
  /** Bearer token of the session; without one the client is a guest. */
  token?: string;
}

/** A client of the API: paths, parameters, bodies and answers are checked against its OpenAPI document. */
export function createPawtreonClient({ baseUrl, token }: PawtreonClientOptions): Client<paths> {
  return createClient<paths>({ baseUrl, headers: token === undefined ? {} : { Authorization: `Bearer ${token}` } });
}
