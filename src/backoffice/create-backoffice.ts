import type { Type } from '@nestjs/common';
import { Logger } from '@nestjs/common';
import connectPgSimple from 'connect-pg-simple';
import express, { type ErrorRequestHandler, type Express, Router } from 'express';
import session from 'express-session';
import { resolve } from 'node:path';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import type { BackofficeResource } from '../platform/backoffice/index.js';
import { AdminJS, AdminRouter, buildRouter, type LocaleTranslationsBlock } from './adminjs.js';
import type { OnAct } from './audit.js';
import { ComponentBundle, componentLoader } from './component-bundle.js';
import { dashboard } from './dashboard.js';
import { branding, brandingFiles } from './http/branding.js';
import { downloads } from './http/downloads.js';
import { knownPaths } from './http/known-paths.js';
import { LoginLimits } from './http/login-limits.js';
import { pageSecurity } from './http/page-security.js';
import { pictures } from './http/pictures.js';
import { sameOriginWrites } from './http/same-origin.js';
import { signIn } from './http/sign-in.js';
import { adminResources, resourceId, resourceLabel } from './resources/admin-resources.js';
import type { StaffAccountsService } from './staff/staff-accounts.service.js';

const COOKIE_NAME = 'pawtreon.staff';
/** A session ends after this time without a request. */
const IDLE_MS = 8 * 60 * 60 * 1000;

const LOGIN = { welcomeHeader: 'Pawtreon', welcomeMessage: 'The desk behind every rescue. Sign in with your staff account.', loginButton: 'Sign in' };

const logger = new Logger('Backoffice');

export interface BackofficeOptions {
  dataSource: DataSource;
  /** Where sessions and sign-in attempts are kept. */
  pool: Pool;
  resources: readonly BackofficeResource[];
  staff: StaffAccountsService;
  /** Signs session cookies; at least 32 characters, the same in every process. */
  sessionSecret: string;
  /** Sends the session cookie over TLS only. */
  secureCookies: boolean;
  /**
   * Number of proxies in front whose forwarded headers are believed. Fastify needs the same: it is
   * Fastify that hands the client's address and protocol over to mounted applications.
   */
  trustProxy: number;
  /** Path under which the application is mounted, without a slash at the end. */
  rootPath: string;
  /** Gives a provider of the running application to commands. */
  get<T>(provider: Type<T>): T;
  /** Called after each act of staff; the audit log of what services do not audit themselves. */
  onAct?: OnAct;
}

/** The back office as an Express application, to be mounted at `rootPath`. */
export interface Backoffice {
  handler: Express;
  /** Stops the timers of the session store; the pool stays open. */
  close(): Promise<void>;
}

/** Builds the whole back office; nothing is read before the first request. */
export function createBackoffice(options: BackofficeOptions): Backoffice {
  const { pool, rootPath, staff, onAct } = options;
  const admin = createAdmin(options);
  const bundle = new ComponentBundle(admin);
  const PgSessions = connectPgSimple(session);
  const store = new PgSessions({
    pool,
    schemaName: 'backoffice',
    tableName: 'sessions',
    createTableIfMissing: false,
    errorLog: (message: unknown) => logger.error(message),
  });

  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', options.trustProxy);
  app.use(pageSecurity(), sameOriginWrites, brandingFiles(), assets(bundle));
  app.use(
    session({
      name: COOKIE_NAME,
      secret: options.sessionSecret,
      store,
      resave: false,
      saveUninitialized: false,
      rolling: true,
      cookie: { path: rootPath, httpOnly: true, sameSite: 'lax', secure: options.secureCookies, maxAge: IDLE_MS },
    }),
  );
  app.use(signIn({ admin, staff, limits: new LoginLimits(pool), cookieName: COOKIE_NAME, ...(onAct ? { onAct } : {}) }));
  app.use(pictures(options.get));
  app.use(downloads(options.resources, options.dataSource, options.get));
  app.use(knownPaths(admin));
  app.use(buildRouter(admin));
  app.use(faults);
  return { handler: app, close: async () => store.close() };
}

function createAdmin({ dataSource, resources, rootPath, get, onAct }: BackofficeOptions): AdminJS {
  return new AdminJS({
    rootPath,
    loginPath: `${rootPath}/login`,
    logoutPath: `${rootPath}/logout`,
    componentLoader: componentLoader(),
    resources: adminResources(inMenuOrder(resources), dataSource, { get, rootPath, ...(onAct ? { onAct } : {}) }),
    dashboard: dashboard(inMenuOrder(resources), dataSource, { get }),
    settings: { defaultPerPage: 25 },
    ...branding(rootPath),
    locale: { language: 'en', translations: { en: { ...names(resources, dataSource), components: { Login: LOGIN } } } },
  });
}

/** Contexts as modules load them, the machinery last. */
function inMenuOrder(resources: readonly BackofficeResource[]): BackofficeResource[] {
  const last = ['backoffice', 'platform'];
  return [...resources].sort((a, b) => last.indexOf(a.context) - last.indexOf(b.context));
}

/** What AdminJS calls each resource and its actions; a list goes by the name of its resource. */
function names(resources: readonly BackofficeResource[], dataSource: DataSource): LocaleTranslationsBlock {
  const labels: Record<string, string> = {};
  const ofResources: Record<string, LocaleTranslationsBlock> = {};
  for (const declaration of resources) {
    const id = resourceId(dataSource, declaration.entity);
    const label = resourceLabel(dataSource, declaration);
    labels[id] = label;
    const actions = [...(declaration.actions ?? []), ...(declaration.downloads ?? [])].map((action) => [action.name, action.label]);
    const shown = dataSource.getMetadata(declaration.entity).columns.filter(({ propertyPath }) => !declaration.hidden?.includes(propertyPath));
    const properties = shown.map(({ propertyPath }) => [propertyPath, propertyLabel(propertyPath)]);
    ofResources[id] = { actions: { list: label, show: 'Record', ...Object.fromEntries(actions) }, properties: Object.fromEntries(properties) };
  }
  return { labels, resources: ofResources };
}

/** `fundraisingGoal` reads "Fundraising goal"; what points to another record is named after that: "Case" for `caseId`. */
function propertyLabel(path: string): string {
  const words = path.replaceAll(/([A-Z]+)/g, ' $1').toLowerCase().replace(/ id$/, '');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Files that pages load, before anybody has signed in. Always the small builds of AdminJS's own. */
function assets(bundle: ComponentBundle): Router {
  const router = Router();
  router.get('/frontend/assets/components.bundle.js', async (_request, response) => {
    response.sendFile(await bundle.path());
  });
  for (const { path, src } of AdminRouter.assets) {
    const file = resolve(src.replace('bundle.development.js', 'bundle.production.js'));
    router.get(path, (_request, response) => response.sendFile(file));
  }
  return router;
}

/** The last word on errors: they are logged, and nobody is shown a stack. */
const faults: ErrorRequestHandler = (error: unknown, request, response, next) => {
  const claimed = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
  const status = claimed >= 400 && claimed < 500 ? claimed : 500;
  if (status === 500) logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  if (response.headersSent) return next(error);
  const message = status === 500 ? 'The back office failed. The fault has been logged.' : 'The back office cannot read this request.';
  response.status(status);
  if (request.path.startsWith('/api/')) response.json({ message });
  else response.type('text/plain').send(message);
};
