import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PERMISSION_MATRIX } from '../src/commands/permission-matrix.js';
import { builtRoutes, type PermissionSource, permissionsDocument, type RoutePermission, routePermissions } from '../src/commands/permissions-document.js';
import { newId } from '../src/platform/ids.js';
import { openApiDocument } from '../src/platform/http/openapi.js';
import { TestApp } from './support/test-app.js';

describe('who may do what', () => {
  let app: TestApp;
  let source: PermissionSource;
  let bodies: { paths: Record<string, Record<string, { requestBody?: { content: Record<string, unknown> } }>> };
  let routes: RoutePermission[];

  beforeAll(async () => {
    app = await TestApp.start({ APP_ROLES: 'api', CLERK_WEBHOOK_SECRET: 'whsec_c2VjcmV0c2VjcmV0c2VjcmV0' });
    const document: unknown = openApiDocument(app.app);
    source = document as PermissionSource;
    bodies = document as typeof bodies;
    routes = routePermissions(source);
  });
  afterAll(() => app.stop());

  it('is in docs/permissions.md as the code declares it; `npm run permissions` writes it anew', () => {
    expect(readFileSync(join(import.meta.dirname, '../docs/permissions.md'), 'utf8')).toBe(permissionsDocument(source));
  });

  it('is declared by every route', () => {
    expect(routes.length).toBeGreaterThan(60);
    expect(routes.filter(({ level }) => level === undefined)).toEqual([]);
  });

  it('follows the matrix of the behaviour document', () => {
    const wrong = PERMISSION_MATRIX.flatMap((row) =>
      builtRoutes(row, routes)
        .filter(({ level }) => (level === 'public' ? 'optional' : level) !== row.level)
        .map(({ route, level }) => `${row.action}: ${route} is for ${level}`),
    );
    expect(wrong).toEqual([]);
    const named = PERMISSION_MATRIX.flatMap((row) => row.routes);
    expect(named.filter((route, index) => named.indexOf(route) !== index)).toEqual([]);
    expect(routes.filter(({ route, level }) => level === 'admin' && !named.includes(route)).map(({ route }) => route)).toEqual([]);
  });

  /** Calls a route with ids that lead nowhere; reads only how it is answered, since some answers never end. */
  async function knock({ route }: RoutePermission, token?: string): Promise<{ status: number; code?: string }> {
    const [method = '', path = ''] = route.split(' ');
    // The type of a body is looked at before anything else.
    const type = Object.keys(bodies.paths[path]?.[method.toLowerCase()]?.requestBody?.content ?? {}).find((one) => !one.startsWith('multipart/'));
    const headers = { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...(type ? { 'Content-Type': type } : {}) };
    const answer = await fetch(app.url + path.replaceAll(/\{\w+\}/g, newId()), { method, redirect: 'manual', headers, body: type && '{}' });
    const problem = answer.headers.get('content-type')?.startsWith('application/problem+json') ? ((await answer.json()) as { code: string }) : undefined;
    if (!problem) await answer.body?.cancel();
    return { status: answer.status, code: problem?.code };
  }

  it('holds for guests: 401 wherever a session is needed, and nowhere else', async () => {
    const answers = await Promise.all(routes.map(async (route) => ({ ...route, ...(await knock(route)) })));
    const closed = ({ level }: RoutePermission): boolean => level === 'user' || level === 'admin';
    expect(answers.filter((answer) => closed(answer) && answer.code !== 'NOT_AUTHENTICATED')).toEqual([]);
    expect(answers.filter((answer) => !closed(answer) && [401, 403].includes(answer.status))).toEqual([]);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  });

  it('holds for people who are no admins: 403 on all that is for admins, and no failure elsewhere', async () => {
    for (const route of routes) {
      // A person each, since some of these routes end an account.
      const { token } = await app.signIn(`${newId()}@example.org`);
      const { status, code } = await knock(route, token);
      expect({ route: route.route, refused: code === 'ADMIN_REQUIRED', fails: status >= 500 || status === 401 }).toEqual({ route: route.route, refused: route.level === 'admin', fails: false });
    }
  });
});
