import type { BackofficeField, FieldValue } from '../../platform/backoffice/index.js';
import { plainText } from '../../platform/http/plain-text.js';
import { type PropertyErrors, ValidationError } from '../adminjs.js';

/** Longest reason in characters, as in the API. */
const MAX_REASON = 1_000;

type Fields = Readonly<Record<string, BackofficeField>>;

/**
 * Parses what a form sent. Throws a ValidationError that names every bad field, and `reason` when
 * one is needed and missing.
 */
export function parseForm(
  form: { fields?: Fields; needsReason?: boolean },
  payload: Readonly<Record<string, unknown>>,
): { values: Record<string, FieldValue>; reason: string | null } {
  const errors: PropertyErrors = {};
  const values: Record<string, FieldValue> = {};
  for (const [name, field] of Object.entries(form.fields ?? {})) {
    const parsed = parseField(field, payload[name]);
    if ('error' in parsed) errors[name] = { type: 'invalid', message: parsed.error };
    else values[name] = parsed.value;
  }
  const reason = plainText(String(payload['reason'] ?? ''), true) || null;
  if (form.needsReason && !reason) errors['reason'] = { type: 'required', message: 'Give a reason.' };
  if (reason && reason.length > MAX_REASON) errors['reason'] = { type: 'invalid', message: tooLong(MAX_REASON) };
  if (Object.keys(errors).length > 0) throw new ValidationError(errors);
  return { values, reason };
}

function parseField(field: BackofficeField, raw: unknown): { value: FieldValue } | { error: string } {
  const multiline = field.type === 'textarea';
  const text = plainText(String(raw ?? ''), multiline);
  if (field.type === 'boolean') return { value: text === 'true' };
  if (text === '') return field.required ? { error: 'This is required.' } : { value: null };
  if (field.type === 'number') {
    const number = Number(text);
    return Number.isFinite(number) ? { value: number } : { error: 'This is not a number.' };
  }
  if (field.type === 'date' && !/^\d{4}-\d{2}-\d{2}$/.test(text)) return { error: 'Give a day as YYYY-MM-DD.' };
  if (field.type === 'select' && !field.options?.includes(text)) return { error: 'Choose one of the options.' };
  const max = field.max ?? (multiline ? 2_000 : 500);
  return text.length > max ? { error: tooLong(max) } : { value: text };
}

const tooLong = (max: number): string => `At most ${max.toLocaleString('en')} characters.`;
