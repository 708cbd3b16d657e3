import type pg from 'pg';

/** Fills `rescue.image_fingerprints` with random hashes of pictures that no case of a test has. */
export async function fillFingerprints(client: pg.Client, count: number): Promise<void> {
  await client.query(`ALTER TABLE rescue.image_fingerprints DROP CONSTRAINT fk_image_fingerprints_case_id`);
  await client.query(
    `INSERT INTO rescue.image_fingerprints (case_id, file_id, sha256, phash, dhash, buckets, details, created_at)
     SELECT gen_random_uuid(), gen_random_uuid(), md5(n::text) || md5(n::text || 'x'), r.p, r.d,
            ARRAY[(r.p >> 48) & 65535, 65536 + ((r.p >> 32) & 65535), 131072 + ((r.p >> 16) & 65535), 196608 + (r.p & 65535),
                  262144 + ((r.d >> 48) & 65535), 327680 + ((r.d >> 32) & 65535), 393216 + ((r.d >> 16) & 65535), 458752 + (r.d & 65535)]::int[],
            decode(repeat(md5(n::text), 18), 'hex'), now()
       FROM generate_series(1, $1::int) AS n, LATERAL (SELECT hashtextextended(n::text, 1) AS p, hashtextextended(n::text, 2) AS d) r`,
    [count],
  );
  await client.query(`VACUUM ANALYZE rescue.image_fingerprints`);
}
