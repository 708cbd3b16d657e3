import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import type { StaffMember } from '../../platform/backoffice/index.js';
import type { AdminJS } from '../adminjs.js';
import type { OnAct } from '../audit.js';
import type { StaffAccountsService } from '../staff/staff-accounts.service.js';
import type { LoginLimits } from './login-limits.js';

declare module 'express-session' {
  interface SessionData {
    /** What AdminJS knows of the person; renewed from the account on every request. */
    adminUser: StaffMember & { title: string };
  }
}

export interface SignInOptions {
  admin: AdminJS;
  staff: StaffAccountsService;
  limits: LoginLimits;
  cookieName: string;
  onAct?: OnAct;
}

const NO_ACCESS = 'The email or the password is wrong, or the account is locked.';

/** Sign-in page, sign-out, and the guard that lets nobody else past. */
export function signIn({ admin, staff, limits, cookieName, onAct }: SignInOptions): Router {
  const { rootPath, loginPath } = admin.options;
  const router = Router();

  const page = async (request: Request, response: Response, status: number, errorMessage: string | null): Promise<void> => {
    const next = nextPath(request, rootPath);
    const action = next === rootPath ? loginPath : `${loginPath}?next=${next}`;
    response.status(status).send(await admin.renderLogin({ action, errorMessage }));
  };

  const record = async (actor: StaffMember | null, action: string): Promise<void> => {
    await onAct?.({ staff: actor, action, resource: 'staff', recordId: actor?.id ?? null, reason: null, before: null, after: null });
  };

  router.get('/login', async (request, response) => {
    if (request.session.adminUser) return response.redirect(rootPath);
    return page(request, response, 200, null);
  });

  router.post('/login', express.urlencoded({ extended: false, limit: '10kb' }), express.json({ limit: '10kb' }), async (request, response) => {
    const { email, password } = credentials(request.body);
    const address = request.ip ?? '';
    const wait = await limits.consume(email, address);
    if (wait > 0) {
      response.set('Retry-After', String(wait));
      return page(request, response, 429, `Too many attempts. Try again in ${Math.ceil(wait / 60)} minutes.`);
    }
    const actor = await staff.authenticate(email, password);
    if (!actor) {
      await record(null, 'signInRefused');
      return page(request, response, 401, NO_ACCESS);
    }
    await limits.forgive(email, address);
    // A new id, so that a session id planted before the sign-in is worth nothing.
    await settled((done) => request.session.regenerate(done));
    request.session.adminUser = sessionUser(actor);
    await settled((done) => request.session.save(done));
    await record(actor, 'signIn');
    return response.redirect(303, nextPath(request, rootPath));
  });

  const signOut: RequestHandler = async (request, response) => {
    const { adminUser } = request.session;
    await settled((done) => request.session.destroy(done));
    if (adminUser) await record(adminUser, 'signOut');
    response.clearCookie(cookieName, { path: rootPath }).redirect(303, loginPath);
  };
  router.get('/logout', signOut);
  router.post('/logout', signOut);

  router.use(async (request, response, next) => {
    const { adminUser } = request.session;
    const actor = adminUser && (await staff.findActive(adminUser.id));
    if (actor) {
      request.session.adminUser = sessionUser(actor);
      return next();
    }
    if (adminUser) await settled((done) => request.session.destroy(done));
    if (request.method !== 'GET') return response.status(401).json({ message: 'Sign in first.' });
    const wanted = request.path.startsWith('/api/') ? rootPath : rootPath + request.path;
    return response.redirect(wanted.length > rootPath.length + 1 ? `${loginPath}?next=${wanted}` : loginPath);
  });
  return router;
}

/** AdminJS prints these into a script of its pages, where markup would end that script. */
function sessionUser(actor: StaffMember): StaffMember & { title: string } {
  return { ...actor, name: actor.name.replaceAll(/[<>]/g, ''), title: actor.role };
}

function credentials(body: unknown): { email: string; password: string } {
  const fields = typeof body === 'object' && body !== null ? body : {};
  return {
    email: 'email' in fields ? String(fields.email).slice(0, 320) : '',
    password: 'password' in fields ? String(fields.password).slice(0, 1_000) : '',
  };
}

/** Where to go after signing in: only a plain path of the back office itself. */
function nextPath(request: Request, rootPath: string): string {
  const next: unknown = request.query['next'];
  const plain = typeof next === 'string' && /^[\w/.~-]+$/.test(next) && next.startsWith(`${rootPath}/`);
  return plain && !next.includes('//') ? next : rootPath;
}

/** Awaits one of express-session's callbacks. */
function settled(start: (done: (error?: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
}
