import { invalidRequest } from './stripe-error.js';

/** A decoded form: leaves are text, lists are objects keyed '0', '1' and so on. */
export interface Form {
  [key: string]: string | Form;
}

const MAX_PAIRS = 1000;
const MAX_DEPTH = 8;

/**
 * Decodes Stripe's request encoding, `application/x-www-form-urlencoded` with brackets:
 * `a[b][0][c]=1` and `a[]=1&a[]=2`. Objects have no prototype, so a key such as `__proto__` is only a key.
 *
 * @throws StripeApiError 400 for a form that is too large, too deep or contradicts itself (`a=1&a[b]=2`).
 */
export function decodeForm(text: string): Form {
  const form = emptyForm();
  const pairs = [...new URLSearchParams(text)];
  if (pairs.length > MAX_PAIRS) throw invalidRequest(`Too many parameters: at most ${MAX_PAIRS} are read.`);
  for (const [name, value] of pairs) place(form, name, value);
  return form;
}

function place(form: Form, name: string, value: string): void {
  const path = splitName(name);
  if (path.length > MAX_DEPTH) throw invalidRequest('The parameter is nested too deeply.', { param: name });
  let at = form;
  path.forEach((part, depth) => {
    const key = part === '' ? String(Object.keys(at).length) : part;
    if (depth === path.length - 1) {
      if (typeof at[key] === 'object') throw contradiction(name);
      at[key] = value;
      return;
    }
    const next = at[key] ?? (at[key] = emptyForm());
    if (typeof next === 'string') throw contradiction(name);
    at = next;
  });
}

/** `a[b][]` -> `['a', 'b', '']`; a name with unpaired brackets is taken as it stands. */
function splitName(name: string): string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name);
  if (!match) return [name];
  const [, head = '', rest = ''] = match;
  return [head, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map(([, part = '']) => part)];
}

const emptyForm = (): Form => Object.create(null) as Form;

const contradiction = (name: string) => invalidRequest('The parameter is given both as a value and as an object.', { param: name });
