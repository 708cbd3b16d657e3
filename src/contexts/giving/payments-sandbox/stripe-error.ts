/** The inside of Stripe's error answer, `{ "error": { ... } }`. */
export interface StripeErrorBody {
  type: 'invalid_request_error' | 'idempotency_error' | 'api_error';
  message: string;
  code?: string;
  param?: string;
}

/** A refusal in Stripe's shape: the HTTP status and the error object of the answer. */
export class StripeApiError extends Error {
  constructor(
    readonly status: number,
    readonly body: StripeErrorBody,
  ) {
    super(body.message);
  }
}

/** 400: the request cannot be done as written. `param` names the field, in bracket notation where nested. */
export function invalidRequest(message: string, details: { code?: string; param?: string } = {}): StripeApiError {
  return new StripeApiError(400, { type: 'invalid_request_error', message, ...details });
}

/** No object of this type has this id: 404 for the object of the URL, 400 (as at Stripe) for one named by a parameter. */
export function noSuchObject(type: string, id: string, param: string, status: 400 | 404 = 404): StripeApiError {
  return new StripeApiError(status, { type: 'invalid_request_error', code: 'resource_missing', message: `No such ${type}: '${id}'`, param });
}
