import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

const DESCRIPTION = `Rescue cases, evidence and donations that anyone can follow.

Money is integers in the currency's minor unit beside an ISO 4217 \`currency\`. Times are ISO 8601 UTC. Lists are keyset pages: send \`nextCursor\` back as \`cursor\`. Errors are RFC 9457 problems with a stable \`code\`.

To try it here: \`POST /v1/auth/dev-token\` with an e-mail gives a token (not in production); put it under *Authorize*.`;

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of the running application. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Pawtreon API')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/', 'This installation')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .build();
  const document = SwaggerModule.createDocument(app, config, { operationIdFactory: operationId });
  const json = JSON.parse(JSON.stringify(document)) as Json;
  const schemas = ((json['components'] as Json)['schemas'] ??= {}) as Json;
  schemas['Problem'] = problemSchema;
  for (const item of Object.values(json['paths'] as Record<string, Record<string, Json>>)) for (const operation of Object.values(item)) completeOperation(operation);
  return withoutNullable(json) as OpenAPIObject;
}

/** `CasesController.list` becomes `casesList`. */
function operationId(controller: string, method: string): string {
  const subject = controller.replace(/Controller$/, '');
  return `${subject.charAt(0).toLowerCase()}${subject.slice(1)}${method.charAt(0).toUpperCase()}${method.slice(1)}`;
}

/** Every operation may be refused as invalid, as too much, or fail on our side. */
function completeOperation(operation: Json): void {
  const responses = operation['responses'] as Json;
  const problem = (description: string, headers?: Json): Json => ({
    description,
    ...(headers ? { headers } : {}),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });
  responses['400'] ??= problem('`VALIDATION`: The request is not valid; see errors');
  const limited = (responses['429'] as Json | undefined) ?? problem('`RATE_LIMITED`: Too many requests; wait for the time that Retry-After says');
  responses['429'] = { ...limited, headers: { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' } } } };
  responses['500'] ??= problem('`INTERNAL`: Something went wrong on our side');
  responses['503'] ??= problem('`UNAVAILABLE`: Briefly unavailable; try again', { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' } } });
  operation['security'] ??= [];
}

const problemSchema: Json = {
  type: 'object',
  description: 'RFC 9457 problem document',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  properties: {
    type: { type: 'string', examples: ['urn:pawtreon:problem:validation'] },
    title: { type: 'string', examples: ['The request is not valid; see errors'] },
    status: { type: 'integer', examples: [400] },
    detail: { type: 'string', description: 'What happened here and what to do' },
    code: { type: 'string', description: 'Stable code to switch on', examples: ['VALIDATION'] },
    requestId: { type: 'string', description: 'Quote it when asking for help' },
    errors: {
      type: 'array',
      description: 'Fields that failed validation',
      items: { type: 'object', required: ['path', 'message'], properties: { path: { type: 'string', examples: ['location.city'] }, message: { type: 'string' } } },
    },
    scope: { type: 'string', description: 'Which limit was reached, for RATE_LIMITED', examples: ['case.create'] },
  },
};

/** OpenAPI 3.1 has no `nullable`: null is a type there. */
function withoutNullable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNullable);
  if (value === null || typeof value !== 'object') return value;
  const { nullable, example, ...rest }: Json = Object.fromEntries(Object.entries(value).map(([key, inner]): [string, unknown] => [key, withoutNullable(inner)]));
  const schema: Json = rest;
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
