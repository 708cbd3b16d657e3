import { resolve } from 'node:path';

/**
 * AdminJS reads these when it is first imported, so this module has to come before it (see
 * `adminjs.ts`). Its default folder starts with a dot, from which Express refuses to serve files;
 * and it would bundle on every start in production, which `component-bundle.ts` does only when needed.
 */
export const ADMIN_JS_FOLDER = resolve(process.env['ADMIN_JS_TMP_DIR'] ?? 'dist/adminjs');

process.env['ADMIN_JS_TMP_DIR'] = ADMIN_JS_FOLDER;
process.env['ADMIN_JS_SKIP_BUNDLE'] = 'true';
