export type Json = Record<string, unknown>;

/** Fields that mean the same wherever they appear. A DTO that has more to say about one says it there. */
const COMMON_FIELDS: Record<string, string> = {
  id: 'UUIDv7 of the record.',
  items: 'The rows of this page, in the order of the list.',
  nextCursor: 'Send it as `cursor` for the next page; null on the last one.',
  createdAt: 'When the record was made.',
  updatedAt: 'When the record last changed.',
  currency: 'ISO 4217 code.',
  version: 'Counts the changes of the record; send it back with an edit.',
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Rules of the whole API that no DTO has to repeat: whole numbers, ids that are UUIDs, what the common fields mean. */
export function completeSchema(schema: Json): void {
  const properties = (schema['properties'] ?? {}) as Record<string, Json>;
  for (const [name, property] of Object.entries(properties)) {
    const common = COMMON_FIELDS[name];
    const completed = wholeNumber(withIdFormat(name, property));
    properties[name] = property['description'] === undefined && common !== undefined ? { description: common, ...completed } : completed;
  }
  const required = ((schema['required'] ?? []) as string[]).filter((name) => !('default' in (properties[name] ?? {})));
  if (required.length > 0) schema['required'] = required;
  else delete schema['required'];
}

/** Numbers of the API are integers; a field that is not says `format: double`. */
export function wholeNumber(schema: Json): Json {
  if (schema['format'] === 'double') return schema;
  if (schema['type'] === 'number') return { ...schema, type: 'integer' };
  if (Array.isArray(schema['type'])) return { ...schema, type: schema['type'].map((type: unknown) => (type === 'number' ? 'integer' : type)) };
  return schema['items'] ? { ...schema, items: wholeNumber(schema['items'] as Json) } : schema;
}

/** `id`, `caseId` and `caseIds` are UUIDs, unless the field shows another shape by a pattern or an example. */
function withIdFormat(name: string, schema: Json): Json {
  const examples = (schema['examples'] ?? []) as unknown[];
  if (!/^ids?$|Ids?$/.test(name) || schema['format'] || schema['pattern'] || examples.some((example) => typeof example === 'string' && !UUID.test(example))) return schema;
  if (schema['items']) return { ...schema, items: withIdFormat('id', schema['items'] as Json) };
  const types = [schema['type']].flat();
  return types.includes('string') ? { ...schema, format: 'uuid' } : schema;
}

/** An example value of a schema, put together from the examples of its fields; undefined when there is none. */
export function exampleOf(schema: Json, schemas: Record<string, Json>): unknown {
  const reference = schema['$ref'];
  if (typeof reference === 'string') return exampleOf(schemas[reference.split('/').pop()!] ?? {}, schemas);
  const own = schema['example'] ?? (schema['examples'] as unknown[] | undefined)?.[0] ?? schema['default'] ?? (schema['enum'] as unknown[] | undefined)?.[0];
  if (own !== undefined) return own;
  for (const part of [schema['allOf'], schema['anyOf']]) if (Array.isArray(part)) return exampleOf(part[0] as Json, schemas);
  if (schema['properties']) {
    const fields = Object.entries(schema['properties'] as Record<string, Json>).map(([name, field]) => [name, exampleOf(field, schemas)] as const);
    return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
  }
  if (schema['items']) {
    const item = exampleOf(schema['items'] as Json, schemas);
    return item === undefined ? undefined : [item];
  }
  return EXAMPLES[String(schema['format'] ?? [schema['type']].flat()[0])];
}

/** What stands for a field that gives no example, by its format or type. A text needs one of its own. */
const EXAMPLES: Record<string, unknown> = {
  uuid: '0197a3de-7c11-7c4e-9f50-1f0a3f5d9b10',
  'date-time': '2026-03-01T10:00:00.000Z',
  email: 'ana@example.org',
  uri: 'https://example.org/rex',
  boolean: true,
};

/** The same record with its keys in the order of the alphabet. */
export const sortedByKey = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * Schemas as OpenAPI 3.1 has them: null is a type and not `nullable`, `examples` is a list. The compiler
 * does not keep the order of a union, so an enum comes in the order of the alphabet.
 */
export function toSchemas31(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toSchemas31);
  if (value === null || typeof value !== 'object') return value;
  const { nullable, example, ...rest }: Json = Object.fromEntries(Object.entries(value).map(([key, inner]): [string, unknown] => [key, toSchemas31(inner)]));
  const schema: Json = rest;
  if (Array.isArray(schema['enum'])) schema['enum'] = [...(schema['enum'] as unknown[])].sort();
  if (example !== undefined) {
    if (isSchema(rest)) schema['examples'] = [example];
    else schema['example'] = example;
  }
  if (nullable !== true) return schema;
  if (typeof schema['type'] === 'string') {
    if (Array.isArray(schema['enum'])) schema['enum'] = [...(schema['enum'] as unknown[]), null];
    return { ...schema, type: [schema['type'], 'null'] };
  }
  const { description, ...inner } = schema;
  return { ...(description === undefined ? {} : { description }), anyOf: [inner, { type: 'null' }] };
}

const isSchema = (value: Json): boolean => 'type' in value || '$ref' in value || 'allOf' in value || 'anyOf' in value || 'oneOf' in value;

/** RFC 9457, as every error of the API is answered. */
export const problemSchema: Json = {
  type: 'object',
  description: 'RFC 9457 problem document',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  properties: {
    type: { type: 'string', description: 'Name of the kind of problem', examples: ['urn:pawtreon:problem:validation'] },
    title: { type: 'string', description: 'What the kind of problem is', examples: ['The request is not valid; see errors'] },
    status: { type: 'integer', description: 'HTTP status', examples: [400] },
    detail: { type: 'string', description: 'What happened here and what to do', examples: ['The request is not valid; see errors'] },
    code: { type: 'string', description: 'Stable code to switch on', examples: ['VALIDATION'] },
    requestId: { type: 'string', description: 'Quote it when asking for help', examples: ['client-7'] },
    errors: {
      type: 'array',
      description: 'Fields that failed validation',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: {
          path: { type: 'string', description: 'Where the field is', examples: ['location.city'] },
          message: { type: 'string', description: 'What is wrong with it', examples: ['must be a text'] },
        },
      },
    },
    scope: { type: 'string', description: 'Which limit was reached, for RATE_LIMITED', examples: ['case.create'] },
  },
};
