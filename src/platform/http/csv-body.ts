import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { MediaTypeUnsupported } from './problem.js';
import { Throws } from './throws.js';

/** Bytes of a CSV file. */
const LIMIT = 2 * 1_048_576;

/** The body of this endpoint is a CSV file, sent as `text/csv`; the handler gets its text. */
export const CsvBody = (): MethodDecorator =>
  applyDecorators(RouteConfig({ csv: true }), ApiConsumes('text/csv'), ApiBody({ schema: { type: 'string', description: 'CSV with a heading, UTF-8, at most 2 MiB' } }), Throws(MediaTypeUnsupported));

/** Takes CSV where an endpoint asks for it, and nowhere else. */
export function addCsvBodies(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('text/csv', { parseAs: 'string', bodyLimit: LIMIT }, (request, text, done) => {
    if (wantsCsv(request)) done(null, text.toString());
    else done(new MediaTypeUnsupported());
  });
  fastify.addHook('preValidation', async (request) => {
    if (wantsCsv(request) && typeof request.body !== 'string') throw new MediaTypeUnsupported('Send the file as text/csv');
  });
}

const wantsCsv = (request: FastifyRequest): boolean => (request.routeOptions.config as { csv?: boolean } | undefined)?.csv === true;
