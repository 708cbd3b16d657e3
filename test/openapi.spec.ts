import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { freshDatabase } from './support/postgres.js';
import { AppProcess, freePort } from './support/process.js';

interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  required?: string[];
  enum?: unknown[];
}

interface Media {
  schema?: Schema;
  example?: Record<string, unknown>;
}

interface Operation {
  operationId?: string;
  summary?: string;
  tags?: string[];
  security?: object[];
  parameters: { name: string; in: string; description?: string; schema?: Schema; required?: boolean }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { description?: string; content?: Record<string, Media> }>;
}

interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

const text = readFileSync(join(import.meta.dirname, '../generated/openapi.json'), 'utf8');
const document = JSON.parse(text) as Document;
const { schemas } = document.components;
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]): [string, Operation, string] => [`${method.toUpperCase()} ${path}`, operation, path]),
);

const resolve = (schema: Schema): Schema => (schema.$ref ? schemas[schema.$ref.split('/').pop()!]! : schema);

/** Names of what breaks a rule, so that a failure says where. */
const where = <T>(entries: [string, T, ...unknown[]][], breaks: (entry: T) => boolean): string[] => entries.filter(([, entry]) => breaks(entry)).map(([name]) => name);

describe('the committed OpenAPI document', () => {
  it('is what the built application serves; `npm run openapi` writes it anew', async () => {
    const database = await freshDatabase();
    const app = new AppProcess(await freePort(), { DATABASE_URL: database.url, APP_ROLES: 'api' });
    try {
      await app.start();
      const served: unknown = await (await fetch(`${app.url}/openapi.json`)).json();
      expect(`${JSON.stringify(served, null, 2)}\n`).toBe(text);
      const page = await fetch(`${app.url}/docs`);
      expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
    } finally {
      await app.stop();
      await database.drop();
    }
  }, 60_000);

  it('is valid OpenAPI 3.1', async () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(await new Validator().validate(text)).toMatchObject({ valid: true });
  });

  it('covers the API', () => {
    expect(operations.length).toBeGreaterThan(60);
  });
});

describe('every operation', () => {
  it('has an id of its own', () => {
    const ids = operations.map(([, operation]) => operation.operationId);
    expect(ids.filter((id, index) => !id || ids.indexOf(id) !== index)).toEqual([]);
  });

  it('says in a sentence what it does, and belongs to one group', () => {
    expect(where(operations, ({ summary }) => !summary || summary.length < 8)).toEqual([]);
    expect(where(operations, ({ tags }) => tags?.length !== 1)).toEqual([]);
  });

  it('says who may call it', () => {
    expect(where(operations, ({ security }) => security === undefined)).toEqual([]);
    const guarded = operations.filter(([, { security }]) => security!.length > 0);
    expect(where(guarded, ({ responses }) => !responses['401'])).toEqual([]);
    expect(where(operations.filter(([, , path]) => path.startsWith('/v1/admin/')), ({ security, responses }) => security!.length !== 1 || !responses['403'])).toEqual([]);
  });

  it('describes its parameters, those of its path all', () => {
    expect(where(operations, ({ parameters }) => parameters.some(({ description, schema }) => !description || !schema))).toEqual([]);
    const forgotten = operations.filter(([, { parameters }, path]) => [...path.matchAll(/\{(\w+)\}/g)].some(([, name]) => !parameters.some((one) => one.in === 'path' && one.name === name && one.required)));
    expect(forgotten.map(([name]) => name)).toEqual([]);
  });

  it('shows the body that it takes, with an example that has what is required', () => {
    const bodies = operations.flatMap(([name, { requestBody }]) => Object.entries(requestBody?.content ?? {}).map(([type, media]): [string, Media] => [`${name} ${type}`, media]));
    expect(where(bodies, ({ schema }) => !schema)).toEqual([]);
    const json = bodies.filter(([name]) => name.endsWith('application/json'));
    expect(json.length).toBeGreaterThan(10);
    expect(where(json, ({ schema, example }) => (resolve(schema!).required ?? []).some((field) => example?.[field] === undefined))).toEqual([]);
    expect(where(json, ({ schema }) => resolve(schema!).type === 'object' && resolve(schema!).additionalProperties === undefined)).toEqual([]);
  });

  it('shows what it answers, and how it refuses', () => {
    const shows = ({ content }: { content?: Record<string, Media> }): boolean => Object.values(content ?? {}).some(({ schema }) => schema !== undefined);
    const successes = operations.map(([name, { responses }]): [string, [string, Operation['responses'][string]][]] => [name, Object.entries(responses).filter(([status]) => /^[23]/.test(status))]);
    expect(where(successes, (answers) => answers.length === 0)).toEqual([]);
    expect(where(successes, (answers) => answers.some(([status, answer]) => !answer.description || (!['204', '302', '303', '304'].includes(status) && !shows(answer))))).toEqual([]);
    const refusals = operations.map(([name, { responses }]): [string, [string, Operation['responses'][string]][]] => [name, Object.entries(responses).filter(([status]) => /^[45]/.test(status))]);
    expect(where(refusals, (answers) => answers.some(([status, answer]) => !answer.description || (status !== '503' && !answer.content?.['application/problem+json'])))).toEqual([]);
    expect(where(operations, ({ responses }) => ['400', '429', '500', '503'].some((status) => !responses[status]))).toEqual([]);
  });
});

describe('every schema', () => {
  const properties = Object.entries(schemas).flatMap(([name, schema]) => Object.entries(schema.properties ?? {}).map(([property, inner]): [string, Schema] => [`${name}.${property}`, inner]));

  it('describes each of its fields', () => {
    expect(properties.length).toBeGreaterThan(200);
    expect(where(properties, ({ description }) => !description)).toEqual([]);
  });

  it('says what each field holds: no empty objects, no open enums', () => {
    expect(where(properties, (schema) => [schema.type].flat().includes('object') && !schema.properties && schema.additionalProperties === undefined)).toEqual([]);
    expect(where(properties, (schema) => [schema.type].flat().includes('array') && !schema.items)).toEqual([]);
    expect(where(properties, (schema) => schema.enum?.length === 0)).toEqual([]);
  });

  /** Kinds of badges belong to another context, which closes them in its own views. */
  const OPEN = ['EarnedBadge.type'];

  it.each(['status', 'type', 'role', 'kind', 'category', 'lifecycleStage', 'verificationStatus', 'riskLevel'])('closes the set of words of `%s`', (field) => {
    const texts = properties.filter(([name, schema]) => name.split('.')[1] === field && !name.startsWith('Problem.') && !OPEN.includes(name) && [schema.type].flat().includes('string'));
    expect(where(texts, (schema) => !schema.enum)).toEqual([]);
  });

  it('is referred to by name and exists', () => {
    const names = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!);
    expect(names.filter((name) => !schemas[name])).toEqual([]);
    expect(Object.keys(schemas).filter((name) => !names.includes(name))).toEqual([]);
  });
});
