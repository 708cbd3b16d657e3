import { createHash } from 'node:crypto';
import type { SandboxTransaction } from './sandbox-store.js';
import { StripeApiError } from './stripe-error.js';

const KEPT_FOR_MS = 24 * 60 * 60 * 1000;

/** What makes two requests with one key the same: where they go and what they say. */
export interface KeyedRequest {
  /** The `Idempotency-Key` header. */
  key: string;
  requestId: string;
  /** The path, such as `/v1/refunds`. */
  endpoint: string;
  /** The body as it came. */
  body: string;
}

/** The answer, and the id of the request that first got it. */
export interface Answer {
  response: object;
  replayOf: string | null;
}

/**
 * Does `work` at most once for each idempotency key, in the transaction of its effects. A second request with the key
 * waits for the first one to end, then gets the same answer. Refusals are not kept, as at Stripe: they changed nothing.
 *
 * @throws StripeApiError 400 `idempotency_error` when the key was used for another request.
 */
export async function once(tx: SandboxTransaction, request: KeyedRequest, work: () => Promise<object>): Promise<Answer> {
  const bodyHash = createHash('sha256').update(request.body).digest('hex');
  await tx.client.query('DELETE FROM sandbox.idempotency_keys WHERE created_at < $1', [new Date(tx.now.getTime() - KEPT_FOR_MS)]);
  const { rowCount } = await tx.client.query(
    `INSERT INTO sandbox.idempotency_keys (key, endpoint, body_hash, request_id, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (key) DO NOTHING`,
    [request.key, request.endpoint, bodyHash, request.requestId, tx.now],
  );
  if (rowCount === 0) return replay(tx, request, bodyHash);
  const response = await work();
  await tx.client.query('UPDATE sandbox.idempotency_keys SET response = $2 WHERE key = $1', [request.key, JSON.stringify(response)]);
  return { response, replayOf: null };
}

async function replay(tx: SandboxTransaction, request: KeyedRequest, bodyHash: string): Promise<Answer> {
  const { rows } = await tx.client.query<{ endpoint: string; body_hash: string; request_id: string; response: object }>(
    'SELECT endpoint, body_hash, request_id, response FROM sandbox.idempotency_keys WHERE key = $1',
    [request.key],
  );
  const [first] = rows;
  if (!first || first.endpoint !== request.endpoint || first.body_hash !== bodyHash) {
    const rule = 'Keys for idempotent requests can only be used with the same parameters they were first used with.';
    const advice = `Try using a key other than '${request.key}' if you meant to execute a different request.`;
    throw new StripeApiError(400, { type: 'idempotency_error', message: `${rule} ${advice}` });
  }
  return { response: first.response, replayOf: first.request_id };
}
