/** `npm run permissions`: writes `docs/permissions.md` from what `generated/openapi.json` says of who may call what. */
import { readFile, writeFile } from 'node:fs/promises';
import { type PermissionSource, permissionsDocument } from './permissions-document.js';

const path = 'docs/permissions.md';
await writeFile(path, permissionsDocument(JSON.parse(await readFile('generated/openapi.json', 'utf8')) as PermissionSource));
console.log(path);
