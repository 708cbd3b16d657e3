import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Type } from '@nestjs/common';
import { type RequestHandler, Router } from 'express';
import type { DataSource } from 'typeorm';
import type { BackofficeResource } from '../../platform/backoffice/index.js';
import { Problem } from '../../platform/http/problem.js';
import { ValidationError } from '../adminjs.js';
import { resourceId } from '../resources/admin-resources.js';
import { actorOf, mayAct } from '../resources/commands.js';
import { parseForm } from '../resources/form-values.js';

/** The files that resources offer, each at `/downloads/<resource>/<name>` with its fields in the query. Mounted behind the sign-in. */
export function downloads(resources: readonly BackofficeResource[], dataSource: DataSource, get: <T>(provider: Type<T>) => T): Router {
  const send: RequestHandler<{ resourceId: string; name: string }> = async (request, response) => {
    const resource = resources.find(({ entity }) => resourceId(dataSource, entity) === request.params.resourceId);
    const download = resource?.downloads?.find(({ name }) => name === request.params.name);
    if (!resource || !download) return void response.status(404).type('text/plain').send('There is no such file.');
    const staff = request.session.adminUser;
    if (!staff || !mayAct(staff, resource.roles) || !mayAct(staff, download.roles)) return void response.status(403).type('text/plain').send('This file is not for you.');
    try {
      const { values } = parseForm(download, request.query);
      const { name, type, chunks } = await download.file({ actor: actorOf(staff), values, get });
      response.type(type).attachment(name).set('Cache-Control', 'no-store');
      await pipeline(Readable.from(chunks, { objectMode: false }), response);
    } catch (error) {
      if (response.headersSent) return void response.destroy();
      const refusal = refusalOf(error);
      if (refusal === null) throw error;
      response.status(400).type('text/plain').send(refusal);
    }
  };
  return Router().get('/downloads/:resourceId/:name', send);
}

/** Why the fields will not do, in words for staff; null for a fault of our own. */
function refusalOf(error: unknown): string | null {
  if (error instanceof ValidationError) return Object.entries(error.propertyErrors).map(([field, { message }]) => `${field}: ${message}`).join('\n');
  if (error instanceof Problem && error.status < 500) return [error.message, ...(error.options.errors ?? []).map(({ path, message }) => `${path}: ${message}`)].join('\n');
  return null;
}
