/**
 * `npm run openapi`: writes the OpenAPI document of the built application to `generated/openapi.json`, or to
 * the path given. It has to run from the build, because the descriptions of DTO fields are put in there.
 */
import { writeFile } from 'node:fs/promises';
import { createApp, prepareDatabase } from '../app.js';
import { loadConfig } from '../platform/config/config.js';
import { openApiDocument } from '../platform/http/openapi.js';
import { withTemporaryDatabase } from './with-database.js';

const path = process.argv[2] ?? 'generated/openapi.json';

/** What the document says must not depend on where it is written. */
const config = loadConfig({ DATABASE_URL: process.env['DATABASE_URL'], APP_ROLES: 'api', SEED_DEMO: 'false' });

await withTemporaryDatabase(config, async (temporary, databaseUrl, ownerUrl) => {
  await prepareDatabase(temporary, databaseUrl, ownerUrl);
  const app = await createApp(temporary, databaseUrl);
  try {
    const document = openApiDocument(app);
    await writeFile(path, `${JSON.stringify(document, null, 2)}\n`);
    console.log(`${path}: ${Object.keys(document.paths).length} paths`);
  } finally {
    await app.close();
  }
});
