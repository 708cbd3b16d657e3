import type { Form } from './form-encoding.js';
import { invalidRequest } from './stripe-error.js';

const METADATA = { keys: 50, keyLength: 40, valueLength: 500 };

/**
 * Typed reading of a decoded form. Every reader answers undefined for an absent parameter and throws Stripe's
 * 400 for a wrong one; `required` turns absence into `parameter_missing`.
 */
export class RequestParams {
  constructor(
    private readonly form: Form,
    private readonly path = '',
  ) {}

  /** The parameter's full name as errors show it: `line_items[0][quantity]`. */
  nameOf(key: string): string {
    return this.path ? `${this.path}[${key}]` : key;
  }

  has(key: string): boolean {
    return this.form[key] !== undefined;
  }

  isObject(key: string): boolean {
    return typeof this.form[key] === 'object';
  }

  /** Refuses every parameter that is not listed, as Stripe does, so that a misspelt one is noticed. */
  allowOnly(keys: readonly string[]): void {
    const unknown = Object.keys(this.form).find((key) => !keys.includes(key));
    if (unknown !== undefined) {
      throw invalidRequest(`Received unknown parameter: ${this.nameOf(unknown)}`, { code: 'parameter_unknown', param: this.nameOf(unknown) });
    }
  }

  required<T>(key: string, value: T | undefined): T {
    if (value === undefined) {
      throw invalidRequest(`Missing required param: ${this.nameOf(key)}.`, { code: 'parameter_missing', param: this.nameOf(key) });
    }
    return value;
  }

  text(key: string, maxLength = 5000): string | undefined {
    const value = this.form[key];
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw this.wrong(key, 'Invalid string');
    if (value === '') throw this.wrong(key, `You passed an empty string for '${this.nameOf(key)}'`, 'parameter_invalid_empty');
    if (value.length > maxLength) throw this.wrong(key, `Invalid string: must be at most ${maxLength} characters`);
    return value;
  }

  oneOf<T extends string>(key: string, choices: readonly T[]): T | undefined {
    const value = this.text(key);
    if (value === undefined) return undefined;
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) throw this.wrong(key, `Invalid ${this.nameOf(key)}: must be one of ${choices.join(', ')}`);
    return choice;
  }

  integer(key: string, range: { min: number; max?: number }): number | undefined {
    const value = this.text(key);
    if (value === undefined) return undefined;
    const number = Number(value);
    if (!/^-?\d{1,15}$/.test(value)) throw this.wrong(key, `Invalid integer: ${value}`, 'parameter_invalid_integer');
    if (number < range.min || number > (range.max ?? Number.MAX_SAFE_INTEGER)) {
      const upper = range.max === undefined ? '' : ` and at most ${range.max}`;
      throw this.wrong(key, `Invalid integer: must be at least ${range.min}${upper}`, 'parameter_invalid_integer');
    }
    return number;
  }

  /** An absolute http or https address. */
  url(key: string): string | undefined {
    const value = this.text(key);
    if (value === undefined) return undefined;
    const parsed = URL.parse(value.replaceAll('{CHECKOUT_SESSION_ID}', 'id'));
    if (parsed?.protocol !== 'https:' && parsed?.protocol !== 'http:') {
      throw this.wrong(key, 'Invalid URL: An explicit scheme (such as https) must be provided.', 'url_invalid');
    }
    return value;
  }

  email(key: string): string | undefined {
    const value = this.text(key, 512);
    if (value !== undefined && !/^[^\s@]+@[^\s@]+$/.test(value)) throw this.wrong(key, `Invalid email address: ${value}`, 'email_invalid');
    return value;
  }

  object(key: string): RequestParams | undefined {
    const value = this.form[key];
    if (value === undefined) return undefined;
    if (typeof value === 'string') throw this.wrong(key, 'Invalid object');
    return new RequestParams(value, this.nameOf(key));
  }

  /** The members of a list of objects, in the order of their indexes. */
  objects(key: string): RequestParams[] | undefined {
    const list = this.object(key);
    return list?.indexes().map((index) => list.required(index, list.object(index)));
  }

  texts(key: string): string[] {
    const list = this.object(key);
    return list?.indexes().map((index) => list.required(index, list.text(index))) ?? [];
  }

  /** At most 50 keys of 40 characters with values of 500; an empty value leaves its key out. */
  metadata(key = 'metadata'): Record<string, string> {
    const object = this.object(key);
    const entries = Object.entries(object?.form ?? {});
    if (entries.length > METADATA.keys) throw this.wrong(key, `Metadata can have at most ${METADATA.keys} keys`);
    return Object.fromEntries(
      entries.flatMap(([name, value]) => {
        if (typeof value !== 'string') throw this.wrong(key, `Metadata values must be strings, but '${name}' is an object`);
        if (name.length > METADATA.keyLength) throw this.wrong(key, `Metadata keys must be under ${METADATA.keyLength} characters`);
        if (value.length > METADATA.valueLength) throw this.wrong(key, `Metadata values must be under ${METADATA.valueLength} characters`);
        return value === '' ? [] : [[name, value]];
      }),
    );
  }

  private indexes(): string[] {
    return Object.keys(this.form).sort((one, other) => Number(one) - Number(other));
  }

  private wrong(key: string, message: string, code?: string) {
    return invalidRequest(message, { ...(code && { code }), param: this.nameOf(key) });
  }
}
