import { Logger } from '@nestjs/common';
import { Problem } from '../../platform/http/problem.js';
import { ValidationError } from '../adminjs.js';

const logger = new Logger('Backoffice');

/** What Postgres says when a row breaks a rule, in words for staff. */
const BROKEN_RULES: Readonly<Record<string, string>> = {
  '22001': 'A value is too long.',
  '22003': 'A number is out of range.',
  '22P02': 'A value has the wrong form.',
  '23502': 'A required value is missing.',
  '23503': 'A value refers to a record that does not exist, or other records still refer to this one.',
  '23505': 'A record with this value already exists.',
  '23514': 'A value breaks a rule of this table.',
  '40001': 'Somebody changed this at the same moment. Try again.',
  '55P03': 'Somebody is changing this at the moment. Try again.',
};

/** Turns whatever a command threw into a notice that AdminJS shows; unknown faults are logged and not shown. */
export function toValidationError(error: unknown): ValidationError {
  if (error instanceof ValidationError) return error;
  if (error instanceof Problem && error.status < 500) return ofProblem(error);
  const message = refusal(error) ?? brokenRule(error);
  if (message) return new ValidationError({}, { type: 'refused', message });
  logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return new ValidationError({}, { type: 'failed', message: 'This did not work. The fault has been logged.' });
}

/** A refusal of the domain, beside the fields where it names some. */
function ofProblem({ message, options: { errors = [] } }: Problem): ValidationError {
  return new ValidationError(Object.fromEntries(errors.map((error) => [error.path, { type: 'invalid', message: error.message }])), { type: 'refused', message });
}

/** The message of a domain error: any exception that carries a client-error status. */
function refusal(error: unknown): string | null {
  if (error instanceof Problem && error.status < 500) return [error.message, ...(error.options.errors ?? []).map(({ path, message }) => `${path} ${message}`)].join(' · ');
  if (!(error instanceof Error)) return null;
  if (error instanceof Problem) return error.status < 500 ? error.message : null;
  const status = 'getStatus' in error && typeof error.getStatus === 'function' ? Number(error.getStatus()) : 500;
  return status >= 400 && status < 500 ? error.message : null;
}

function brokenRule(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return BROKEN_RULES[String(error.code)] ?? null;
}
