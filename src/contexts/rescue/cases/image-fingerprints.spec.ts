import pg from 'pg';
import { fillFingerprints } from '../../../../test/support/many-fingerprints.js';
import { freshDatabase } from '../../../../test/support/postgres.js';
import { variedPicture } from '../../../../test/support/varied-pictures.js';
import { processImage } from '../../../platform/files/image-processing.js';
import { windowsOf } from '../../../platform/files/picture-likeness.js';
import { bucketsOf, FIND_CANDIDATES, searchParameters } from './image-fingerprints.queries.js';

describe('the search for fingerprints', () => {
  it('goes by the indexes among many', async () => {
    const database = await freshDatabase();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      await fillFingerprints(client, 50_000);
      const { sourceSha256: sha256, signature } = await processImage(await variedPicture(1));
      const parameters = searchParameters('00000000-0000-0000-0000-000000000000', [{ sha256, windows: windowsOf(signature) }]);
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${FIND_CANDIDATES}`, parameters);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toContain('ix_image_fingerprints_by_bucket');
      expect(plan).toContain('ix_image_fingerprints_by_sha256');
      expect(plan).not.toContain('Seq Scan');
    } finally {
      await client.end();
      await database.drop();
    }
  });

  it('keeps the parts of both hashes apart, and leaves plain ground out', () => {
    expect(bucketsOf({ phash: '00010000ffff0002', dhash: '0000000000000003' })).toEqual([1, 1 << 16, (2 << 16) | 0xffff, (3 << 16) | 2, (7 << 16) | 3]);
  });
});
