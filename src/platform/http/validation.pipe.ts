import { type ArgumentMetadata, Injectable, type PipeTransform, type Type, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { UUID_PATTERN } from '../ids.js';
import { type FieldError, ValidationFailed } from './problem.js';

const SHARED = {
  transform: true,
  whitelist: true,
  stopAtFirstError: true,
  validationError: { target: false, value: false },
  exceptionFactory: (errors: ValidationError[]) => new ValidationFailed({ errors: errors.flatMap((error) => fieldErrors(error, '')) }),
};

const BODY = new ValidationPipe({ ...SHARED, forbidNonWhitelisted: true });

/** Checks bodies strictly (unknown fields are an error) and queries leniently (unknown parameters are ignored). */
@Injectable()
export class RequestValidationPipe implements PipeTransform {
  private readonly query = new ValidationPipe(SHARED);

  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    if (metadata.type === 'custom') return value;
    if (holdsBrokenText(value)) throw new ValidationFailed('Text may hold neither the NUL character nor half of a surrogate pair');
    if (metadata.type === 'body' && (value === undefined || value === null)) value = {};
    return (metadata.type === 'body' ? BODY : this.query).transform(value, metadata);
  }
}

/**
 * Holds a form of the back office to the rules of the body that the API takes for the same command.
 * @throws ValidationFailed
 */
export const checkedInput = <T extends object>(type: Type<T>, input: object): Promise<T> => BODY.transform(input, { type: 'body', metatype: type }) as Promise<T>;

/** A path parameter that must be a UUID: malformed is 400, so that 404 always means "not there". */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string, metadata: ArgumentMetadata): string {
    if (UUID_PATTERN.test(value)) return value.toLowerCase();
    throw new ValidationFailed({ errors: [{ path: metadata.data ?? 'id', message: 'must be a UUID' }] });
  }
}

function fieldErrors(error: ValidationError, prefix: string): FieldError[] {
  const path = prefix ? `${prefix}.${error.property}` : error.property;
  const own = Object.values(error.constraints ?? {}).map((message) => ({ path, message }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, path))];
}

function holdsBrokenText(value: unknown): boolean {
  if (typeof value === 'string') return isBroken(value);
  if (Array.isArray(value)) return value.some(holdsBrokenText);
  if (value !== null && typeof value === 'object') return Object.entries(value).some(([key, inner]) => isBroken(key) || holdsBrokenText(inner));
  return false;
}

const isBroken = (text: string): boolean => text.includes('\0') || !text.isWellFormed();
