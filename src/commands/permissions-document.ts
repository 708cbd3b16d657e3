import type { AccessLevel } from '../platform/auth/access.js';
import { PERMISSION_MATRIX, type PermissionRow } from './permission-matrix.js';

/** What the document takes from the OpenAPI document. */
export interface PermissionSource {
  paths: Record<string, Record<string, { tags?: string[]; 'x-access'?: { level: AccessLevel; who?: string } }>>;
}

/** A route and who may call it. */
export interface RoutePermission {
  /** `PATCH /v1/cases/{id}` */
  route: string;
  tag: string;
  level: AccessLevel | undefined;
  who: string;
}

const LEVELS: Record<AccessLevel, string> = { public: 'anybody', optional: 'anybody; a session makes it personal', user: 'signed in', admin: 'admin' };

/** Every route of the API, in the order of its document. */
export function routePermissions(source: PermissionSource): RoutePermission[] {
  return Object.entries(source.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      route: `${method.toUpperCase()} ${path}`,
      tag: operation.tags?.[0] ?? 'Other',
      level: operation['x-access']?.level,
      who: operation['x-access']?.who ?? '',
    })),
  );
}

/** The routes of a row of the matrix that this version has. */
export const builtRoutes = (row: PermissionRow, routes: RoutePermission[]): RoutePermission[] => routes.filter(({ route }) => row.routes.includes(route));

/** `docs/permissions.md`. */
export function permissionsDocument(source: PermissionSource): string {
  const routes = routePermissions(source);
  const tags = [...new Set(routes.map(({ tag }) => tag))].sort();
  return [
    '# Who may do what',
    '',
    'Written by `npm run permissions` from what the endpoints declare; a test holds it fresh. Staff work in the back office at `/admin` with a session and roles of its own (`src/backoffice/README.md`).',
    '',
    '## Actions',
    '',
    'Y: allowed. -: refused. own: on what is theirs. L: owner of the clinic that treats the animal. A guest who is refused gets 401, everybody else 403.',
    '',
    ...table(
      ['Action', 'Guest', 'User, volunteer', 'Clinic', 'Admin', 'Routes'],
      PERMISSION_MATRIX.map((row) => [row.action, row.guest, row.user, row.clinic, row.admin, builtRoutes(row, routes).map(({ route }) => `\`${route}\``).join('<br>') || 'not built yet']),
    ),
    '',
    '## Routes',
    ...tags.flatMap((tag) => [
      '',
      `### ${tag}`,
      '',
      ...table(
        ['Route', 'Who', 'Of them'],
        routes.filter((one) => one.tag === tag).map(({ route, level, who }) => [`\`${route}\``, level ? LEVELS[level] : 'not declared', who]),
      ),
    ]),
    '',
  ].join('\n');
}

function table(head: string[], rows: string[][]): string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}
