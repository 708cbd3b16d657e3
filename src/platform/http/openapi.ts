import { STATUS_CODES } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { AccessLevel } from '../auth/access.js';
import { type Endpoint, endpointsOf } from '../auth/endpoints.js';
import { completeSchema, exampleOf, type Json, problemSchema, sortedByKey, toSchemas31, wholeNumber } from './openapi-schemas.js';

const DESCRIPTION = `Rescue cases, evidence and donations that anyone can follow.

Money is integers in the currency's minor unit beside an ISO 4217 \`currency\`. Times are ISO 8601 UTC. Lists are keyset pages: send \`nextCursor\` back as \`cursor\`. Errors are RFC 9457 problems with a stable \`code\`.

To try it here: \`POST /v1/auth/dev-token\` with an e-mail gives a token (not in production); put it under *Authorize*.`;

/** The OpenAPI 3.1 document of the running application; the same program always writes the same bytes. */
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
  const json = toSchemas31(JSON.parse(JSON.stringify(document))) as Json;
  const components = json['components'] as Json;
  const schemas: Record<string, Json> = sortedByKey({ ...(components['schemas'] as Record<string, Json>), Problem: problemSchema });
  const paths = sortedByKey(json['paths'] as Record<string, Record<string, Json>>);

  for (const schema of Object.values(schemas)) completeSchema(schema);
  const endpoints = new Map(endpointsOf(app.get(DiscoveryService)).map((endpoint) => [operationId(endpoint.controller, endpoint.method), endpoint]));
  for (const [path, item] of Object.entries(paths)) {
    for (const operation of Object.values(item)) {
      completeOperation(path, operation, schemas);
      showAccess(path, operation, endpoints.get(String(operation['operationId'])));
    }
  }
  return { ...json, paths, components: { ...components, schemas } } as unknown as OpenAPIObject;
}

const WHO: Record<AccessLevel, string> = { public: 'anybody', optional: 'anybody', user: 'a signed-in person', admin: 'an admin' };

/** Who may, in words for people and as `x-access` for programs. */
function showAccess(path: string, operation: Json, endpoint: Endpoint | undefined): void {
  if (!endpoint?.level) return;
  const { level } = endpoint;
  const who = endpoint.who ?? (path.startsWith('/v1/me/') || path === '/v1/me' ? 'for themselves' : null);
  operation['x-access'] = { level, ...(who ? { who } : {}) };
  operation['description'] = [operation['description'], `Who may: ${WHO[level]}${who ? ` (${who})` : ''}.`].filter(Boolean).join('\n\n');
}

/** `CasesController.list` becomes `casesList`. */
function operationId(controller: string, method: string): string {
  const subject = controller.replace(/Controller$/, '');
  return `${subject.charAt(0).toLowerCase()}${subject.slice(1)}${method.charAt(0).toUpperCase()}${method.slice(1)}`;
}

function completeOperation(path: string, operation: Json, schemas: Record<string, Json>): void {
  // A class and its method may both say who may: that is one way to sign in, not two.
  operation['security'] = [...new Map(((operation['security'] ?? []) as Json[]).map((way) => [JSON.stringify(way), way])).values()];
  operation['parameters'] = ((operation['parameters'] ?? []) as Json[]).map((parameter) => completeParameter(path, parameter));
  completeBody(operation['requestBody'] as Json | undefined, schemas);
  completeResponses(operation);
}

/** The last part of a path before a parameter says what the parameter is: `/v1/cases/{id}`. */
function completeParameter(path: string, parameter: Json): Json {
  const schema = wholeNumber(parameter['schema'] as Json);
  if (parameter['in'] !== 'path') return { ...parameter, schema, ...('default' in schema ? { required: false } : {}) };
  const collection = new RegExp(`([^/]+)/\\{${String(parameter['name'])}\\}`).exec(path)?.[1]?.replaceAll('-', ' ');
  const isId = parameter['name'] === 'id' || String(parameter['name']).endsWith('Id');
  return {
    ...parameter,
    description: parameter['description'] ?? `Which of the ${collection}`,
    schema: isId ? { ...schema, format: 'uuid' } : schema,
  };
}

/** Fields that a body does not know are refused, and a body that can be tried out has an example. */
function completeBody(body: Json | undefined, schemas: Record<string, Json>): void {
  const content = (body?.['content'] ?? {}) as Record<string, Json>;
  for (const media of Object.values(content)) {
    const schema = media['schema'] as Json | undefined;
    if (!schema) continue;
    close(schema, schemas);
    media['example'] ??= exampleOf(schema, schemas);
  }
}

function close(schema: Json, schemas: Record<string, Json>): void {
  const name = String(schema['$ref'] ?? '').split('/').pop()!;
  const target = schemas[name] ?? schema;
  if (target['type'] === 'object' && target['properties'] && target['additionalProperties'] === undefined) {
    target['additionalProperties'] = false;
    for (const property of Object.values(target['properties'] as Record<string, Json>)) close(property, schemas);
  }
  if (target['items']) close(target['items'] as Json, schemas);
  for (const part of [...((target['allOf'] ?? []) as Json[]), ...((target['anyOf'] ?? []) as Json[])]) close(part, schemas);
}

/** Every operation may be refused as invalid, as too much, or fail on our side. */
function completeResponses(operation: Json): void {
  const responses = operation['responses'] as Record<string, Json>;
  const problem = (description: string): Json => ({ description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } });
  responses['400'] ??= problem('`VALIDATION`: The request is not valid; see errors');
  responses['429'] ??= problem('`RATE_LIMITED`: Too many requests; wait for the time that Retry-After says');
  responses['500'] ??= problem('`INTERNAL`: Something went wrong on our side');
  responses['503'] ??= problem('`UNAVAILABLE`: Briefly unavailable; try again');
  const wait = { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' } } };
  for (const status of ['429', '503']) responses[status] = { ...responses[status], headers: wait };
  for (const [status, response] of Object.entries(responses)) response['description'] ||= STATUS_CODES[status] ?? 'Answer';
}
