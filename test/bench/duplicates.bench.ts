import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { FIND_CANDIDATES, ImageFingerprintsQueries, searchParameters } from '../../src/contexts/rescue/cases/image-fingerprints.queries.js';
import type { Tx } from '../../src/platform/database/tx.js';
import { processImage } from '../../src/platform/files/image-processing.js';
import { windowsOf } from '../../src/platform/files/picture-likeness.js';
import { fillFingerprints } from '../support/many-fingerprints.js';
import { measureLikeness } from '../support/measure-likeness.js';
import { freshDatabase } from '../support/postgres.js';
import { variedPicture } from '../support/varied-pictures.js';

const PICTURES = Number(process.env['PICTURES'] ?? 1_000);
const NO_CASE = '00000000-0000-0000-0000-000000000000';
const FINGERPRINTS = Number(process.env['FINGERPRINTS'] ?? 1_000_000);

/** `npm run bench:duplicates`: the figures of docs/duplicates.md. Takes some minutes. */
describe('duplicates', () => {
  it('are found among many pictures', async () => {
    const { recall, found, falseMatches, pairs } = await measureLikeness(PICTURES);
    process.stdout.write(`${JSON.stringify({ recall, found, falseMatches, pairs }, null, 2)}\n`);
  }, 3_600_000);

  it('are found fast among many fingerprints', async () => {
    const database = await freshDatabase();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      await fillFingerprints(client, FINGERPRINTS);
      const tx = { query: async (sql: string, values: unknown[]) => (await client.query(sql, values)).rows } as unknown as Tx;
      const wanted = [];
      for (let seed = 0; seed < 10; seed++) {
        const { sourceSha256: sha256, signature } = await processImage(await variedPicture(11 * seed + (seed % 3)));
        wanted.push({ sha256, windows: windowsOf(signature) });
      }
      for (let round = 0; round < 5; round++) {
        const began = performance.now();
        const found = await new ImageFingerprintsQueries().candidates(tx, NO_CASE, wanted);
        process.stdout.write(`${found.length} candidates for ${wanted.length} pictures among ${FINGERPRINTS} in ${Math.round(performance.now() - began)} ms\n`);
      }
      const plan = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ANALYZE ${FIND_CANDIDATES}`, searchParameters(NO_CASE, wanted.slice(0, 1)));
      process.stdout.write(`${plan.rows.map((row) => row['QUERY PLAN']).join('\n')}\n`);
    } finally {
      await client.end();
      await database.drop();
    }
  }, 3_600_000);
});
