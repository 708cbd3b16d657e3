import { type RequestHandler, Router } from 'express';
import type { AdminJS } from '../adminjs.js';

/** Answers 404 for resources and actions that do not exist; AdminJS itself throws on them. */
export function knownPaths(admin: AdminJS): Router {
  const ids = new Map(admin.resources.map((resource) => [resource.decorate().id(), resource.decorate()]));
  const router = Router();
  const check: RequestHandler<{ resourceId: string; action?: string }> = (request, response, next) => {
    const resource = ids.get(request.params.resourceId);
    const { action } = request.params;
    if (resource && (action === undefined || Object.hasOwn(resource.actions, action))) return next();
    response.status(404).type('text/plain').send('There is no such page in the back office.');
  };
  const bulk: RequestHandler = (request, response, next) => {
    if (typeof request.query['recordIds'] === 'string' && request.query['recordIds'] !== '') return next();
    response.status(400).type('text/plain').send('Choose at least one record.');
  };
  for (const prefix of ['', '/api']) {
    router.use(`${prefix}/resources/:resourceId`, check);
    router.use(`${prefix}/resources/:resourceId/actions/:action`, check);
    router.use(`${prefix}/resources/:resourceId/records/:recordId/:action`, check);
    router.use(`${prefix}/resources/:resourceId/bulk/:action`, check, bulk);
  }
  return router;
}
