/** One field that failed, as RFC 9457 problems list it. */
export interface FieldError {
  /** Path of the field, such as `location.city`. */
  path: string;
  message: string;
}

export interface ProblemOptions {
  detail?: string;
  errors?: FieldError[];
  /** Sent as `Retry-After`, in whole seconds. */
  retryAfterSeconds?: number;
  /** Further members of the problem document, such as `scope` of a limit. */
  extra?: Record<string, unknown>;
  /** What led to it, for the log. */
  cause?: unknown;
}

/** An answer that is not a success: stable code, HTTP status, and a sentence that says what to do. */
export abstract class Problem extends Error {
  abstract readonly status: number;
  abstract readonly code: string;

  constructor(
    readonly title: string,
    readonly options: ProblemOptions = {},
  ) {
    super(options.detail ?? title, { cause: options.cause });
  }
}

/** What {@link defineProblem} makes: the class of one error. */
export interface ProblemClass {
  new (detail?: string | ProblemOptions): Problem;
  readonly status: number;
  readonly code: string;
  readonly title: string;
}

const DEFINED = new Map<string, number>();

/**
 * Declares an error of the API.
 * @param status HTTP status
 * @param code stable SCREAMING_SNAKE code that clients switch on
 * @param title what happened, and what to do where that is not plain
 */
export function defineProblem(status: number, code: string, title: string): ProblemClass {
  if (DEFINED.has(code)) throw new Error(`Problem ${code} is defined twice`);
  DEFINED.set(code, status);
  return class extends Problem {
    static readonly status = status;
    static readonly code = code;
    static readonly title = title;
    readonly status = status;
    readonly code = code;

    constructor(detail?: string | ProblemOptions) {
      super(title, typeof detail === 'string' ? { detail } : detail);
    }
  };
}

export const ValidationFailed = defineProblem(400, 'VALIDATION', 'The request is not valid; see errors');
export const ReasonRequired = defineProblem(400, 'REASON_REQUIRED', 'Say why in `reason`: the act is kept in the audit log');
export const CursorInvalid = defineProblem(400, 'CURSOR_INVALID', 'The cursor is not one that this list gave; start again without it');
export const SignatureInvalid = defineProblem(400, 'SIGNATURE_INVALID', 'The signature is missing, wrong or too old');
export const NotAuthenticated = defineProblem(401, 'NOT_AUTHENTICATED', 'Sign in: send a valid bearer token');
export const Forbidden = defineProblem(403, 'FORBIDDEN', 'You may not do this');
export const AdminRequired = defineProblem(403, 'ADMIN_REQUIRED', 'This needs the admin role');
export const SelfReviewForbidden = defineProblem(403, 'SELF_REVIEW_FORBIDDEN', 'Somebody else has to decide about what is yours, what you reported or what you decided before');
export const NotFound = defineProblem(404, 'NOT_FOUND', 'There is nothing here');
export const IllegalTransition = defineProblem(409, 'ILLEGAL_TRANSITION', 'The record cannot go from its present state to that one');
export const VersionConflict = defineProblem(409, 'VERSION_CONFLICT', 'Somebody changed this meanwhile; read it again and repeat your change');
export const PayloadTooLarge = defineProblem(413, 'PAYLOAD_TOO_LARGE', 'The request body is too large');
export const MediaTypeUnsupported = defineProblem(415, 'MEDIA_TYPE_UNSUPPORTED', 'This endpoint does not take that content type');
export const RateLimited = defineProblem(429, 'RATE_LIMITED', 'Too many requests; wait for the time that Retry-After says');
export const InternalError = defineProblem(500, 'INTERNAL', 'Something went wrong on our side; nothing was lost. Quote the request id if it stays');
export const ConfigMissing = defineProblem(500, 'CONFIG_MISSING', 'This installation is not configured for that');
export const Unavailable = defineProblem(503, 'UNAVAILABLE', 'The service is briefly unavailable; try again shortly');

/** The problem document as it goes over the wire (RFC 9457). */
export function problemDocument(problem: Problem, requestId: string): Record<string, unknown> {
  return {
    type: `urn:pawtreon:problem:${problem.code.toLowerCase().replaceAll('_', '-')}`,
    title: problem.title,
    status: problem.status,
    detail: problem.message,
    code: problem.code,
    requestId,
    ...(problem.options.errors ? { errors: problem.options.errors } : {}),
    ...problem.options.extra,
  };
}
