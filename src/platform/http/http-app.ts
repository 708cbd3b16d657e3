import { randomUUID } from 'node:crypto';
import multipart from '@fastify/multipart';
import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { Config } from '../config/config.js';
import { MAX_IMAGE_BYTES } from '../files/image-processing.js';
import { addReadinessGate, Readiness } from '../health/readiness.js';
import { Metrics } from '../metrics/metrics.js';
import { addCsvBodies } from './csv-body.js';
import { drainConnections } from './drain-connections.js';
import { addEtags } from './etag.js';
import { openApiDocument } from './openapi.js';
import { ProblemFilter, sendProblem, toProblem } from './problem.filter.js';
import { addRoleGate } from './role-gate.js';
import { RequestValidationPipe } from './validation.pipe.js';

const REQUEST_ID = /^[\w.:-]{1,128}$/;
const BODY_LIMIT = 1_048_576;

/** The Fastify adapter with what must be set before the application exists. */
export function httpAdapter(config: Config): FastifyAdapter {
  return new FastifyAdapter({
    trustProxy: (_address: string, hop: number) => hop < config.trustProxy,
    bodyLimit: BODY_LIMIT,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    requestIdHeader: false,
    // What the router refuses before there is a route, such as a broken percent-encoding.
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => sendProblem(reply, request, toProblem(error)),
    genReqId: (request: IncomingMessage) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
  });
}

/** What every HTTP answer shares: request id, security headers, ETag, validation, problems, `/docs`. */
export async function configureHttp(app: NestFastifyApplication, config: Config): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  const metrics = app.get(Metrics);
  fastify.addHook('onRequest', async (request, reply) => {
    void reply.header('X-Request-Id', request.id);
    void reply.header('X-Content-Type-Options', 'nosniff');
    void reply.header('Referrer-Policy', 'strict-origin-when-cross-origin');
    void reply.header('X-Frame-Options', 'DENY');
  });
  fastify.addHook('onResponse', async (request, reply) => {
    metrics.observe(request.method, request.routeOptions.url ?? 'unmatched', reply.statusCode, reply.elapsedTime / 1_000);
  });
  drainConnections(fastify);
  // Fastify would take a text for a body, where every endpoint wants JSON: 415 tells the client so.
  fastify.removeContentTypeParser('text/plain');
  addCsvBodies(fastify);
  await app.register(multipart, { limits: { fileSize: MAX_IMAGE_BYTES, files: 1, fields: 5, parts: 6 } });
  addRoleGate(fastify, config.roles);
  addReadinessGate(fastify, app.get(Readiness));
  addEtags(fastify);
  app.useGlobalPipes(new RequestValidationPipe());
  app.useGlobalFilters(new ProblemFilter());
}

/** Serves Swagger UI at `/docs` and the document at `/openapi.json`. */
export function serveDocs(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Pawtreon API',
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true, validatorUrl: null },
  });
}
